/** Inputs made to be slow; each grows with `size`, which is about how many characters it has. */

export interface Hostile {
  readonly name: string;
  readonly make: (size: number) => string;
}

/** What stands on one line is shorter: BuildKit refuses lines over 65,535 bytes, and so do we. */
const ONE_LINE = 4;

const repeat = (piece: string, size: number): string => piece.repeat(Math.ceil(size / piece.length));

export const HOSTILE: readonly Hostile[] = [
  { name: "stages built on one another", make: (size) => `FROM a:1 AS s0\n${chain(Math.ceil(size / 22))}` },
  { name: "stages and comments in turn", make: (size) => repeat("FROM alpine:3.24\n# note\n", size) },
  { name: "one RUN of many lines", make: (size) => `FROM alpine:3.24\nRUN true ${repeat("\\\n && true ", size)}\n` },
  {
    name: "comments inside a continuation",
    make: (size) => `FROM alpine:3.24\nRUN a ${repeat("\\\n# b\n", size)} c\n`,
  },
  {
    name: "flags on one RUN",
    make: (size) => `FROM alpine:3.24\nRUN ${repeat("--mount=type=tmpfs,target=/t \\\n", size)} a\n`,
  },
  { name: "global ARGs that use one another", make: (size) => `${args(Math.ceil(size / 14))}FROM alpine:3.24\n` },
  { name: "nested ${x:-…}", make: (size) => `FROM ${nested(size / ONE_LINE)}\n` },
  { name: "an unclosed quote", make: (size) => `FROM alpine:3.24\nENV A="${repeat("\\\nx ", size)}\n` },
  {
    name: "unclosed heredocs",
    make: (size) => `FROM alpine:3.24\nRUN ${repeat("<<E ", size / ONE_LINE)}\n${repeat("x\n", size)}`,
  },
  { name: "one long comment line", make: (size) => `# ${repeat("x", size / ONE_LINE)}\nFROM alpine:3.24\n` },
  {
    name: "labels on one line",

    make: (size) => `FROM alpine:3.24\nLABEL ${repeat("\\\n a.b=c", size)}\n`,
  },
  {
    name: "build metadata in stages on one another",
    make: (size) => {
      const stage = (_: unknown, at: number): string =>
        `FROM ${at === 0 ? "alpine:3.24" : `s${at - 1}`} AS s${at}\nARG GIT_SHA\nRUN apk update\n`;
      return Array.from({ length: Math.ceil(size / 45) }, stage).join("");
    },
  },
  {
    name: "disable comments",
    make: (size) => `FROM alpine\n${repeat("# fromlint-disable-next-line no-latest\nUSER a\n", size)}`,
  },
];

function chain(count: number): string {
  return Array.from({ length: count }, (_, index) => `FROM s${index} AS s${index + 1}\n`).join("");
}

function args(count: number): string {
  return Array.from({ length: count }, (_, index) => `ARG A${index + 1}=\${A${index}}x\n`).join("");
}

function nested(size: number): string {
  const depth = Math.ceil(size / 7);
  return `${"${a:-".repeat(depth)}x${"}".repeat(depth)}`;
}
