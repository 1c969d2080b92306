/** Every kind of broken policy, with where the error stands and what it says. */
import { describe, expect, it } from "vitest";
import { errorsOf } from "./known.js";

const TOP_KEYS =
  "`extends`, `ignore`, `context`, `builder`, `bases`, `registries`, `pinning`, `args`, `contexts`, `exemptions`, " +
  "`rules`, `overrides`, `locked`";
const SEVERITIES = "`off`, `warn`, `error`, `0`, `1`, `2`";
const MORE_RULES = "; `fromlint --list-rules` shows them all";

/** Each row: what is broken, the text, the errors as `line:column message`. */
type Row = [title: string, text: string, ...errors: string[]];

function table(rows: readonly Row[]): void {
  it.each(rows)("%s", (_title, text, ...errors) => {
    expect(errorsOf(text)).toEqual(errors);
  });
}

describe("unknown keys", () => {
  table([
    ["at the top", "rules: {}\nbase: {}\n", "2:1 unknown key `base`; did you mean `bases`?"],
    ["in another case", "Rules: {}", "1:1 unknown key `Rules`; did you mean `rules`?"],
    ["near to nothing: all that there are", "color: red", `1:1 unknown key \`color\`; the keys here are ${TOP_KEYS}`],
    ["in bases", "bases:\n  golden: []\n  gold: []\n", "3:3 unknown key `gold` in `bases`; did you mean `golden`?"],
    [
      "a role",
      "bases:\n  allow: { finl: [golden] }",
      "2:12 unknown key `finl` in `bases.allow`; did you mean `final`?",
    ],
    [
      "in a golden image",
      "bases: { golden: [{ image: a, replace: [b] }] }",
      "1:31 unknown key `replace` in `bases.golden[0]`; did you mean `replaces`?",
    ],
    ["in registries", "registries: { alow: [] }", "1:15 unknown key `alow` in `registries`; did you mean `allow`?"],
    [
      "in pinning",
      "pinning:\n  - { image: a, require: minor }\n  - { image: b, requires: minor, require: minor }\n",
      "3:17 unknown key `requires` in `pinning[1]`; did you mean `require`?",
    ],
    [
      "in an exemption",
      "exemptions:\n  - rule: no-latest\n    untill: 2027-01-31\n    reason: x\n",
      "3:5 unknown key `untill` in `exemptions[0]`; did you mean `until`?",
    ],
    [
      "in an override, which takes a few keys only",
      "overrides: [{ files: x, args: {} }]",
      "1:25 unknown key `args` in `overrides[0]`; the keys here are `files`, `bases`, `registries`, `pinning`, `rules`",
    ],
    [
      "in a rule's options",
      "rules: { volatile-arg-late: [warn, { name: [A] }] }",
      "1:38 unknown key `name` in `rules.volatile-arg-late[1]`; did you mean `names`?",
    ],
    [
      "with characters that act on a terminal",
      '"a\\e[31m": 1',
      `1:1 unknown key \`a\\x1b[31m\`; the keys here are ${TOP_KEYS}`,
    ],
    ["__proto__", '{ "__proto__": {} }', `1:3 unknown key \`__proto__\`; the keys here are ${TOP_KEYS}`],
  ]);
});

