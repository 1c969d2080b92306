/** Dockerfiles for property tests: realistic ones, odd ones, and what a slip of the hand makes of them. */
import fc, { type Arbitrary } from "fast-check";

const from = (...texts: readonly string[]): Arbitrary<string> => fc.constantFrom(...texts);

/** Several of the same, joined. */
const many = (one: Arbitrary<string>, maxLength: number, separator = "", minLength = 0): Arbitrary<string> =>
  fc.array(one, { minLength, maxLength }).map((parts) => parts.join(separator));

/** Parts one after the other: texts and arbitraries. */
function sequence(...parts: readonly (string | Arbitrary<string>)[]): Arbitrary<string> {
  const all = parts.map((part) => (typeof part === "string" ? fc.constant(part) : part));
  return fc.tuple(...all).map((texts) => texts.join(""));
}

const maybe = (one: Arbitrary<string>): Arbitrary<string> => fc.oneof(fc.constant(""), one);

const DIGEST = `sha256:${"0123456789abcdef".repeat(4)}`;
const VARIABLES = ["VERSION", "TAG", "BASE", "REGISTRY", "TARGETARCH", "UNSET", "VERSOIN"];
const STAGES = ["build", "Build", "golang", "final", "base-amd64", "scratch", "0", "1", "7"];

const modifier = from(":-22", "-22", ":+x", "+", ":?no", "#v", "%%-*", "/./-", "//1/2", ":-${TAG}", ":-${TAG:-3}");
const variable = fc.oneof(
  from(...VARIABLES).map((name) => `$${name}`),
  fc.tuple(from(...VARIABLES), maybe(modifier)).map(([name, rest]) => `\${${name}${rest}}`),
);

const registry = from(
  "docker.io/",
  "index.docker.io/",
  "mcr.microsoft.com/",
  "localhost:5000/",
  "ghcr.io/",
  "GHCR.io/",
);
const repository = from(
  ...["node", "alpine", "python", "golang", "ubuntu", "debian", "centos", "postgres", "eclipse-temurin", "pyhton"],
  ...["library/node", "libary/node", "golden/node", "acme/app", "dotnet/sdk", "docker/dockerfile", "Node", "a//b", "ü"],
);
const tag = from(
  ...["latest", "22", "22.1", "22.1.0", "3.12-buster", "3.1", "7", "noble", "24.04", "18-alpine3.19", "lts", "stable"],
  ...["bookworm-20240101", "8.0", "", "-x", "a b"],
);
const image = fc.oneof(
  { weight: 5, arbitrary: sequence(maybe(registry), repository, ":", tag) },
  { weight: 2, arbitrary: sequence(maybe(registry), repository) },
  { weight: 2, arbitrary: sequence(maybe(registry), repository, maybe(from(":22", ":latest")), "@", DIGEST) },
  { weight: 3, arbitrary: sequence(maybe(repository), maybe(from(":", "/")), variable, maybe(from("-alpine", ".1"))) },
  { weight: 2, arbitrary: from(...STAGES) },
  { weight: 1, arbitrary: from('"node:22"', "'node'", "node\\:22", "n😀de", "-", "https://node", "node:22@sha256:12") },
);

const flagValue = fc.oneof(image, from("linux/amd64", "$BUILDPLATFORM", "${TARGETPLATFORM}", "", '"a b"'));
const mount = sequence(
  "--mount=",
  many(
    fc.oneof(from("type=cache", "type=bind", "target=/x", "rw", '"a,b"=c', "id=é"), sequence("from=", image)),
    4,
    ",",
    1,
  ),
);
const flag = fc.oneof(
  mount,
  sequence(from("--platform=", "--from=", "--chown=", "--network=", "--", "--fro="), flagValue),
);

/** Lines that belong together. */
const passage = from(
  "ARG V=22\nFROM node:$V AS build\nFROM node:${V}-alpine\nCOPY --from=build a b",
  "ARG V\nFROM node:$V",
  "FROM golang:1.27 AS golang\nFROM golang",
  "FROM alpine:3.24 AS self\nCOPY --from=self a b\nCOPY --from=slef a b\nCOPY --from=Self! a b",
  "FROM alpine:3.24\nCOPY --from=late a b\nCOPY --from=9 a b\nFROM late AS late",
  `FROM node:22@${DIGEST}\nFROM node:22\nFROM node:22@${DIGEST.replace("0", "f")}`,
  `FROM ${DIGEST.slice(7)}\nFROM node@sha256:12\nFROM node@md5:${"a".repeat(32)}\nFROM node:${"x".repeat(200)}`,
  "LABEL maintainer= org.opencontainers.image.version=x other=1",
);

const heredoc = fc
  .tuple(
    from(
      "RUN <<EOF",
      "COPY <<EOF /x",
      "RUN cat <<-EOF <<'B' > x",
      "ONBUILD RUN <<EOF",
      'RUN echo "<<EOF"',
      "ADD << EOF a",
    ),
    many(from("FROM node", "# fromlint-disable-file no-latest", "\techo \\", "", "\tB", "  EOF", "B", "$x"), 4, "\n"),
    from("\nEOF\n", "\nEOF\nB\n", "\n\tEOF\nB\n", "\n"),
  )
  .map((parts) => parts.join(parts[1] === "" ? "" : "\n").replaceAll("\n\n", "\n"));

const pair = sequence(
  from(...VARIABLES, "a.b", "org.opencontainers.image.version", "maintainer", ""),
  from("=", " ", ""),
);
const value = fc.oneof(image, from("1.2.3", '"a b"', "'$x'", '"un', "${", "a\\ b", "😀", ""));

