/** Flags, words and pairs, as BuildKit's split_command.go and line_parsers.go cut them. */
import { describe, expect, it } from "vitest";
import { flags, instruction, instructions, pairs, source, texts, words } from "./show.js";

describe("flags", () => {
  it.each([
    ["COPY --from=a --link x y", ["from=a", "link"], "x y"],
    ["COPY   --from=a\t--link   x y", ["from=a", "link"], "x y"],
    ["COPY x --from=a y", [], "x --from=a y"],
    ["COPY -f x y", [], "-f x y"],
    ["COPY --from= x y", ["from="], "x y"],
    ["COPY --from=a=b x y", ["from=a=b"], "x y"],
    ['COPY --from="a b" x y', ["from=a b"], "x y"],
    ["COPY --from='a b' x y", ["from=a b"], "x y"],
    ['COPY --fr"om=a" x y', ["from=a"], "x y"],
    ["COPY --from=a\\ b x y", ["from=a b"], "x y"],
    ['COPY --from=\\"a x y', ['from="a'], "x y"],
    ["COPY --from=a -- --link y", ["from=a"], "--link y"],
    ["COPY -- x y", [], "x y"],
    ["COPY --from=a \\⏎  --link \\⏎  x y", ["from=a", "link"], "x y"],
    ["COPY --fr\\⏎om=a x y", ["from=a"], "x y"],
    ["RUN --mount=type=cache,target=/x --network=none a", ["mount=type=cache,target=/x", "network=none"], "a"],
    ["RUN --mount=a", ["mount=a"], undefined],
    ["RUN --mount='a", ["mount=a"], undefined],
    ["RUN --mount=a\\", ["mount=a"], undefined],
    ["# escape=`⏎COPY --from=a` b\\ x", ["from=a b\\"], "x"],
    ["FROM --platform=a\u00a0b", ["platform=a\u00a0"], "b"],
    ["FROM \u00a0--platform=a b", [], "--platform=a b"],
  ])("%s", (text, expected, args) => {
    expect(flags(instruction(text))).toEqual(expected);
    expect(instruction(text).args?.text).toBe(args);
  });

  it("stand where they are written, values without their quotes", () => {
    const text = 'COPY --from="a" \\⏎ --ch\\⏎own=b x y';
    const found = instruction(text).flags;
    expect(found.map((flag) => source(text, flag))).toEqual(['--from="a"', "--ch\\\nown=b"]);
    expect(found.map(({ value }) => source(text, value!))).toEqual(["a", "b"]);
  });

  it("an empty value stands behind the flag", () => {
    expect(instruction("COPY --from= x y").flags[0]?.value).toMatchObject({ text: "", range: [12, 12] });
  });
});

describe("words", () => {
  it.each([
    ["FROM a AS b", ["a", "AS", "b"]],
    ["FROM \t a  as\tb  ", ["a", "as", "b"]],
    ['FROM "a b"', ['"a', 'b"']],
    ["FROM a\u00a0b", ["a\u00a0b"]],
    ["FROM a \\⏎ AS \\⏎# c⏎ b", ["a", "AS", "b"]],
    ["COPY a 'b c' d", ["a", "'b", "c'", "d"]],
    ["EXPOSE 80 443/tcp", ["80", "443/tcp"]],
    ["VOLUME /a /b", ["/a", "/b"]],
    ["WORKDIR /a b  c ", ["/a b  c"]],
    ["USER a:b", ["a:b"]],
    ["STOPSIGNAL SIGTERM", ["SIGTERM"]],
    ["MAINTAINER A B <a@b>", ["A B <a@b>"]],
    ["USER", []],
    ["FROM", []],
  ])("%s", (text, expected) => {
    expect(words(instruction(text))).toEqual(expected);
  });

  it("FROM names its image and its stage", () => {
    const text = "FROM --platform=p a:1 AS b";
    const node = instruction(text);
    expect(node).toMatchObject({ type: "From", image: { text: "a:1" }, name: { text: "b" } });
    expect(node.type === "From" && source(text, node.image!)).toBe("a:1");
  });

  it("a FROM of two words has an image and no name", () => {
    expect(instruction("FROM a b")).toMatchObject({ image: { text: "a" }, name: null });
  });
});

