import { describe, expect, it } from "vitest";
import { ast, file, instruction, instructions, problems, source } from "./show.js";

describe("continuations", () => {
  it.each([
    ["a backslash at the line end joins the next line", "RUN a \\⏎b", ["RUN a b"]],
    ["leading white space of a continued line stays", "RUN a \\⏎  b", ["RUN a   b"]],
    ["spaces and tabs may follow the backslash", "RUN a \\ \t ⏎b", ["RUN a b"]],
    ["a carriage return may follow it", "RUN a \\\r⏎b\r⏎", ["RUN a b"]],
    ["other white space may not", "RUN a \\\f⏎FROM b", ["RUN a \\", "FROM b"]],
    ["two backslashes are none", "ENV P=C:\\\\⏎FROM x", ["ENV P=C:\\\\", "FROM x"]],
    ["three backslashes are none either", "RUN a \\\\\\⏎FROM x", ["RUN a \\\\\\", "FROM x"]],
    ["of a backslash, a space and a backslash the last one continues", "RUN a \\ \\⏎ FROM x", ["RUN a \\  FROM x"]],
    ["a backslash alone on the first line counts", "\\⏎FROM a", ["FROM a"]],
    ["a backslash alone on a line in between counts", "RUN a \\⏎\\⏎b", ["RUN a b"]],
    ["two backslashes alone on a line end the instruction", "RUN a \\⏎\\\\⏎FROM b", ["RUN a \\\\", "FROM b"]],
    ["a keyword can be broken", "FR\\⏎OM a", ["FROM a"]],
    ["a word can be broken", "FROM alp\\⏎ine", ["FROM alpine"]],
    ["empty lines in between are skipped", "RUN a \\⏎⏎ \t⏎b", ["RUN a b"]],
    ["comments in between are skipped", "RUN a \\⏎# c⏎  # d \\⏎b", ["RUN a b"]],
    ["a # behind other text is no comment", "RUN a \\⏎b # c", ["RUN a b # c"]],
    ["the end of the file ends it", "FROM a \\", ["FROM a"]],
    ["so it does behind comments and empty lines", "FROM a \\⏎# c⏎⏎", ["FROM a"]],
    ["with escape=` the backslash is text", "# escape=`⏎RUN a \\⏎FROM b", ["RUN a \\", "FROM b"]],
    ["and the backtick continues", "# escape=`⏎RUN a `⏎b", ["RUN a b"]],
  ])("%s", (_title, text, expected) => {
    expect(instructions(text)).toEqual(expected);
  });
});

describe("lines", () => {
  it.each([
    ["empty lines and comments are no instructions", "⏎ ⏎# c⏎FROM a⏎⏎RUN b", ["FROM a", "RUN b"]],
    ["indentation is dropped", "  \tFROM a", ["FROM a"]],
    ["so is Unicode white space", "\u00a0\u2003FROM a\u00a0", ["FROM a"]],
    ["U+FEFF is white space for JavaScript, but not for BuildKit", "FROM a⏎\uFEFF", ["FROM a", "\uFEFF"]],
    ["U+0085 is white space for BuildKit, but not for JavaScript", "\u0085FROM a", ["FROM a"]],
    ["a carriage return alone ends no line", "FROM a\rRUN b", ["FROM a\rRUN b"]],
    ["carriage returns before the line end are dropped, however many", "FROM a\r\r⏎RUN b", ["FROM a", "RUN b"]],
    ["keyword and arguments may be apart by any white space", "FROM\t \v\f a", ["FROM a"]],
    ["lower case is fine", "from a", ["from a"]],
  ])("%s", (_title, text, expected) => {
    expect(instructions(text)).toEqual(expected);
  });

  it("an instruction ends with its last character, in front of the line end", () => {
    const text = "FROM a  ⏎RUN b \\⏎ c\r⏎";
    expect(ast(text).instructions.map((node) => source(text, node))).toEqual(["FROM a", "RUN b \\\n c"]);
  });

  it("a dangling continuation belongs to the instruction, what follows it does not", () => {
    const text = "FROM a \\⏎⏎# c⏎";
    expect(source(text, instruction(text))).toBe("FROM a \\");
  });

  it("comment lines are kept, those inside of continuations too, those inside of heredocs not", () => {
    const text = "# a⏎FROM a \\⏎  #b  ⏎ AS x⏎RUN <<E⏎# no⏎E⏎#⏎";
    const { comments } = ast(text);
    expect(comments.map((comment) => comment.text)).toEqual(["a", "b", ""]);
    expect(comments.map((comment) => source(text, comment))).toEqual(["# a", "#b", "#"]);
    expect(comments.map(({ textStart, text: { length } }) => file(text).slice(textStart, textStart + length))).toEqual([
      "a",
      "b",
      "",
    ]);
  });
});