describe("wrong types", () => {
  table([
    ["a list for the whole", "- rules", "1:1 a policy must be a map, not a list"],
    ["text for the whole", "recommended", "1:1 a policy must be a map, not `recommended`"],
    [
      "nothing for the whole, in so many words",
      "~",
      "1:1 a policy must be a map, not empty; give it a value or delete the key",
    ],
    [
      "a key whose lines are all commented out",
      "rules:\n#  no-latest: error\n",
      "1:1 `rules` must be a map, not empty; give it a value or delete the key",
    ],
    [
      "text for a list",
      "extends: recommended",
      "1:10 `extends` must be a list, not `recommended`; put it in brackets: [recommended]",
    ],
    ["a map for a list", "pinning: { image: a, require: minor }", "1:10 `pinning` must be a list, not a map"],
    ["a list for a map", "bases: [golden]", "1:8 `bases` must be a map, not a list"],
    [
      "a pattern for a golden image",
      "bases: { golden: [golden/*] }",
      "1:19 `bases.golden[0]` must be a map, not `golden/*`; write { image: golden/* }",
    ],
    [
      "a number for text, as it was written",
      "args: { BASE_TAG: 3.10 }",
      '1:19 `args.BASE_TAG` must be text, not the number `3.10`; put it in quotes: "3.10"',
    ],
    ["true for text", "args: { DEBUG: true }", '1:16 `args.DEBUG` must be text, not `true`; put it in quotes: "true"'],
    [
      "numbers for tags: one error each",
      "bases: { golden: [{ image: a, tags: [3.0, 3.1] }] }",
      '1:38 `bases.golden[0].tags[0]` must be text, not the number `3.0`; put it in quotes: "3.0"',
      '1:43 `bases.golden[0].tags[1]` must be text, not the number `3.1`; put it in quotes: "3.1"',
    ],
    [
      "a number for files",
      "overrides: [{ files: 3 }]",
      '1:22 `overrides[0].files` must be text, not the number `3`; put it in quotes: "3"',
    ],
    [
      "a number among files",
      "overrides: [{ files: [a, 3] }]",
      '1:26 `overrides[0].files[1]` must be text, not the number `3`; put it in quotes: "3"',
    ],
    [
      "no files",
      "overrides: [{ files: [] }]",
      "1:22 `overrides[0].files` is an empty list; give it a value or delete the key",
    ],
    ["a map for text", "context: {}", "1:10 `context` must be text, not a map"],
  ]);
});

describe("not one of a fixed set", () => {
  table([
    [
      "a builder",
      "builder: buildkitt",
      "1:10 `builder` cannot be `buildkitt`; it is one of `buildkit`, `buildah`, `kaniko`, `legacy`; did you mean `buildkit`?",
    ],
    [
      "a tier",
      "bases: { allow: { final: [gold] } }",
      "1:27 `bases.allow.final[0]` cannot be `gold`; it is one of `golden`, `official`, `verified`, `other`; did you mean `golden`?",
    ],
    [
      "a level",
      "pinning: [{ image: a, require: mayor }]",
      "1:32 `pinning[0].require` cannot be `mayor`; it is one of `none`, `tag`, `major`, `minor`, `patch`, `digest`; did you mean `major`?",
    ],
    [
      "what a digest may be",
      "pinning: [{ image: a, require: minor, digest: require }]",
      "1:47 `pinning[0].digest` cannot be `require`; it is one of `forbid`, `allow`",
    ],
    [
      "a severity",
      "rules: { no-latest: eror }",
      `1:21 \`rules.no-latest\` cannot be \`eror\`; it is one of ${SEVERITIES}; did you mean \`error\`?`,
    ],
    [
      "a number as severity",
      "rules: { no-latest: 3 }",
      `1:21 \`rules.no-latest\` cannot be the number \`3\`; it is one of ${SEVERITIES}`,
    ],
    [
      "true as severity",
      "rules: { no-latest: true }",
      `1:21 \`rules.no-latest\` cannot be \`true\`; it is one of ${SEVERITIES}`,
    ],
    [
      "a severity in a list",
      "rules: { no-latest: [warning] }",
      `1:22 \`rules.no-latest[0]\` cannot be \`warning\`; it is one of ${SEVERITIES}`,
    ],
  ]);
});

