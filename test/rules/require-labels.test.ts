import rule from "../../rules/require-labels.js";
import { testRule } from "./rule-test.js";

const owner = [{ labels: { owner: "email" } }];
const labelled = (value: string): string => `FROM scratch\nLABEL a="${value}"\n`;
const kind = (name: string): unknown[] => [{ labels: { a: name } }];

/** What each kind takes, and what it does not. */
const KINDS: Readonly<Record<string, { fits: readonly string[]; fails: readonly string[] }>> = {
  text: { fits: ["a", "two words"], fails: [] },
  url: {
    fits: ["https://example.com", "http://example.com:8080/a?b=c", "ssh://git@example.com/a.git"],
    fails: ["example.com", "https:", "https://", "https://a b", "/docs/index.html"],
  },
  semver: {
    fits: ["1.2.3", "0.0.1", "1.2.3-rc.1", "1.2.3-rc.1+build.5", "1.0.0+20260131", "1.2.3-0a"],
    fails: ["1.2", "v1.2.3", "01.2.3", "1.2.3-", "1.2.3-01", "1.2.3+", "1.2.3.4", "latest"],
  },
  spdx: {
    fits: [
      "MIT",
      "Apache-2.0",
      "GPL-2.0+",
      "MIT OR Apache-2.0",
      "(MIT AND BSD-3-Clause) OR LicenseRef-Acme",
      "GPL-2.0-only WITH Classpath-exception-2.0",
    ],
    fails: [
      "Apache 2.0",
      "MIT OR",
      "AND MIT",
      "(MIT",
      "MIT)",
      "()",
      "MIT (BSD)",
      "MIT, BSD",
      "https://example.com/licence",
    ],
  },
  rfc3339: {
    fits: ["2026-01-31T12:00:00Z", "2026-01-31T12:00:00.25+02:00", "2028-02-29t23:59:60z"],
    fails: [
      "2026-01-31",
      "2026-02-30T12:00:00Z",
      "2026-01-31T24:00:00Z",
      "2026-01-31 12:00:00Z",
      "2026-01-31T12:00:00",
      "today",
    ],
  },
  email: {
    fits: ["team@example.com", "first.last+tag@sub.example.org"],
    fails: [
      "team",
      "@example.com",
      "team@",
      "team@localhost",
      "a b@example.com",
      "a@b@.com",
      ".a@example.com",
      "Team <team@example.com>",
    ],
  },
  hash: {
    fits: ["4f2a9c1", "4F2A9C1B", "0".repeat(40), "a".repeat(64)],
    fails: ["4f2a9c", "main", "0".repeat(41), "4f2a9cg"],
  },
};

testRule("require-labels", rule, {
  valid: [
    { name: "nothing is asked for", code: "FROM scratch\n" },
    { name: "the label is there", code: "FROM scratch\nLABEL owner=team@example.com\n", options: owner },
    {
      name: "from the stage that the exported one is built FROM",
      code: "FROM scratch AS base\nLABEL owner=team@example.com\nFROM base\n",
      options: owner,
    },
    {
      name: "in the stage that --target exports",
      code: "FROM scratch AS a\nLABEL owner=team@example.com\nFROM scratch AS b\n",
      target: "a",
      options: owner,
    },
    {
      name: "the last one of a name holds",
      code: "FROM scratch\nLABEL owner=nobody\nLABEL owner=team@example.com\n",
      options: owner,
    },
    {
      name: "a value that the build passes in is not judged",
      code: "FROM scratch\nARG OWNER\nLABEL owner=$OWNER\n",
      options: owner,
    },
    {
      name: "a default that fits",
      code: "FROM scratch\nARG OWNER=team@example.com\nLABEL owner=$OWNER\n",
      options: owner,
    },
    {
      name: "--build-arg before the default",
      code: "FROM scratch\nARG OWNER=nobody\nLABEL owner=$OWNER\n",
      buildArgs: { OWNER: "team@example.com" },
      options: owner,
    },
    { name: "other labels, unless strict", code: "FROM scratch\nLABEL owner=team@example.com b=c\n", options: owner },
    {
      name: "a named context in place of the exported stage",
      code: "FROM scratch AS app\n",
      contexts: { app: "docker-image://alpine:3.24.1" },
      options: owner,
    },
    ...Object.entries(KINDS).flatMap(([name, { fits }]) =>
      fits.map((value) => ({ name: `${name}: ${value}`, code: labelled(value), options: kind(name) })),
    ),
  ],
  invalid: [
    {
      name: "missing, at the FROM of the exported stage",
      code: "FROM golang:1.27.0 AS build\nLABEL owner=team@example.com\nFROM scratch\nCOPY --from=build /a /a\n",
      options: owner,
      errors: [
        {
          messageId: "missing",
          message:
            '`owner` is missing, and the policy wants it. Add `LABEL owner="team@example.com"` to the last stage: an e-mail address.',
          line: 3,
          column: 1,
        },
      ],
    },
    {
      name: "each one that is missing",
      code: "FROM scratch\n",
      options: [{ labels: { owner: "email", version: "semver" } }],
      errors: [{ messageId: "missing" }, { messageId: "missing" }],
    },
    {
      name: "of another kind, at the value",
      code: "FROM scratch\nLABEL a=b owner=platform-team\n",
      options: owner,
      errors: [
        {
          messageId: "wrongKind",
          message: "`platform-team` in the label `owner` is not an e-mail address. Write it like `team@example.com`.",
          line: 2,
          column: 17,
          endColumn: 30,
        },
      ],
    },
    {
      name: "a default that does not fit",
      code: "FROM scratch\nARG OWNER=nobody\nLABEL owner=$OWNER\n",
      options: owner,
      errors: [{ messageId: "wrongKind", message: /^`nobody`/ }],
    },
    { name: "empty", code: 'FROM scratch\nLABEL owner=""\n', options: owner, errors: [{ messageId: "empty" }] },
    { name: "only blanks, as a text", code: labelled("  "), options: kind("text"), errors: [{ messageId: "empty" }] },
    {
      name: "strict: a label that is not listed, at its name",
      code: "FROM scratch\nLABEL owner=team@example.com onwer=me@example.com\n",
      options: [{ labels: { owner: "email" }, strict: true }],
      errors: [{ messageId: "notAllowed", message: /knows no label `onwer`/, line: 2, column: 30, endColumn: 35 }],
    },
    ...Object.entries(KINDS).flatMap(([name, { fails }]) =>
      fails.map((value) => ({
        name: `${name}: ${value}`,
        code: labelled(value),
        options: kind(name),
        errors: [{ messageId: "wrongKind" }],
      })),
    ),
  ],
});