describe("heredocs", () => {
  it.each([
    ["RUN", "RUN <<EOF⏎FROM x⏎EOF⏎FROM y", ["RUN <<EOF", "FROM y"]],
    ["COPY", "COPY <<EOF /x⏎y⏎EOF⏎FROM y", ["COPY <<EOF /x", "FROM y"]],
    ["ADD", "ADD <<EOF /x⏎y⏎EOF⏎FROM y", ["ADD <<EOF /x", "FROM y"]],
    ["in lower case", "run <<EOF⏎FROM x⏎EOF⏎FROM y", ["run <<EOF", "FROM y"]],
    ["behind ONBUILD", "ONBUILD RUN <<EOF⏎x⏎EOF⏎FROM y", ["ONBUILD RUN <<EOF", "FROM y"]],
    ["but not behind two ONBUILDs", "ONBUILD ONBUILD RUN <<EOF⏎EOF", ["ONBUILD ONBUILD RUN <<EOF", "EOF"]],
    ["not in CMD", "CMD <<EOF⏎FROM y", ["CMD <<EOF", "FROM y"]],
    ["not in the JSON form", 'RUN ["cat", "<<EOF"]⏎FROM y', ['RUN ["cat", "<<EOF"]', "FROM y"]],
    ["not in double quotes", 'RUN echo "a <<EOF b"⏎FROM x', ['RUN echo "a <<EOF b"', "FROM x"]],
    ["not in single quotes", "RUN echo 'a <<EOF'⏎FROM x", ["RUN echo 'a <<EOF'", "FROM x"]],
    ["not behind a backslash", "RUN echo \\<<EOF⏎FROM x", ["RUN echo \\<<EOF", "FROM x"]],
    ["not where a quote stays open", "RUN it's <<EOF⏎FROM x", ["RUN it's <<EOF", "FROM x"]],
    ["not as <<<", "RUN cat <<<EOF⏎FROM x", ["RUN cat <<<EOF", "FROM x"]],
    ["not at the end of a word", "RUN a<<EOF⏎FROM x", ["RUN a<<EOF", "FROM x"]],
    ["not without a name", "RUN cat <<⏎FROM x", ["RUN cat <<", "FROM x"]],
    ["not with a space behind <<-", "RUN cat <<- EOF⏎FROM x", ["RUN cat <<- EOF", "FROM x"]],
    ["with a space behind <<", "RUN cat << EOF⏎FROM x⏎EOF⏎FROM y", ["RUN cat << EOF", "FROM y"]],
    ["with a file descriptor", "RUN cat 3<<EOF⏎FROM x⏎EOF⏎FROM y", ["RUN cat 3<<EOF", "FROM y"]],
    ["with spaces in a quoted name", "RUN cat <<'one two'⏎FROM x⏎one two⏎FROM y", ["RUN cat <<'one two'", "FROM y"]],
    ["several in a line, each with its own end", "RUN a <<A <<B⏎1⏎A⏎2⏎A⏎B⏎FROM y", ["RUN a <<A <<B", "FROM y"]],
    ["several with <<- and <<", "RUN a <<-A <<B⏎\tA⏎\tB⏎B⏎FROM y", ["RUN a <<-A <<B", "FROM y"]],
    ["the end is the name alone", "RUN <<EOF⏎EOF ⏎ EOF⏎\tEOF⏎EOF⏎FROM y", ["RUN <<EOF", "FROM y"]],
    ["<<- takes tabs away from the end", "RUN <<-EOF⏎ EOF⏎\t\tEOF⏎FROM y", ["RUN <<-EOF", "FROM y"]],
    ["the end may have a carriage return", "RUN <<EOF\r⏎x\r⏎EOF\r⏎FROM y", ["RUN <<EOF", "FROM y"]],
    ["continuations in a body are text", "RUN <<EOF⏎a \\⏎EOF⏎FROM y", ["RUN <<EOF", "FROM y"]],
    ["the line that opens it may be continued", "RUN a \\⏎ <<EOF⏎FROM x⏎EOF⏎FROM y", ["RUN a  <<EOF", "FROM y"]],
    ["a substitution that the lexer refuses means none", "RUN ${a[0]} <<EOF⏎FROM x", ["RUN ${a[0]} <<EOF", "FROM x"]],
    ["one that it takes does not", "RUN ${a:0:1} <<EOF⏎FROM x⏎EOF", ["RUN ${a:0:1} <<EOF"]],
    ["with escape=` the backslash still quotes", "# escape=`⏎RUN \\<<EOF⏎FROM x", ["RUN \\<<EOF", "FROM x"]],
  ])("%s", (_title, text, expected) => {
    expect(instructions(text)).toEqual(expected);
  });

  it("have a name, a body, and say whether variables are put in and tabs taken away", () => {
    const text = "RUN a <<A <<-'B'⏎1⏎A⏎\t\t2⏎\tB⏎";
    const heredocs = instruction(text).heredocs;
    expect(heredocs).toMatchObject([
      { name: "A", expand: true, chomp: false, content: "1\n", terminated: true },
      { name: "B", expand: false, chomp: true, content: "2\n", terminated: true },
    ]);
    expect(heredocs.map((heredoc) => source(text, heredoc))).toEqual(["<<A", "<<-'B'"]);
    expect(heredocs.map(({ body }) => file(text).slice(...body))).toEqual(["1\n", "\t\t2\n"]);
  });

  it("belong to their instruction, the end's line end does not", () => {
    const text = "RUN <<A⏎1⏎A⏎FROM b";
    expect(source(text, instruction(text, 0))).toBe("RUN <<A\n1\nA");
  });

  it("without an end take the rest of the file and are reported", () => {
    expect(instructions("FROM a⏎RUN <<EOF⏎FROM b")).toEqual(["FROM a", "RUN <<EOF"]);
    expect(instruction("RUN <<EOF⏎FROM b⏎").heredocs).toMatchObject([{ content: "FROM b\n", terminated: false }]);
    expect(problems("FROM a⏎RUN <<EOF⏎FROM b")).toContain("unterminatedHeredoc");
  });
});