describe("rules and their options", () => {
  table([
    [
      "a rule that there is not",
      "rules:\n  no-lates: error\n",
      "2:3 there is no rule `no-lates`; did you mean `no-latest`?",
    ],
    ["near to none", "rules: { xyz: off }", `1:10 there is no rule \`xyz\`${MORE_RULES}`],
    [
      "a rule in an override",
      "overrides: [{ files: a, rules: { no-lates: off } }]",
      "1:34 there is no rule `no-lates`; did you mean `no-latest`?",
    ],
    [
      "a rule in an exemption",
      "exemptions: [{ rule: nolatest, reason: x }]",
      "1:22 `exemptions[0].rule`: there is no rule `nolatest`; did you mean `no-latest`?",
    ],
    [
      "a locked rule",
      "locked: [aproved-base]",
      "1:10 `locked[0]`: there is no rule `aproved-base`; did you mean `approved-base`?",
    ],
    [
      "an empty list",
      "rules: { no-latest: [] }",
      "1:21 `rules.no-latest` is an empty list; give it a value or delete the key",
    ],
    [
      "options for a rule without any",
      "rules: { no-latest: [error, {}] }",
      "1:29 `rules.no-latest` takes no options; delete this one",
    ],
    [
      "too many options",
      "rules: { volatile-arg-late: [error, {}, {}] }",
      "1:41 `rules.volatile-arg-late` takes one map of options; delete this one",
    ],
    [
      "an option's type",
      "rules: { volatile-arg-late: [error, { names: BUILD_ID }] }",
      "1:46 `rules.volatile-arg-late[1].names` must be a list, not `BUILD_ID`; put it in brackets: [BUILD_ID]",
    ],
    [
      "an option's value, in the words of the schema",
      'rules: { volatile-arg-late: [error, { names: [""] }] }',
      "1:47 `rules.volatile-arg-late[1].names[0]` must NOT have fewer than 1 characters",
    ],
    [
      "one of a fixed set within options",
      "rules: { require-labels: [error, { labels: { owner: mail } }] }",
      "1:53 `rules.require-labels[1].labels.owner` cannot be `mail`; it is one of `text`, `url`, `semver`, `email`; did you mean `email`?",
    ],
    [
      "none of several forms: one error for all",
      "rules: { volatile-arg-late: [error, { after: instal }] }",
      "1:46 `rules.volatile-arg-late[1].after` must be a whole number or one of `install`, `build`",
    ],
    [
      "a form that is nearly met: its own error",
      "rules: { volatile-arg-late: [error, { where: { stag: x } }] }",
      "1:48 unknown key `stag` in `rules.volatile-arg-late[1].where`; did you mean `stage`?",
    ],
    [
      "none of several types",
      "rules: { volatile-arg-late: [error, { where: [x] }] }",
      "1:46 `rules.volatile-arg-late[1].where` must be text or a map, not a list",
    ],
  ]);
});

describe("what is missing", () => {
  table([
    [
      "a golden image's pattern",
      "bases: { golden: [{ tags: [] }] }",
      "1:19 `bases.golden[0]` has no `image`; it needs one",
    ],
    ["the level of a pin", "pinning:\n  - image: a\n", "2:5 `pinning[0]` has no `require`; it needs one"],
    [
      "the reason of an exemption",
      "exemptions:\n  - rule: no-latest\n",
      "2:5 `exemptions[0]` has no `reason`; it needs one",
    ],
    ["the rule of an exemption", "exemptions: [{ reason: x }]", "1:14 `exemptions[0]` has no `rule`; it needs one"],
    [
      "words in the reason",
      'exemptions: [{ rule: no-latest, reason: " " }]',
      "1:41 an exemption needs a `reason`; this one is empty",
    ],
    ["the files of an override", "overrides: [{ rules: {} }]", "1:13 `overrides[0]` has no `files`; it needs one"],
  ]);
});

describe("patterns, at their place", () => {
  table([
    ["ignore", "ignore:\n  - vendor/**\n  - 'a['\n", "3:5 the pattern `a[` cannot be read: a `[` is not closed"],
    [
      "golden",
      "bases: { golden: [{ image: 'a b' }] }",
      "1:28 the pattern `a b` cannot be read: ` ` cannot stand in an image's name",
    ],
    [
      "replaces",
      "bases: { golden: [{ image: a, replaces: ['b:'] }] }",
      "1:42 the pattern `b:` cannot be read: no tag stands behind `:`",
    ],
    ["verified", "bases: { verified: ['a{'] }", "1:21 the pattern `a{` cannot be read: a `{` is not closed"],
    [
      "deny",
      "bases: { deny: ['x', Acme/Node/x] }",
      "1:22 the pattern `Acme/Node/x` cannot be read: repository names are lower case",
    ],
    ["pinning", "pinning: [{ image: '', require: minor }]", "1:20 the pattern `` cannot be read: it is empty"],
    [
      "an exemption's image",
      "exemptions: [{ rule: no-latest, image: '!x', reason: y }]",
      "1:40 the pattern `!x` cannot be read: `!` does not negate; leave the pattern out, or say what is meant",
    ],
    [
      "an exemption's files",
      "exemptions: [{ rule: no-latest, files: /x, reason: y }]",
      "1:40 the pattern `/x` cannot be read: it is relative to the policy's folder, so it cannot begin with `/`",
    ],
    [
      "an override's files",
      "overrides: [{ files: [a, b/] }]",
      "1:26 the pattern `b/` cannot be read: no file's path ends in `/`; write `b/**`",
    ],
    [
      "patterns of an override",
      "overrides: [{ files: a, bases: { deny: [a:] } }]".replace("[a:]", "['a:']"),
      "1:41 the pattern `a:` cannot be read: no tag stands behind `:`",
    ],
    [
      "a golden image's tag",
      "bases: { golden: [{ image: a, tags: ['3.*'] }] }",
      "1:38 `3.*` is not a tag; a tag has up to 128 letters, digits, `_`, `.` and `-`",
    ],
  ]);
});