describe("pairs", () => {
  it.each([
    ["ARG A", ["A"]],
    ["ARG A=1 B", ["A=1", "B"]],
    ["ARG A=", ["A="]],
    ["ARG A=b=c", ["A=b=c"]],
    ["ARG A=\"1 2\" B='3 4'", ['A="1 2"', "B='3 4'"]],
    ["ARG A=1\\ 2", ["A=1\\ 2"]],
    ['ARG A="1\\" 2"', ['A="1\\" 2"']],
    ["ARG A='1\\' B=2", ["A='1\\'", "B=2"]],
    ["ARG A=1\u00a0B=2", ["A=1", "B=2"]],
    ["ARG --x A=1", ["A=1"]],
    ["ENV A=1 B=2", ["A=1", "B=2"]],
    ["ENV A=1 \\⏎    B=2", ["A=1", "B=2"]],
    ["ENV A 1", ["A=1"]],
    ["ENV A 1 2=3 '4", ["A=1 2=3 '4"]],
    ["ENV A  1", ["A=1"]],
    ["LABEL a.b=c 'd e'=f", ["a.b=c", "'d e'=f"]],
    ["LABEL a b c", ["a=b c"]],
    ["ENV A", ["A"]],
    ["ENV A=1\\", ["A=1"]],
    ["ENV A=1 \\\\", ["A=1", "\\\\"]],
  ])("%s", (text, expected) => {
    expect(pairs(instruction(text))).toEqual(expected);
  });

  it("stand where they are written", () => {
    const text = "ENV A=1 \\⏎ B='2 3'";
    const node = instruction(text);
    const found = node.type === "Env" ? node.pairs : [];
    expect(found.map((pair) => source(text, pair))).toEqual(["A=1", "B='2 3'"]);
    expect(found.map(({ name, value }) => [name, value!].map((word) => source(text, word)))).toEqual([
      ["A", "1"],
      ["B", "'2 3'"],
    ]);
  });
});

describe("the other instructions", () => {
  it("HEALTHCHECK has its kind and, in the JSON form, its strings", () => {
    expect(instruction("HEALTHCHECK --interval=5s CMD curl x")).toMatchObject({ kind: { text: "CMD" }, exec: null });
    expect(instruction("healthcheck none")).toMatchObject({ type: "Healthcheck", kind: { text: "none" }, exec: null });
    expect(instruction("HEALTHCHECK")).toMatchObject({ kind: null, exec: null });
  });

  it("ONBUILD holds the instruction that it triggers, flags and all", () => {
    const text = "ONBUILD COPY --from=a b c";
    const node = instruction(text);
    const inner = node.type === "Onbuild" ? node.instruction! : expect.fail();
    expect(node.trigger).toBe(false);
    expect(inner).toMatchObject({ type: "Copy", trigger: true, keyword: { text: "COPY" } });
    expect([flags(inner), words(inner), source(text, inner)]).toEqual([["from=a"], ["b", "c"], "COPY --from=a b c"]);
  });

  it("ONBUILD alone holds none", () => {
    expect(instruction("ONBUILD")).toMatchObject({ type: "Onbuild", instruction: null, args: null });
  });

  it("the heredocs of an ONBUILD are its trigger's, too", () => {
    const node = instruction("ONBUILD RUN <<A⏎x⏎A");
    const inner = node.type === "Onbuild" ? node.instruction! : expect.fail();
    expect([node, inner].map(({ heredocs }) => heredocs.map(({ name }) => name))).toEqual([["A"], ["A"]]);
  });

  it("what is no instruction keeps its place and its words", () => {
    const node = instruction("FORM a b");
    expect(node).toMatchObject({ type: "Unknown", keyword: { text: "FORM" } });
    expect(node.type === "Unknown" && texts(node.words)).toEqual(["a", "b"]);
  });

  it("names of objects' own methods are no instructions", () => {
    expect(instruction("constructor a").type).toBe("Unknown");
    expect(instruction("__proto__ a").type).toBe("Unknown");
  });

  it("a keyword in mixed case is one", () => {
    expect(instructions("FrOm a")).toEqual(["FrOm a"]);
    expect(instruction("FrOm a").type).toBe("From");
  });
});
