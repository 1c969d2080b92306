/** Moving an instruction in the text. */
import { describe, expect, it } from "vitest";
import { moveStep } from "../../../src/facts/layers/move.js";
import { parse } from "../../../src/syntax/parse.js";
import { createSource } from "../../../src/syntax/source.js";

/** Moves the instruction that starts with `moved` before or behind the one that starts with `target`. */
function move(text: string, moved: string, place: "before" | "behind", target: string): string | null {
  const source = createSource(text, parse(text));
  const find = (start: string) => source.ast.instructions.find(({ range }) => text.startsWith(start, range[0]))!;
  const edit = moveStep(source, find(moved), place, find(target));
  return edit && text.slice(0, edit.range[0]) + edit.text + text.slice(edit.range[1]);
}

describe("moveStep", () => {
  it.each<[title: string, before: string, after: string]>([
    ["up", "FROM a\nCOPY b\nRUN c\n", "FROM a\nRUN c\nCOPY b\n"],
    ["over several", "FROM a\nCOPY b\nENV x=1\nRUN c\nCMD d\n", "FROM a\nRUN c\nCOPY b\nENV x=1\nCMD d\n"],
    ["without a last line end", "FROM a\nCOPY b\nRUN c", "FROM a\nRUN c\nCOPY b"],
    ["Windows line ends", "FROM a\r\nCOPY b\r\nRUN c\r\n", "FROM a\r\nRUN c\r\nCOPY b\r\n"],
    ["with its comments", "FROM a\n# b\nCOPY b\n# c\n# and c\nRUN c\n", "FROM a\n# c\n# and c\nRUN c\n# b\nCOPY b\n"],
    ["blank lines stay", "FROM a\n\nCOPY b\n\n\nRUN c\n", "FROM a\n\nRUN c\n\n\nCOPY b\n"],
    [
      "comments set apart stay",
      "FROM a\n\n# part 1\n\nCOPY b\n\n# part 2\n\nRUN c\n",
      "FROM a\n\n# part 1\n\nRUN c\n\n# part 2\n\nCOPY b\n",
    ],
    [
      "a disable comment goes along over a blank line",
      "FROM a\nCOPY b\n\n# fromlint-disable-next-line x\n\nRUN c\n",
      "FROM a\n# fromlint-disable-next-line x\n\nRUN c\n\nCOPY b\n",
    ],
    [
      "continuations with comments",
      "FROM a\nCOPY b\nRUN c \\\n  # why\n  && d\n",
      "FROM a\nRUN c \\\n  # why\n  && d\nCOPY b\n",
    ],
    ["heredocs", "FROM a\nCOPY <<E /b\n1\nE\nRUN <<E\nc\nE\n", "FROM a\nRUN <<E\nc\nE\nCOPY <<E /b\n1\nE\n"],
    ["indentation and blanks at the end", "FROM a\n  COPY b \n\tRUN c\t\n", "FROM a\n\tRUN c\t\n  COPY b \n"],
  ])("%s", (_title, before, after) => {
    expect(move(before, "RUN", "before", "COPY")).toBe(after);
    // Putting it back gives the text as it was.
    expect(move(after, "RUN", "behind", /CMD|ENV/.test(before) ? "ENV" : "COPY")).toBe(before);
  });

  it("down", () => {
    expect(move("FROM a\nARG V\nRUN b\nRUN c\nLABEL v=$V", "ARG", "before", "LABEL")).toBe(
      "FROM a\nRUN b\nRUN c\nARG V\nLABEL v=$V",
    );
  });

  it("a dangling continuation is not moved", () => {
    expect(move("FROM a\nCOPY b\nRUN c \\\n", "RUN", "before", "COPY")).toBeNull();
    expect(move("FROM a\nCOPY b\nRUN c \\\n# d", "RUN", "before", "COPY")).toBeNull();
  });

  it("a heredoc without end is not moved", () => {
    expect(move("FROM a\nCOPY b\nRUN <<E\nc\n", "RUN", "before", "COPY")).toBeNull();
  });
});