const instruction = fc.oneof(
  {
    weight: 8,
    arbitrary: sequence("FROM ", maybe(sequence(flag, " ")), image, maybe(sequence(" AS ", from(...STAGES, "ü", "")))),
  },
  { weight: 4, arbitrary: sequence(from("ARG ", "ARG "), many(sequence(pair, value), 3, " ", 1)) },
  { weight: 2, arbitrary: sequence(from("ENV ", "LABEL "), many(sequence(pair, value), 3, " ", 1)) },
  {
    weight: 3,
    arbitrary: sequence("RUN ", many(flag, 2, " "), from(" make", " apt-get update && x", ' ["a", "b"]', " ")),
  },
  {
    weight: 3,
    arbitrary: sequence(from("COPY ", "ADD ", "ONBUILD COPY "), many(flag, 2, " "), from(" a b", ' ["a","b"]', " a")),
  },
  {
    weight: 2,
    arbitrary: from(
      ...["USER app", "WORKDIR /x", "CMD []", "CMD x", 'SHELL ["sh"]', "EXPOSE 80", "VOLUME /a", "STOPSIGNAL 9"],
      ...[
        "HEALTHCHECK --interval=5m CMD x",
        "HEALTHCHECK NONE",
        "ONBUILD ONBUILD RUN x",
        "MAINTAINER x",
        "RUNN x",
        "FORM a",
      ],
    ),
  },
);

const RULES = [
  "no-latest",
  "explicit-tag",
  "pin-precision",
  "valid-syntax",
  "valid-waiver",
  "no-eol-base",
  "no-lastest",
  "nonsense",
];
const waiver = sequence(
  from("# fromlint-", "# fromlint-", "#fromlint-"),
  from("disable-next-line ", "disable-stage ", "disable-file ", "disable "),
  many(from(...RULES), 3, ", "),
  maybe(from(" until=2027-01-31", " until=2020-01-31", " until=soon")),
  maybe(from(" -- because", " --")),
);
const comment = fc.oneof(
  { weight: 3, arbitrary: waiver },
  from("# note", "#", "# hadolint ignore=DL3006,DL3007", "# check=skip=all", "# 日本 😀", "# ends in \\"),
);
const directive = fc.oneof(
  sequence(
    "# syntax=",
    fc.oneof(image, from("docker/dockerfile", "docker/dockerfile:latest", "docker/dockerfile:1.4")),
  ),
  from("# escape=`", "# escape=\\", "# check=skip=all;error=true", "#syntax = docker/dockerfile:1 x", "# escape=x"),
);

/** An instruction over several lines: a blank becomes a continuation, maybe with a comment behind it. */
const continued = fc
  .tuple(
    instruction,
    fc.nat(20),
    from("\\\n  ", "\\ \n", "\\\n# c\n", "\\\n\n", "`\n", "\\\\\n", "\\\n# fromlint-disable-file no-latest\n"),
  )
  .map(([text, at, put]) => {
    const blank = text.indexOf(" ", at);
    return blank < 0 ? text : text.slice(0, blank + 1) + put + text.slice(blank + 1);
  });

const lowerCased = instruction.map((text) => text.replace(/^\w+|\bAS\b/g, (word) => word.toLowerCase()));
const indented = instruction.map((text) => ` \t${text} `);

const line = fc.oneof(
  { weight: 8, arbitrary: instruction },
  { weight: 3, arbitrary: continued },
  { weight: 2, arbitrary: comment },
  { weight: 1, arbitrary: lowerCased },
  { weight: 1, arbitrary: indented },
  { weight: 1, arbitrary: heredoc },
  { weight: 1, arbitrary: passage },
  { weight: 1, arbitrary: from("", "  ") },
);

/** Whole files: directives, global ARGs, stages; line ends of either kind; sometimes a byte order mark. */
const generated: Arbitrary<string> = fc
  .record({
    mark: from("", "", "", "\ufeff"),
    head: many(directive, 2, "\n"),
    lines: fc.array(line, { minLength: 1, maxLength: 12 }),
    newline: from("\n", "\n", "\n", "\r\n"),
    end: from("\n", ""),
  })
  .map(({ mark, head, lines, newline, end }) => {
    const text = [...(head === "" ? [] : [head]), ...lines].join("\n") + end;
    return mark + text.replaceAll("\n", newline);
  });

const SLIPS = [
  ...[
    "\\",
    "\\\n",
    "`",
    "\n",
    "\r",
    "\r\n",
    "$",
    "${",
    "}",
    '"',
    "'",
    "<<EOF",
    "#",
    "--",
    "=",
    ":",
    "@",
    "/",
    " ",
    "\t",
  ],
  ...["FROM ", "from", "\u00a0", "\u0085", "\u2028", "\ufeff", "\0", "\x1b[31m", "😀", "\ud800", "é", "K", "\u202e"],
];

const edit = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  remove: fc.oneof(fc.constant(0), fc.nat(6), fc.nat(60)),
  put: fc.oneof(from("", ...SLIPS), fc.string({ unit: "binary", maxLength: 3 })),
});

/** A text with a few places changed: characters put in, taken out, or both. */
function mutationsOf(texts: Arbitrary<string>): Arbitrary<string> {
  return fc.tuple(texts, fc.array(edit, { minLength: 1, maxLength: 4 })).map(([text, edits]) =>
    edits.reduce((changed, { at, remove, put }) => {
      const start = Math.floor(at * changed.length);
      return changed.slice(0, start) + put + changed.slice(start + remove);
    }, text),
  );
}

/** Any of them. */
export const dockerfiles: Arbitrary<string> = fc.oneof(generated, mutationsOf(generated));
