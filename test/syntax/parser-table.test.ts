/**
 * The cases in which dockerfile-ast's answers were measured to be wrong or dangerous: here they are read right. `⏎` is
 * a line end.
 */
import { describe, expect, it } from "vitest";
import { createSource } from "../../src/syntax/source.js";
import { expand } from "../../src/syntax/expand.js";
import type { FromInstruction } from "../../src/syntax/nodes.js";
import { parse } from "../../src/syntax/parse.js";
import { ast, flags, instruction, instructions, pairs, problemData, problems, source, words } from "./show.js";

const from = (text: string, index = 0): FromInstruction => instruction(text, index) as FromInstruction;

describe("what dockerfile-ast cannot be trusted with", () => {
  it("a backslash in a comment inside of a continuation is part of the comment", () => {
    const { image, name } = from("FROM a:1 \\⏎# C:\\x⏎ AS b");
    expect([image?.text, name?.text]).toEqual(["a:1", "b"]);
  });

  it("leading `# k=v` comments are comments", () => {
    const { comments, directives } = ast("# hadolint ignore=DL3006⏎FROM a");
    expect(comments.map(({ text }) => text)).toEqual(["hadolint ignore=DL3006"]);
    expect(directives).toEqual([]);
  });

  it("an unknown directive ends the directives", () => {
    expect(parse("# foo=bar\n# escape=`\nFROM a").escape).toBe("\\");
  });

  it("a directive's value may have spaces, and the next directive still counts", () => {
    expect(parse("# syntax=x \n# escape=`\nFROM a")).toMatchObject({
      escape: "`",
      ast: { directives: [{ name: "syntax", value: { text: "x" } }, { name: "escape" }] },
    });
    expect(ast("# check=skip=A, B⏎FROM a").directives[0]?.value.text).toBe("skip=A, B");
  });

  it("`\\\\` at the end of a line is no continuation, and the FROM below is reported as seen by BuildKit alone", () => {
    expect(instructions("FROM a⏎ENV P=C:\\\\⏎FROM x")).toEqual(["FROM a", "ENV P=C:\\\\", "FROM x"]);
    expect(problemData("FROM a⏎ENV P=C:\\\\⏎FROM x", "readDifferently")).toEqual([{ keyword: "FROM", how: "missing" }]);
  });

  it("`\\ \\` at the end of a line is a continuation, and the FROM that is none is reported", () => {
    expect(instructions("FROM a⏎RUN a \\ \\⏎ FROM x")).toEqual(["FROM a", "RUN a \\  FROM x"]);
    expect(problemData("FROM a⏎RUN a \\ \\⏎ FROM x", "readDifferently")).toEqual([{ keyword: "FROM", how: "extra" }]);
  });

  it("a quoted `<<` opens no heredoc", () => {
    expect(instructions('RUN echo "a <<EOF b"⏎FROM x')).toHaveLength(2);
  });

  it.each(["<< EOF", "3<<EOF", "<<'EOF'"])("`%s` opens one", (opener) => {
    expect(instructions(`RUN cat ${opener}⏎FROM x⏎EOF⏎FROM y`)).toEqual([`RUN cat ${opener}`, "FROM y"]);
  });

  it("`<<'one two'` opens one", () => {
    expect(instructions("RUN cat <<'one two'⏎FROM x⏎one two")).toHaveLength(1);
  });

  it("`<<-A <<B` ends where both have ended", () => {
    expect(instructions("RUN <<-A <<B⏎1⏎\tA⏎\tB⏎FROM x⏎B⏎FROM y")).toEqual(["RUN <<-A <<B", "FROM y"]);
  });

  it("heredoc bodies are no arguments", () => {
    expect(words(instruction("COPY <<EOF /x⏎y⏎EOF"))).toEqual(["<<EOF", "/x"]);
  });

  it("comments inside of a continuation are not in the arguments", () => {
    expect(instruction("RUN a \\⏎  # c⏎ && b").args?.text).toBe("a  && b");
  });

  it.each([
    ['CMD ["a b"]', ["a b"]],
    ['CMD ["a\\tb", "\\u0041", "\\"x\\\\"]', ["a\tb", "A", '"x\\']],
    ['CMD ["a",]', null],
    ['HEALTHCHECK CMD ["a", "b"]', ["a", "b"]],
  ])("JSON form: %s", (text, expected) => {
    expect(words(instruction(text))).toEqual(expected);
  });

  it("flags are found in any order, `--` ends them", () => {
    expect(flags(instruction("COPY --link --from=b a b"))).toEqual(["link", "from=b"]);
    expect(flags(instruction("COPY --from=b -- --from=c b"))).toEqual(["from=b"]);
    expect(words(instruction("COPY --from=b -- --from=c b"))).toEqual(["--from=c", "b"]);
  });

  it("quotes of flags are resolved", () => {
    expect(flags(instruction('COPY --from="b" a b'))).toEqual(["from=b"]);
  });

  it("an image is one word, whatever is in it", () => {
    expect(from("FROM user/img.name").image?.text).toBe("user/img.name");
    expect(from("FROM host:5000/x:1@sha256:ab").image?.text).toBe("host:5000/x:1@sha256:ab");
  });

  it("a quoted image expands to what is in the quotes", () => {
    const { image } = from('FROM "alpine:3"');
    expect(expand(image!, () => null, "\\").text).toBe("alpine:3");
  });

  it("a stage's name is kept as written", () => {
    expect(from("FROM a AS Build").name?.text).toBe("Build");
  });

  it("several ARGs on a line are several", () => {
    expect(pairs(instruction('ARG A=1 B=2 C="x y" D'))).toEqual(["A=1", "B=2", 'C="x y"', "D"]);
  });

  it("an ARG's value is expanded with the ones before it", () => {
    const values = new Map<string, { value: string }>();
    for (const { name, value } of [instruction("ARG A=1"), instruction("ARG B=v$A")].flatMap((node) =>
      node.type === "Arg" ? node.pairs : [],
    )) {
      values.set(name.text, { value: expand(value!, (key) => values.get(key) ?? null, "\\").text });
    }
    expect(values.get("B")).toEqual({ value: "v1" });
  });

  it.each(["  ARG B=$A⏎FROM x", "FROM a AS b⏎FROM b AS a⏎WORKDIR x"])("neither a crash nor a loop: %s", (text) => {
    expect(problems(text)).toEqual([]);
  });

  it("the byte order mark is no part of the first instruction, and columns count it", () => {
    const node = instruction("\uFEFFFROM a");
    expect(node).toMatchObject({ type: "From", loc: { start: { line: 1, column: 2 } } });
    expect(createSource("\uFEFFFROM a", parse("\uFEFFFROM a")).hasBOM).toBe(true);
    expect(problems("\uFEFFFROM a")).toEqual([]);
  });

  it("a second byte order mark belongs to the first word, which is then no instruction, as for BuildKit", () => {
    const problem = { code: "unknownInstruction", data: { keyword: "\uFEFFFROM", suggestion: "FROM" } };
    expect(parse("\uFEFF\uFEFFFROM a").ast.problems).toMatchObject([problem]);
    expect(parse("\uFEFFFROM a", { markIsCut: true }).ast.problems).toMatchObject([problem]);
    expect(parse("\uFEFF\uFEFF# syntax=a⏎FROM a").ast.directives).toEqual([]);
  });

  it("syntax errors are reported", () => {
    expect(problems("FROM a⏎RNU x")).toEqual(["unknownInstruction"]);
  });

  it("ranges lie where the text is", () => {
    const text = "FROM a:1 \\⏎# C:\\x⏎ AS b";
    const { image, name } = from(text);
    expect([image, name].map((word) => source(text, word!))).toEqual(["a:1", "b"]);
  });
});
