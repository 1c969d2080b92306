import rule from "../../rules/no-copy-then-delete.js";
import { testRule } from "./rule-test.js";

const APP = { "main.py": "", "tests/a.py": "", "docs/index.md": "" };

testRule("no-copy-then-delete", rule, {
  valid: [
    { name: "made by a RUN", code: "FROM a\nRUN curl -o /tmp/x.deb https://example.com/x.deb\nRUN rm /tmp/x.deb\n" },
    { name: "nobody knows who made it", code: "FROM a\nCOPY . /app\nRUN rm -rf /app/cache\n" },
    { name: "not in the context", code: "FROM a\nCOPY . /app\nRUN rm -rf /app/cache\n", files: APP },
    {
      name: "left out by the ignore file",
      code: "FROM a\nCOPY . /app\nRUN rm -rf /app/tests\n",
      files: { ...APP, ".dockerignore": "tests" },
    },
    { name: "another place", code: "FROM a\nCOPY x.deb /tmp/\nRUN rm /var/x.deb\n" },
    {
      name: "a stage that is not exported",
      code: "FROM a AS build\nCOPY x.tgz /tmp/\nRUN rm /tmp/x.tgz\nFROM b\nCOPY --from=build /out /\n",
    },
    {
      name: "from another stage",
      code: "FROM a AS build\nFROM b\nCOPY --from=build /x.deb /tmp/\nRUN rm /tmp/x.deb\n",
    },
    { name: "before the copy", code: "FROM a\nRUN rm -f /tmp/x.deb\nCOPY x.deb /tmp/\n" },
    { name: "perhaps", code: "FROM a\nARG KEEP\nCOPY x.deb /tmp/\nRUN if [ -z $KEEP ]; then rm /tmp/x.deb; fi\n" },
    { name: "moved before", code: "FROM a\nCOPY x /tmp/s/\nRUN mv /tmp/s/x /etc/ && rm -rf /tmp/s\n" },
    { name: "a pattern", code: "FROM a\nCOPY x.deb /tmp/\nRUN rm /tmp/*.deb\n" },
    { name: "below a folder of the base image, told by its full path", code: "FROM a\nCOPY x.deb ./\nRUN rm /x.deb\n" },
  ],
  invalid: [
    {
      name: "a package",
      code: "FROM debian:13.2\nCOPY x.deb /tmp/\nRUN dpkg -i /tmp/x.deb && rm -f /tmp/x.deb\n",
      errors: [
        {
          messageId: "mount",
          message:
            "`rm -f /tmp/x.deb` (line 3) removes what `COPY x.deb /tmp/` (line 2) brought, and its layer keeps it. Mount it where it is " +
            "needed: `RUN --mount=type=bind,source=x.deb,target=/tmp/x.deb`.",
          line: 3,
          column: 33,
        },
      ],
    },
    {
      name: "a part of the context",
      code: "FROM a\nWORKDIR /app\nCOPY . .\nRUN rm -rf tests docs\n",
      files: APP,
      errors: [
        {
          messageId: "exclude",
          message:
            "`rm -rf tests docs` (line 4) removes tests, which `COPY . .` (line 3) brought, and its layer keeps it. Leave tests out with .dockerignore or `--exclude`.",
        },
        { messageId: "exclude", message: /removes docs/ },
      ],
    },
    {
      name: "below the base image's folder",
      code: "FROM a\nCOPY . .\nRUN rm -rf docs\n",
      files: APP,
      errors: [{ messageId: "exclude" }],
    },
    {
      name: "under another name",
      code: "FROM a\nCOPY key.pem /root/.ssh/id_rsa\nRUN rm /root/.ssh/id_rsa\n",
      errors: [{ messageId: "mount" }],
    },
    {
      name: "a folder copied to a place of its own",
      code: "FROM a\nCOPY patches /patches\nRUN rm -rf /patches\n",
      errors: [{ messageId: "mount" }],
    },
    {
      name: "in the stage that the exported one is built FROM",
      code: "FROM a AS base\nCOPY x.deb /tmp/\nFROM base\nRUN rm /tmp/x.deb\n",
      errors: [{ messageId: "mount", line: 4 }],
    },
    {
      name: "one of several",
      code: "FROM a\nCOPY x.deb y.deb /tmp/\nRUN rm /tmp/y.deb\n",
      errors: [{ messageId: "exclude" }],
    },
  ],
});
