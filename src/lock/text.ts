/** The text of `fromlint.lock`: one image a line, sorted, so that it diffs and merges well. */
import { isUtf8 } from "node:buffer";
import type { LockedImage } from "../facts/locked.js";
import { lockName } from "../facts/locked.js";
import { parseReference } from "../facts/reference.js";
import { quoted } from "../policy/errors.js";

/** By name, as `lockName` writes it: `docker.io/library/node:22`. */
export type LockEntries = ReadonlyMap<string, LockedImage>;

/** `line` is 1-based; `message` is one line without control characters. */
export interface LockProblem {
  readonly line: number;
  readonly message: string;
}

export type ParsedLock =
  | { readonly entries: LockEntries; readonly problems: null }
  | { readonly entries: null; readonly problems: readonly LockProblem[] };

/** Of the format; a file of a later one is refused, not misread. */
const VERSION = 1;
const HEADER = `# fromlint.lock ${VERSION}: what each image is, written by \`fromlint lock\``;
const HEADER_START = /^# fromlint\.lock (\d{1,9})(?::|$)/;

/** Larger files are refused: that many images have no Dockerfiles. */
export const MOST_LOCK_BYTES = 8 * 1024 * 1024;
/** A name, a digest and a tag at their longest. */
const LONGEST_LINE = 1000;
/** More are not told. */
const MOST_PROBLEMS = 20;

const DIGEST = /^sha(?:256:[0-9a-f]{64}|384:[0-9a-f]{96}|512:[0-9a-f]{128})$/;
const TAG = /^\w[\w.-]{0,127}$/;
/** What git leaves where a merge was not finished. */
const CONFLICT = /^(?:<{7}|={7}|>{7}|\|{7})(?: |$)/;

const RESTORE = "restore it with git, or delete it and run `fromlint lock`";

/** Sorted by name; the same entries always give the same bytes. */
export function formatLock(entries: LockEntries): string {
  const lines = [...entries].map(([name, { digest, exactTag }]) => {
    return `${name} ${digest}${exactTag === null ? "" : ` ${exactTag}`}\n`;
  });
  return `${HEADER}\n${lines.sort().join("")}`;
}

/**
 * Reads the bytes of a lock file. Lines may stand in any order, be there twice, be empty, end in CRLF: a merge leaves
 * such things, and they mean nothing. Two digests of one image are a problem, as is all else. Never throws; linear.
 */
export function parseLock(bytes: Uint8Array): ParsedLock {
  if (bytes.length > MOST_LOCK_BYTES) return refused(1, `the file has more than ${MOST_LOCK_BYTES} bytes; ${RESTORE}`);
  if (bytes.length === 0) return refused(1, `the file is empty; ${RESTORE}`);
  if (!isUtf8(bytes) || bytes.includes(0)) {
    return refused(firstBadLine(bytes), `the file is not UTF-8 text; ${RESTORE}`);
  }
  const lines = new TextDecoder().decode(bytes).split("\n");
  const last = lines.pop();
  const version = HEADER_START.exec(lines[0] ?? last ?? "")?.[1];
  if (version === undefined) return refused(1, `this is not the first line of a lock file; ${RESTORE}`);
  if (Number(version) !== VERSION) {
    return refused(1, `the file has format ${version}, this fromlint reads ${VERSION}; use the fromlint that wrote it`);
  }

  const entries = new Map<string, LockedImage & { readonly line: number }>();
  const problems: LockProblem[] = [];
  for (const [index, text] of lines.entries()) {
    if (index === 0 || problems.length >= MOST_PROBLEMS) continue;
    const line = index + 1;
    const read = readLine(text.replace(/\s+$/, ""));
    if (read === null) continue;
    if ("message" in read) {
      problems.push({ line, message: read.message });
      continue;
    }
    const { name, ...image } = read;
    const known = entries.get(name);
    if (!known) entries.set(name, { ...image, line });
    else if (known.digest !== image.digest) {
      const message = `${quoted(name)} has another digest on line ${known.line}; keep the line that holds`;
      problems.push({ line, message });
    }
  }
  if (last !== "") {
    problems.push({
      line: lines.length + 1,
      message: `the last line has no end, so the file may be cut off; ${RESTORE}`,
    });
  }
  if (problems.length > 0) return { entries: null, problems };
  return {
    entries: new Map([...entries].map(([name, { digest, exactTag }]) => [name, { digest, exactTag }])),
    problems: null,
  };
}

type ReadLine = (LockedImage & { readonly name: string }) | { readonly message: string } | null;

function readLine(text: string): ReadLine {
  if (text === "") return null;
  if (CONFLICT.test(text)) {
    return {
      message: "a merge was not finished here; keep the lines that hold, delete git's marks, and run `fromlint lock`",
    };
  }
  if (text.length > LONGEST_LINE) return { message: "this line is too long to be an image" };
  const [name = "", digest = "", exactTag = null, ...more] = text.split(/[ \t]+/);
  if (text.startsWith("#")) return { message: "a lock file has no comments but its first line; delete this one" };
  const parsed = parseReference(name);
  if (!("reference" in parsed)) return { message: `${quoted(name)} is not the name of an image` };
  const canonical = lockName(parsed.reference);
  if (canonical !== name) return { message: `${quoted(name)} has to be written ${quoted(canonical)} here` };
  if (!DIGEST.test(digest)) return { message: `${quoted(name)} has no digest behind it: ${quoted(digest)}` };
  if (exactTag !== null && !TAG.test(exactTag)) return { message: `${quoted(exactTag)} is not a tag` };
  if (more.length > 0) return { message: `${quoted(more.join(" "))} is too much: a line is an image, a digest, a tag` };
  return { name, digest, exactTag };
}

function refused(line: number, message: string): ParsedLock {
  return { entries: null, problems: [{ line, message }] };
}

/** The first line that is not UTF-8 or holds a NUL. */
function firstBadLine(bytes: Uint8Array): number {
  for (let line = 1, start = 0; start < bytes.length; line++) {
    const newline = bytes.indexOf(0x0a, start);
    const end = newline === -1 ? bytes.length : newline;
    const part = bytes.subarray(start, end);
    if (!isUtf8(part) || part.includes(0)) return line;
    start = end + 1;
  }
  return 1;
}
