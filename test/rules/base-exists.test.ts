import rule from "../../rules/base-exists.js";
import { testRule } from "./rule-test.js";

const A = `sha256:${"a".repeat(64)}`;
const B = `sha256:${"b".repeat(64)}`;
const UI = "localhost:5000/gallery/ui";
const lock = { [`${UI}:v1`]: A };

testRule("base-exists", rule, {
  valid: [
    { name: "nobody asked", code: `FROM ${UI}:v1\n`, lock },
    { name: "nobody asked for this one", code: "FROM redis:8.2\n", registry: { [UI]: [] } },
    { name: "the tag is there", code: `FROM ${UI}:v1\n`, registry: { [UI]: [{ tag: "v1", digest: A }] } },
    { name: "no tag is latest", code: `FROM ${UI}\n`, registry: { [UI]: [{ tag: "latest", digest: A }] } },
    {
      name: "the locked image is there",
      code: `FROM ${UI}:v1\n`,
      lock,
      registry: { [UI]: [{ tag: "v1", digest: A }] },
    },
    {
      name: "the tag moved and the locked image is there",
      code: `FROM ${UI}:v1\n`,
      lock,
      registry: {
        [UI]: [
          { tag: "v1", digest: B },
          { tag: null, digest: A },
        ],
      },
    },
    { name: "a digest alone", code: `FROM ${UI}@${A}\n`, registry: { [UI]: [{ tag: null, digest: A }] } },
  ],
  invalid: [
    {
      name: "the repository is gone",
      code: `FROM ${UI}:v1\n`,
      registry: { [UI]: null },
      errors: [
        {
          messageId: "repositoryGone",
          message:
            "`localhost:5000/gallery/ui:v1` is gone: its registry has no repository `localhost:5000/gallery/ui`. Use an image that is there.",
        },
      ],
    },
    {
      name: "the tag is gone",
      code: `ARG V=v1\nFROM ${UI}:\${V}\n`,
      registry: { [UI]: [{ tag: "v2", digest: A }] },
      errors: [{ messageId: "tagGone", line: 2, message: /the repository has no tag `v1` any more/ }],
    },
    {
      name: "the tag is gone, and the locked image with it",
      code: `FROM ${UI}:v1\n`,
      lock,
      registry: { [UI]: [] },
      errors: [
        {
          messageId: "lockedGone",
          message:
            "The locked image of `localhost:5000/gallery/ui:v1`, sha256:aaaaaaaaaaaa…, is gone from the registry. Name a tag " +
            "that is there, and run `fromlint lock`.",
        },
      ],
    },
    {
      name: "the tag is another image, and the locked one is gone",
      code: `FROM ${UI}:v1\n`,
      lock,
      registry: { [UI]: [{ tag: "v1", digest: B }] },
      errors: [
        {
          messageId: "lockedReplaced",
          message:
            /; the tag is another image now\. Take it with `fromlint lock --update=localhost:5000\/gallery\/ui:v1`/,
        },
      ],
    },
    {
      name: "the tag is gone, the locked image is not",
      code: `FROM ${UI}:v1\n`,
      lock,
      registry: { [UI]: [{ tag: null, digest: A }] },
      errors: [{ messageId: "tagGoneDigestThere", suggestions: [`FROM ${UI}:v1@${A}\n`] }],
    },
    {
      name: "the tag is gone, the written digest is not",
      code: `FROM ${UI}:v1@${A}\n`,
      registry: { [UI]: [{ tag: null, digest: A }] },
      errors: [{ messageId: "tagGoneDigestThere", suggestions: [] }],
    },
    {
      name: "the written digest is gone",
      code: `FROM ${UI}:v1@${A}\nCOPY --from=${UI}@${B} /a /b\n`,
      registry: { [UI]: [{ tag: "v1", digest: B.replace("b", "c") }] },
      errors: [
        { messageId: "digestGone", line: 1 },
        { messageId: "digestGone", line: 2 },
      ],
    },
  ],
});
