/** Static cache keys: which steps are reused. */
import { describe, expect, it } from "vitest";
import { KEY_CASES } from "./cache-keys.js";
import { built, lineOf } from "./layers-of.js";
import { timesAsLong } from "../../support/work.js";

/** Lines of steps in `before` whose key also is among those of the other build, and lines of the others. */
function compare(
  before: ReturnType<typeof built>,
  after: ReturnType<typeof built>,
): { reused: string[]; invalidated: string[] } {
  const known = new Set(after.keys.map(({ key }) => key));
  const result = { reused: [] as string[], invalidated: [] as string[] };
  for (const step of before.steps) {
    const key = before.keys[step.index]!.key;
    if (key !== null) result[known.has(key) ? "reused" : "invalidated"].push(lineOf(step));
  }
  return result;
}

/** The marked lines of a text, as steps read them, and the text without marks. */
function unmarked(text: string): { text: string; reused: string[]; invalidated: string[] } {
  const plain = text.replace(/^[-=] /gm, "");
  const marked = (mark: string): string[] => {
    return [...text.matchAll(new RegExp(`^${mark} ((?:.*\\\\\\n)*.*)$`, "gm"))].map(([, line]) =>
      line!.replace(/\\\n/g, ""),
    );
  };
  return { text: plain, reused: marked("="), invalidated: marked("-") };
}

describe("as BuildKit computes them", () => {
  it.each(KEY_CASES.map((one) => [one.title, one] as const))("%s", (_title, { before, after, args }) => {
    const { text, reused, invalidated } = unmarked(before);
    expect(reused.length + invalidated.length).toBeGreaterThan(0);
    const result = compare(built(text, args?.[0]), built(after ?? text, args?.[1]));
    expect(result.reused).toEqual(expect.arrayContaining(reused));
    expect(result.invalidated).toEqual(expect.arrayContaining(invalidated));
    expect(result.reused.filter((line) => invalidated.includes(line))).toEqual([]);
  });

  it("covers all of them", () => {
    expect(KEY_CASES.length).toBeGreaterThanOrEqual(33);
  });
});

