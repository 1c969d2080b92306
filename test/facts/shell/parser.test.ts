/** When the shell parser is needed. */
import { describe, expect, it } from "vitest";
import { mayHaveRun } from "../../../src/facts/shell/parser.js";
import { timesAsLong } from "../../support/work.js";

describe("mayHaveRun", () => {
  it.each<[title: string, text: string]>([
    ["a RUN", "FROM a\nRUN x\n"],
    ["in lower case", "FROM a\nrun x"],
    ["indented", "FROM a\n\t  RUN x"],
    ["Windows line ends", "FROM a\r\nRUN x\r\n"],
    ["a heredoc", "FROM a\nRUN <<E\nx\nE"],
    ["flags on the next line", "FROM a\nRUN\\\n  --network=none x"],
    ["behind ONBUILD", "FROM a\nONBUILD  RUN x"],
    ["behind ONBUILD on the next line", "FROM a\nONBUILD \\\n  RUN x"],
  ])("%s", (_title, text) => {
    expect(mayHaveRun(text)).toBe(true);
  });

  it.each<[title: string, text: string]>([
    ["nothing", ""],
    ["no RUN", 'FROM a\nCOPY run.sh /\nCMD ["run"]'],
    ["a comment", "FROM a\n# RUN x"],
    ["another word", "FROM a\nRUNNER x"],
  ])("not for %s", (_title, text) => {
    expect(mayHaveRun(text)).toBe(false);
  });

  it("takes time that grows with the text", () => {
    for (const part of [" ", "\n", "ONBUILD "]) {
      const [small, large] = [part.repeat(20_000), part.repeat(160_000)];
      expect(
        timesAsLong(
          () => mayHaveRun(small),
          () => mayHaveRun(large),
          25,
        ),
      ).toBeLessThan(25);
    }
  });
});
