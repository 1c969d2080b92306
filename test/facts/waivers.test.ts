import { describe, expect, it } from "vitest";
import type { Waiver } from "../../src/facts/waivers.js";
import { factsOf } from "./facts-of.js";

function waivers(text: string, today = "2026-11-21"): Waiver[] {
  const { waivers: found } = factsOf(text, { today }).facts;
  return [...found["next-line"], ...found.stage, ...found.file];
}

/** A comment of ours, above a FROM. */
function ours(comment: string): Waiver {
  return waivers(`# ${comment}\nFROM a\n`)[0]!;
}

describe("our comments", () => {
  it("say which rules, until when, and why", () => {
    expect(
      ours("fromlint-disable-file no-latest, explicit-tag until=2027-01-31 -- TEAM-123 -- see there"),
    ).toMatchObject({
      scope: "file",
      tool: "fromlint",
      rules: [{ name: "no-latest" }, { name: "explicit-tag" }],
      until: "2027-01-31",
      expired: false,
      reason: "TEAM-123 -- see there",
      problem: null,
    });
  });

  it("know where each name stands", () => {
    const text = "FROM a\n  # fromlint-disable-file no-latest,explicit-tag\n";
    const [first, second] = waivers(text)[0]!.rules;
    expect(text.slice(...first!.range)).toBe("no-latest");
    expect(text.slice(...second!.range)).toBe("explicit-tag");
    expect(second!.loc.start).toEqual({ line: 2, column: 37 });
  });

  it.each([
    ["a colon behind the comment's name", "fromlint-disable-file: no-latest", ["no-latest"]],
    ["blanks for commas", "fromlint-disable-file no-latest explicit-tag", ["no-latest", "explicit-tag"]],
    ["the date in front", "fromlint-disable-file until=2027-01-31 no-latest", ["no-latest"]],
  ])("take %s", (_title, comment, names) => {
    expect(ours(comment).rules.map(({ name }) => name)).toEqual(names);
  });

  it.each([
    ["no rule", "fromlint-disable-file", "noRule"],
    ["no rule, but a reason", "fromlint-disable-file -- no-latest", "noRule"],
    ["a day that does not exist", "fromlint-disable-file a until=2027-02-30", "badDate"],
    ["another way to write dates", "fromlint-disable-file a until=31.01.2027", "badDate"],
    ["another scope", "fromlint-disable-line a", "unknownComment"],
    ["the opposite", "fromlint-enable a", "unknownComment"],
    ["a name like those of objects", "fromlint-disable-constructor a", "unknownComment"],
  ])("are told what is wrong: %s", (_title, comment, code) => {
    expect(ours(comment).problem?.code).toBe(code);
  });

  it("expire on the day after their last", () => {
    const text = "# fromlint-disable-file a until=2027-01-31\nFROM a\n";
    expect(waivers(text, "2027-01-31")[0]).toMatchObject({ expired: false });
    expect(waivers(text, "2027-02-01")[0]).toMatchObject({ expired: true });
  });

  it.each(["fromlint is here", "see fromlint-disable-file a", "FROMLINT-DISABLE-FILE a"])(
    "are not any comment that mentions us: %s",
    (comment) => {
      const found = waivers(`# ${comment}\nFROM a\n`);
      expect(found).toEqual([]);
    },
  );
});

describe("what a comment covers", () => {
  const TEXT = [
    "ARG A",
    "FROM a AS x",
    "RUN one \\",
    "  two",
    "# HERE",
    "",
    "COPY <<EOF /b",
    "three",
    "EOF",
    "FROM b",
    "RUN four",
    "",
  ].join("\n");

  it.each([
    ["disable-next-line", "COPY <<EOF /b\nthree\nEOF"],
    ["disable-stage", TEXT.slice(TEXT.indexOf("FROM a"), TEXT.indexOf("FROM b"))],
    ["disable-file", TEXT],
  ])("%s", (scope, expected) => {
    const text = TEXT.replace("HERE", `fromlint-${scope} a`);
    const [start, end] = waivers(text)[0]!.covers;
    expect(text.slice(start, end).replace(`fromlint-${scope} a`, "HERE")).toBe(expected);
  });

  it("is nothing for a stage's comment above all stages", () => {
    const [start, end] = waivers("# fromlint-disable-stage a\nFROM a\n")[0]!.covers;
    expect(end - start).toBe(0);
  });
});

describe("comments of other linters", () => {
  it.each([
    ["hadolint ignore=DL3006", "hadolint", "next-line", ["DL3006"]],
    ["hadolint ignore=DL3006,DL3007", "hadolint", "next-line", ["DL3006", "DL3007"]],
    ["hadolint   ignore = DL3006 , SC2086", "hadolint", "next-line", ["DL3006", "SC2086"]],
    ["hadolint global ignore=DL3006", "hadolint", "file", ["DL3006"]],
  ])("# %s", (comment, tool, scope, names) => {
    const [found] = waivers(`FROM a\n# ${comment}\nRUN b\n`);
    expect(found).toMatchObject({ tool, scope, expired: false, problem: null });
    expect(found?.rules.map(({ name }) => name)).toEqual(names);
  });

  it.each([
    ["check=skip=StageNameCasing", ["StageNameCasing"]],
    ["check=skip=A, B", ["A", "B"]],
    ["check = error=true;skip=A", ["A"]],
    ["check=skip=all", ["all"]],
  ])("# %s as a directive is for the file", (directive, names) => {
    const [found] = waivers(`# ${directive}\nFROM a\n`);
    expect(found).toMatchObject({ tool: "buildkit", scope: "file" });
    expect(found?.rules.map(({ name }) => name)).toEqual(names);
  });

  it("# check=skip=A,B further down is for the next instruction", () => {
    const [found] = waivers("FROM a\n# check=skip=A,B\nRUN b\n");
    expect(found).toMatchObject({ tool: "buildkit", scope: "next-line", rules: [{ name: "A" }, { name: "B" }] });
  });

  it.each(["hadolint shell=/bin/bash", "check=error=true", "hadolint DL3006"])("# %s silences nothing", (comment) => {
    expect(waivers(`FROM a\n# ${comment}\nRUN b\n`)).toEqual([]);
  });
});
