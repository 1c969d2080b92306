import rule from "../../rules/prefer-copy-link.js";
import { testRule } from "./rule-test.js";

testRule("prefer-copy-link", rule, {
  valid: [
    { name: "linked", code: "FROM alpine:3.24.1\nCOPY . /app\nCOPY --link --from=busybox:1.38 /bin/sh /tools/sh\n" },
    { name: "nothing volatile below it", code: "FROM alpine:3.24.1\nCOPY --from=busybox:1.38 /bin/sh /tools/sh\n" },
    { name: "an owner by name", code: "FROM alpine:3.24.1\nCOPY . /app\nCOPY --chown=app --from=busybox:1.38 /a /a\n" },
    { name: "--chmod", code: "FROM alpine:3.24.1\nCOPY . /app\nCOPY --chmod=755 --from=busybox:1.38 /a /a\n" },
    { name: "from the context", code: "FROM alpine:3.24.1\nCOPY . /app\nCOPY a /a\n" },
    {
      name: "another builder",
      code: "FROM alpine:3.24.1\nCOPY . /app\nCOPY --from=busybox:1.38 /a /a\n",
      policy: { builder: "kaniko" },
    },
    {
      name: "a stage that is not exported",
      code: "FROM alpine:3.24.1 AS a\nCOPY . /app\nCOPY --from=busybox:1.38 /a /a\nFROM scratch\nCOPY --from=a /a /a\n",
    },
  ],
  invalid: [
    {
      name: "below the source",
      code: "FROM alpine:3.24.1\nCOPY . /app\nCOPY --chown=1000 --from=busybox:1.38 /a /a\n",
      errors: [
        {
          messageId: "link",
          message:
            "Any edit under `COPY . /app` (line 2) makes this layer anew, too. With `COPY --link` it stands on its own.",
          line: 3,
          suggestions: ["FROM alpine:3.24.1\nCOPY . /app\nCOPY --link --chown=1000 --from=busybox:1.38 /a /a\n"],
        },
      ],
    },
  ],
});