describe("what its source says besides", () => {
  const FROM = "FROM a\n";
  const reuses = (
    before: string,
    after: string,
    args: [Record<string, string>, Record<string, string>] = [{}, {}],
  ): boolean => {
    const [one, two] = [built(before, args[0]), built(after, args[1])];
    const last = (of: ReturnType<typeof built>): string | null => of.keys.findLast(({ key }) => key !== null)!.key;
    return last(one) === last(two);
  };

  it.each<[title: string, before: string, after: string, reused: boolean]>([
    ["another base image", "FROM a\nRUN x", "FROM b\nRUN x", false],
    ["indentation is text", `${FROM}RUN a \\\n  b`, `${FROM}RUN a \\\n b`, false],
    ["blanks before the arguments are not", `${FROM}RUN   a`, `${FROM}run a`, true],
    ["a value set twice counts once", `${FROM}ENV A=1\nENV A=2\nRUN x`, `${FROM}ENV A=2\nRUN x`, true],
    ["set again, it comes last", `${FROM}ENV A=1 B=1\nENV A=2\nRUN x`, `${FROM}ENV A=2 B=1\nRUN x`, false],
    ["ARG behind ENV of that name covers it", `${FROM}ENV A=1\nARG A=2\nRUN x`, `${FROM}ARG A=2\nRUN x`, true],
    ["variables of the base image stay text", `${FROM}ENV P=/x:$PATH\nRUN x`, `${FROM}ENV P=/y:$PATH\nRUN x`, false],
    ["a quoted value is the value", `${FROM}ENV A="1"\nRUN x`, `${FROM}ENV A=1\nRUN x`, true],
    ["a stage of another name", "FROM a AS b\nRUN x\nFROM b\nRUN y", "FROM a AS c\nRUN x\nFROM c\nRUN y", true],
    ["COPY from the same path, written otherwise", `${FROM}COPY ./a /a`, `${FROM}COPY a /a`, true],
    ["COPY of another path", `${FROM}COPY b/a /a`, `${FROM}COPY a /a`, false],
    ["COPY to a folder", `${FROM}COPY a /a/`, `${FROM}COPY a /a`, false],
    ["COPY in another WORKDIR to an absolute path", `${FROM}COPY a /a`, `${FROM}WORKDIR /\nCOPY a /a`, true],
    ["ADD is not COPY", `${FROM}ADD a /a`, `${FROM}COPY a /a`, false],
    [
      "COPY --link does not rest on what is before",
      `${FROM}RUN x\nCOPY --link a /a`,
      `${FROM}RUN y\nCOPY --link a /a`,
      true,
    ],
    [
      "what stands on COPY --link does",
      `${FROM}RUN x\nCOPY --link a /a\nRUN z`,
      `${FROM}RUN y\nCOPY --link a /a\nRUN z`,
      false,
    ],
    [
      "COPY --link --chmod rests on it",
      `${FROM}RUN x\nCOPY --link --chmod=755 a /a`,
      `${FROM}RUN y\nCOPY --link --chmod=755 a /a`,
      false,
    ],
    ["COPY of a heredoc", `${FROM}COPY <<E /a\n1\nE`, `${FROM}COPY <<E /a\n2\nE`, false],
    [
      "a heredoc that uses a variable",
      `${FROM}ARG V=1\nCOPY <<E /a\n$V\nE`,
      `${FROM}ARG V=2\nCOPY <<E /a\n$V\nE`,
      false,
    ],
    ["a quoted one does not", `${FROM}ARG V=1\nCOPY <<'E' /a\n$V\nE`, `${FROM}ARG V=2\nCOPY <<'E' /a\n$V\nE`, true],
    [
      "the id of a cache mount",
      `${FROM}RUN --mount=type=cache,target=/c,id=a x`,
      `${FROM}RUN --mount=type=cache,target=/c,id=b x`,
      true,
    ],
    [
      "the target of a cache mount",
      `${FROM}RUN --mount=type=cache,target=/c x`,
      `${FROM}RUN --mount=type=cache,target=/d x`,
      false,
    ],
    ["--network", `${FROM}RUN --network=none x`, `${FROM}RUN x`, false],
    ["WORKDIR is made by its user", `${FROM}USER 1\nWORKDIR /a`, `${FROM}USER 2\nWORKDIR /a`, false],
    ["a relative WORKDIR", `${FROM}WORKDIR /a\nWORKDIR b\nRUN x`, `${FROM}WORKDIR /a\nWORKDIR /a/b\nRUN x`, true],
    [
      "ONBUILD of a stage of the file runs in the next",
      "FROM a AS b\nONBUILD RUN x\nFROM b\nRUN y",
      "FROM a AS b\nONBUILD RUN z\nFROM b\nRUN y",
      false,
    ],
    [
      "but in no later one",
      "FROM a AS b\nONBUILD RUN x\nFROM b AS c\nFROM c\nRUN y",
      "FROM a AS b\nONBUILD RUN x\nFROM b AS c\nFROM c AS d\nRUN y",
      true,
    ],
    ["the form of a RUN", `${FROM}RUN ["sh","-c","x"]`, `${FROM}RUN x`, false],
  ])("%s: reused %s", (_title, before, after, reused) => {
    expect(reuses(before, after)).toBe(reused);
  });
});

describe("large files", () => {
  const work = (text: string) => (): void => expect(built(text).keys.length).toBeGreaterThan(1);

  it.each<[title: string, make: (n: number) => string]>([
    [
      "stages, each FROM the one before",
      (n) =>
        Array.from(
          { length: n },
          (_, i) => `FROM ${i === 0 ? "a" : `s${String(i - 1)}`} AS s${String(i)}\nENV E${String(i)}=1\nRUN x`,
        ).join("\n"),
    ],
    [
      "stages of their own",
      (n) => Array.from({ length: n }, (_, i) => `FROM a AS s${String(i)}\nENV E${String(i)}=1\nRUN x`).join("\n"),
    ],
    [
      "ENV and RUN in turn",
      (n) => `FROM a\n${Array.from({ length: n }, (_, i) => `ENV E${String(i)}=1\nRUN x`).join("\n")}`,
    ],
    ["one ENV set again and again", (n) => `FROM a\n${"ENV A=1\nRUN x\n".repeat(n)}`],
    ["an ONBUILD for each of many stages", (n) => `FROM a AS b\n${"ONBUILD RUN x\n".repeat(n)}${"FROM b\n".repeat(n)}`],
  ])(
    "%s: time grows with the file",
    (_title, make) => {
      // Six times as much in at most 18 times as long: not in 36 times.
      expect(timesAsLong(work(make(500)), work(make(3000)), 18)).toBeLessThan(18);
    },
    60_000,
  );
});
