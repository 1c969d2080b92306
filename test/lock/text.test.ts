/** The text of fromlint.lock: written, read, merged, broken. */
import fc from "fast-check";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parseReference, type Reference } from "../../src/facts/reference.js";
import { lockOf } from "../../src/lock/load.js";
import { formatLock, MOST_LOCK_BYTES, parseLock, type LockEntries } from "../../src/lock/text.js";
import { folderWith } from "../cli/folder.js";

const A = `sha256:${"a".repeat(64)}`;
const B = `sha256:${"b".repeat(64)}`;
const HEADER = "# fromlint.lock 1: what each image is, written by `fromlint lock`\n";
const NODE = `docker.io/library/node:22 ${A} 22.23.2\n`;
const UI = `localhost:5000/gallery/ui:v1 ${B}\n`;

const entriesOf = (text: string): LockEntries => {
  const { entries, problems } = parseLock(Buffer.from(text));
  if (problems) throw new Error(JSON.stringify(problems));
  return entries;
};
const problemsOf = (text: string | Uint8Array): string[] =>
  (parseLock(Buffer.from(text)).problems ?? []).map(({ line, message }) => `${line}: ${message}`);

describe("the format", () => {
  it("is one image a line, sorted, below a line with its version", () => {
    const entries = new Map([
      ["localhost:5000/gallery/ui:v1", { digest: B, exactTag: null }],
      ["docker.io/library/node:22", { digest: A, exactTag: "22.23.2" }],
    ]);
    expect(formatLock(entries)).toBe(HEADER + NODE + UI);
    expect(entriesOf(HEADER + NODE + UI)).toEqual(entries);
  });

  it("is the header alone without images", () => {
    expect(formatLock(new Map())).toBe(HEADER);
    expect(entriesOf(HEADER).size).toBe(0);
  });

  it("gives back what went in, whatever the order", () => {
    const name = fc.stringMatching(
      /^[a-z]{1,8}\.example(:[1-9]\d{1,3})?\/[a-z]{1,5}(\/[a-z0-9]{1,5})?:[a-zA-Z0-9_][\w.-]{0,20}$/,
    );
    const image = fc.record({
      digest: fc.stringMatching(/^sha256:[0-9a-f]{64}$/),
      exactTag: fc.option(fc.stringMatching(/^[a-zA-Z0-9_][\w.-]{0,20}$/)),
    });
    fc.assert(
      fc.property(fc.array(fc.tuple(name, image)), (list) => {
        const entries = new Map(list);
        const text = formatLock(entries);
        expect(formatLock(new Map([...entries].reverse()))).toBe(text);
        expect(entriesOf(text)).toEqual(entries);
      }),
    );
  });
});

describe("what a merge leaves and means nothing", () => {
  it.each([
    ["another order", HEADER + UI + NODE],
    ["a line twice", HEADER + NODE + NODE + UI],
    ["empty lines, blanks at the end", `${HEADER}\n${NODE.trimEnd()}  \n\n${UI}`],
    ["CRLF", (HEADER + NODE + UI).replaceAll("\n", "\r\n")],
    ["a byte order mark", `\ufeff${HEADER}${NODE}${UI}`],
    ["tabs", HEADER + NODE.replaceAll(" ", "\t") + UI],
  ])("%s", (_what, text) => {
    expect(entriesOf(text)).toEqual(entriesOf(HEADER + NODE + UI));
  });

  it("two branches that each add an image: git's union is a lock file", () => {
    const folder = folderWith({
      base: HEADER + NODE,
      ours: HEADER + NODE + UI,
      theirs: `${HEADER}docker.io/library/alpine:3.24 ${A}\n${NODE}`,
    });
    execFileSync("git", ["merge-file", "--union", "ours", "base", "theirs"], { cwd: folder });
    expect([...entriesOf(readFileSync(join(folder, "ours"), "utf8")).keys()].sort()).toEqual([
      "docker.io/library/alpine:3.24",
      "docker.io/library/node:22",
      "localhost:5000/gallery/ui:v1",
    ]);
  });
});