describe("dates", () => {
  table(
    [
      "2027-02-30",
      "2027-13-01",
      "2027-00-10",
      "2026-02-29",
      "31.01.2027",
      "2027-1-31",
      "tomorrow",
      "2027-01-31T00:00:00Z",
    ].map((date): Row => [
      `${date} is none`,
      `exemptions: [{ rule: no-latest, reason: x, until: '${date}' }]`,
      `1:51 \`until\` must be a day that exists, written YYYY-MM-DD; \`${date}\` is not`,
    ]),
  );
  table([["2028-02-29 is one", "exemptions: [{ rule: no-latest, reason: x, until: 2028-02-29 }]"]]);
});

describe("registries", () => {
  table([
    [
      "a scheme",
      "registries: { allow: ['https://registry.example'] }",
      "1:23 `https://registry.example` is not a registry; write it without `https://`",
    ],
    [
      "a path",
      "registries: { allow: [registry.example/team] }",
      "1:23 `registry.example/team` is not a registry; write host[:port], without a path",
    ],
    [
      "no registry but a user of Docker Hub",
      "registries: { allow: [acme] }",
      "1:23 `acme` is not a registry: a registry's name has a dot or a port, or is localhost",
    ],
    [
      "a port that is none",
      "registries: { insecure: ['registry.example:99999'] }",
      "1:26 `registry.example:99999` is not a registry; `99999` is not a port",
    ],
    [
      "a wildcard",
      "registries: { allow: ['*.example'] }",
      "1:23 `*.example` is not a registry; write host[:port], such as registry.example:5000",
    ],
    [
      "a dash at an end",
      "registries: { allow: [-a.example] }",
      "1:23 `-a.example` is not a registry; write host[:port], such as registry.example:5000",
    ],
    [
      "a mirror without a host",
      "registries: { mirrors: { docker.io: hub } }",
      "1:37 `hub` is not a mirror; write host[:port][/path], such as registry.example/hub",
    ],
    [
      "a mirror of what is none",
      "registries: { mirrors: { Hub/X: a.example } }",
      "1:26 `Hub/X` is not a mirror; write host[:port][/path], such as registry.example/hub",
    ],
    [
      "a mirror's scheme",
      "registries: { mirrors: { docker.io: 'https://a.example' } }",
      "1:37 `https://a.example` is not a mirror; write it without `https://`",
    ],
    [
      "all that is fine",
      "registries: { allow: [docker.io, localhost, 'localhost:5000', 'a.example:443', '[::1]:5000', 'REG'] }",
    ],
    [
      "mirrors that are fine",
      "registries: { mirrors: { docker.io/library: 'a.example:5000/hub/x', quay.io: b.example } }",
    ],
  ]);
});

describe("several errors", () => {
  table([
    [
      "are all told, in the order of the file",
      [
        "locked: [no-lates]",
        "base: {}",
        "ignore: ['a[']",
        "builder: x",
        "pinning: [{ image: 'a b', require: minor }]",
      ].join("\n"),
      "1:10 `locked[0]`: there is no rule `no-lates`; did you mean `no-latest`?",
      "2:1 unknown key `base`; did you mean `bases`?",
      "3:10 the pattern `a[` cannot be read: a `[` is not closed",
      "4:10 `builder` cannot be `x`; it is one of `buildkit`, `buildah`, `kaniko`, `legacy`",
      "5:20 the pattern `a b` cannot be read: ` ` cannot stand in an image's name",
    ],
  ]);

  it("but of thousands, the first fifty", () => {
    const text = Array.from({ length: 5_000 }, (_, index) => `key${index}: 1`).join("\n");
    const errors = errorsOf(text);
    expect(errors).toHaveLength(50);
    expect(errors[0]).toMatch(/^1:1 unknown key `key0`/);
  });
});