describe("what is refused, with its line", () => {
  const cases: [what: string, text: string | Uint8Array, problems: (string | RegExp)[]][] = [
    ["empty", "", ["1: the file is empty; restore it with git, or delete it and run `fromlint lock`"]],
    ["no header", NODE, [/^1: this is not the first line of a lock file/]],
    ["something else", "extends: [strict]\n", [/^1: this is not the first line/]],
    [
      "a later format",
      "# fromlint.lock 2: what\n",
      ["1: the file has format 2, this fromlint reads 1; use the fromlint that wrote it"],
    ],
    ["cut off within a line", HEADER + NODE + UI.slice(0, -8), [/^3: the last line has no end/]],
    ["cut off within a tag", HEADER + NODE.slice(0, -3), [/^2: the last line has no end, so the file may be cut off/]],
    [
      "a conflict",
      `${HEADER}<<<<<<< HEAD\n${NODE}=======\n${UI}>>>>>>> main\n`,
      [
        "2: a merge was not finished here; keep the lines that hold, delete git's marks, and run `fromlint lock`",
        /^4: a merge was not finished here/,
        /^6: a merge was not finished here/,
      ],
    ],
    [
      "two digests",
      `${HEADER}${NODE}${UI}docker.io/library/node:22 ${B}\n`,
      ["4: `docker.io/library/node:22` has another digest on line 2; keep the line that holds"],
    ],
    ["a short name", `${HEADER}node:22 ${A}\n`, ["2: `node:22` has to be written `docker.io/library/node:22` here"]],
    ["no tag", `${HEADER}docker.io/library/node ${A}\n`, [/has to be written `docker.io\/library\/node:latest` here/]],
    ["a digest in the name", `${HEADER}docker.io/library/node:22@${A} ${A}\n`, [/has to be written/]],
    ["no name", `${HEADER}https://x ${A}\n`, ["2: `https://x` is not the name of an image"]],
    [
      "no digest",
      `${HEADER}docker.io/library/node:22\n`,
      [/^2: `docker.io\/library\/node:22` has no digest behind it/],
    ],
    ["a short digest", `${HEADER}docker.io/library/node:22 sha256:abc\n`, [/has no digest behind it: `sha256:abc`/]],
    ["another algorithm", `${HEADER}docker.io/library/node:22 md5:${"a".repeat(32)}\n`, [/has no digest/]],
    ["a bad tag", `${HEADER}docker.io/library/node:22 ${A} a/b\n`, ["2: `a/b` is not a tag"]],
    ["more words", `${HEADER}${NODE.trimEnd()} b c\n`, ["2: `b c` is too much: a line is an image, a digest, a tag"]],
    ["a comment", `${HEADER}# mine\n`, [/^2: a lock file has no comments/]],
    ["a long line", `${HEADER}${"a".repeat(5000)}\n`, ["2: this line is too long to be an image"]],
    ["Latin-1", Buffer.from(`${HEADER}caf\xe9\n`, "latin1"), [/^2: the file is not UTF-8 text/]],
    ["UTF-16", Buffer.from(`\ufeff${HEADER}`, "utf16le"), [/^1: the file is not UTF-8 text/]],
    ["NUL bytes", `${HEADER}${NODE}\0\n`, [/^3: the file is not UTF-8 text/]],
    ["too large", new Uint8Array(MOST_LOCK_BYTES + 1), [/^1: the file has more than 8388608 bytes/]],
  ];
  it.each(cases)("%s", (_what, text, problems) => {
    expect(problemsOf(text)).toEqual(
      problems.map((each) => (typeof each === "string" ? each : (expect.stringMatching(each) as string))),
    );
  });

  it("any place where it is cut off but behind a line", () => {
    const text = HEADER + NODE + UI;
    for (let end = 0; end < text.length; end++) {
      const isWhole = text[end - 1] === "\n";
      expect([end, problemsOf(text.slice(0, end)).length > 0]).toEqual([end, !isWhole]);
    }
  });

  it("no more than twenty problems, on one line each, nothing in them that a terminal obeys", () => {
    const problems = problemsOf(HEADER + "\x1b]0;x\x07\u202e evil\n".repeat(500));
    expect(problems).toHaveLength(20);
    for (const problem of problems) expect(problem).not.toMatch(/[\x00-\x1f\u202e]/);
  });

  it("whatever the bytes, in time that grows with them", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array(),
          fc.string().map((text) => Buffer.from(HEADER + text)),
        ),
        (bytes) => {
          const { entries, problems } = parseLock(bytes);
          expect(entries === null).toBe(problems !== null);
        },
      ),
    );
    const many = Array.from({ length: 100_000 }, (_, index) => `r.example/a${index}:1 ${A}\n`).join("");
    expect(parseLock(Buffer.from(HEADER + many)).problems?.[0]?.line ?? 0).toBe(1); // over the limit of bytes
    const fewer = many.slice(0, 4_000_000);
    expect(entriesOf(HEADER + fewer.slice(0, fewer.lastIndexOf("\n") + 1)).size).toBeGreaterThan(40_000);
  });
});

describe("looking an image up", () => {
  const reference = (text: string): Reference => {
    const parsed = parseReference(text);
    if (!("reference" in parsed)) throw new Error(text);
    return parsed.reference;
  };
  const lock = lockOf(
    entriesOf(
      [
        HEADER.trimEnd(),
        `docker.io/library/node:22 ${A} 22.23.2`,
        `docker.io/library/node:lts ${B} 24.19.0`,
        `docker.io/library/node:24 ${A} 24.19.0`,
        `docker.io/library/nginx:latest ${A} 1.31.0`,
        `docker.io/library/nginx:1.31.0 ${B}`,
        "",
      ].join("\n"),
    ),
  );

  it.each([
    ["node:22", A],
    ["docker.io/node:22", A],
    [`node:22@${B}`, A],
    ["nginx", A],
    ["node:22.23.2", A],
    ["nginx:1.31.0", B],
    ["node:24.19.0", undefined],
    ["node:23", undefined],
    ["localhost:5000/node:22", undefined],
    ["constructor", undefined],
  ])("%s: %s", (text, digest) => {
    expect(lock.find(reference(text))?.digest).toBe(digest);
  });
});
