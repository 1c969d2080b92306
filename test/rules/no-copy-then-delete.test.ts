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
    {
      name: "left out already",
      code: "# syntax=docker/dockerfile:1\nFROM a\nCOPY --exclude=tests . /app\nRUN rm -rf /app/tests\n",
      files: APP,
    },
    {
      name: "left out with a pattern for a folder above",
      code: "FROM a\nCOPY --exclude=do* . /app\nRUN rm -rf /app/docs/index.md\n",
      files: APP,
    },
    {
      name: "perhaps left out",
      code: "FROM a\nCOPY --exclude=$WHAT . /app\nRUN rm -rf /app/tests\n",
      files: APP,
    },
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
            "`rm` only hides it: the layer of `COPY x.deb /tmp/` (line 2) keeps it. Mount it instead: `--mount=type=bind,source=x.deb,target=/tmp/x.deb`.",
          line: 3,
          column: 33,
          suggestions: ["FROM debian:13.2\nRUN --mount=type=bind,source=x.deb,target=/tmp/x.deb dpkg -i /tmp/x.deb\n"],
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
            "`rm` only hides tests: the layer of `COPY . .` (line 3) keeps it. Leave tests out with .dockerignore or `--exclude` (syntax 1.19 or later).",
          suggestions: [
            "# syntax=docker/dockerfile:1\nFROM a\nWORKDIR /app\nCOPY --exclude=tests . .\nRUN rm -rf docs\n",
          ],
        },
        {
          messageId: "exclude",
          message: /^`rm` only hides docs: .* Leave docs out/,
          suggestions: [
            "# syntax=docker/dockerfile:1\nFROM a\nWORKDIR /app\nCOPY --exclude=docs . .\nRUN rm -rf tests\n",
          ],
        },
      ],
    },
    {
      name: "where the syntax has --exclude, and the RUN has nothing else",
      code: '# syntax=docker/dockerfile:1.20\n# escape=\\\nFROM a\nCOPY --chown=1 . /app\n# not wanted\nRUN rm -rf /app/tests\nCMD ["x"]\n',
      files: APP,
      errors: [
        {
          messageId: "exclude",
          message: /with .dockerignore or `--exclude`\.$/,
          suggestions: [
            '# syntax=docker/dockerfile:1.20\n# escape=\\\nFROM a\nCOPY --exclude=tests --chown=1 . /app\nCMD ["x"]\n',
          ],
        },
      ],
    },
    {
      name: "in the labs since 1.7",
      code: "# syntax=docker/dockerfile:1.7-labs\r\nFROM a\r\nCOPY . /app\r\nRUN apt-get update && rm -r /app/tests && apt-get clean\r\n",
      files: APP,
      errors: [
        {
          messageId: "exclude",
          suggestions: [
            "# syntax=docker/dockerfile:1.7-labs\r\nFROM a\r\nCOPY --exclude=tests . /app\r\nRUN apt-get update && apt-get clean\r\n",
          ],
        },
      ],
    },
    ...["docker/dockerfile:1.18", "docker/dockerfile:1.18.0", "docker/dockerfile:1.4-labs", "example.com/syntax:1"].map(
      (syntax) => ({
        name: `not offered with the syntax ${syntax}, but told`,
        code: `# syntax=${syntax}\nFROM a\nCOPY . /app\nRUN rm -rf /app/tests\n`,
        files: APP,
        errors: [{ messageId: "exclude", message: /syntax 1\.19 or later/, suggestions: [] }],
      }),
    ),
    {
      name: "not offered for a builder without it",
      code: "FROM a\nCOPY . /app\nRUN rm -rf /app/tests\n",
      files: APP,
      policy: { builder: "kaniko" },
      errors: [{ messageId: "exclude", message: /Leave tests out with \.dockerignore\.$/, suggestions: [] }],
    },
    {
      name: "a folder of a folder, as seen from there",
      code: "# syntax=docker/dockerfile:1\nFROM a\nCOPY src /app\nRUN set -e; \\\n    rm -rf /app/test; \\\n    ls /\n",
      files: { "src/test/a.py": "" },
      errors: [
        {
          messageId: "exclude",
          suggestions: [
            "# syntax=docker/dockerfile:1\nFROM a\nCOPY --exclude=test src /app\nRUN set -e; \\\n    ls /\n",
          ],
        },
      ],
    },
    ...[
      ["a step between works with it", "RUN ./test.sh\nRUN rm -rf /app/tests\n", "needed"],
      ["so does the RUN itself", "RUN ./test.sh && rm -rf /app/tests\n", "needed"],
      ["another copy brings more of it", "COPY more /app/tests/\nRUN rm -rf /app/tests\n", "needed"],
      ["what follows hangs on the rm, which would fail", "RUN rm -r /app/tests || true\n", "exclude"],
    ].map(([name, rest, messageId]) => ({
      name: `nothing is offered: ${name ?? ""}`,
      code: `FROM a\nCOPY . /app\n${rest ?? ""}`,
      files: { ...APP, "more/x": "" },
      errors: [{ messageId: messageId ?? "", suggestions: [] }],
    })),
    {
      name: "not told to be left out: the RUN builds from it first",
      code: "FROM a\nWORKDIR /app\nCOPY . .\nRUN npm run build && rm -rf src\n",
      files: { "src/main.ts": "" },
      errors: [
        {
          messageId: "needed",
          message:
            "`rm` only hides src: the layer of `COPY . .` (line 3) keeps it. Leave src out with .dockerignore or, if a step needs it, build in another stage.",
          suggestions: [],
        },
      ],
    },
    {
      name: "an rm that does not mind stays where it cannot be taken out",
      code: "# syntax=docker/dockerfile:1\nFROM a\nCOPY . /app\nRUN rm -rf /app/tests || true\n",
      files: APP,
      errors: [
        {
          messageId: "exclude",
          suggestions: [
            "# syntax=docker/dockerfile:1\nFROM a\nCOPY --exclude=tests . /app\nRUN rm -rf /app/tests || true\n",
          ],
        },
      ],
    },
    {
      name: "below the base image's folder, and below one that the RUN enters",
      code: "FROM a\nCOPY x.patch .\nRUN patch -p0 < x.patch && rm x.patch\nCOPY y.patch /etc/app/\nRUN cd /etc/app && patch -p0 < y.patch && rm y.patch\n",
      errors: [
        {
          messageId: "mount",
          message: /target=x\.patch`\.$/,
          suggestions: [
            "FROM a\nRUN --mount=type=bind,source=x.patch,target=x.patch patch -p0 < x.patch\nCOPY y.patch /etc/app/\nRUN cd /etc/app && patch -p0 < y.patch && rm y.patch\n",
          ],
        },
        {
          messageId: "mount",
          message: /target=\/etc\/app\/y\.patch`\.$/,
          suggestions: [
            "FROM a\nCOPY x.patch .\nRUN patch -p0 < x.patch && rm x.patch\nRUN --mount=type=bind,source=y.patch,target=/etc/app/y.patch cd /etc/app && patch -p0 < y.patch\n",
          ],
        },
      ],
    },
    {
      name: "from a folder that a variable names",
      code: "FROM a\nARG TARGETARCH\nCOPY ${TARGETARCH:-amd64}/x.deb /tmp/x.deb\nRUN dpkg -i /tmp/x.deb && rm /tmp/x.deb\n",
      errors: [
        {
          messageId: "mount",
          message: /source=\$\{TARGETARCH:-amd64\}\/x\.deb,target=/,
          suggestions: [
            "FROM a\nARG TARGETARCH\nRUN --mount=type=bind,source=${TARGETARCH:-amd64}/x.deb,target=/tmp/x.deb dpkg -i /tmp/x.deb\n",
          ],
        },
      ],
    },
    {
      name: "a script that is made executable: a mount is read-only, and its shell needs no mode",
      code: "FROM a\nCOPY x.sh /tmp/\nRUN chmod +x /tmp/x.sh && /tmp/x.sh && rm /tmp/x.sh\n",
      errors: [
        {
          messageId: "mountScript",
          message:
            "`rm` only hides it: the layer of `COPY x.sh /tmp/` (line 2) keeps it. Mount it, read-only and without `chmod`: `RUN --mount=type=bind,source=x.sh,target=/tmp/x.sh sh /tmp/x.sh`.",
          suggestions: [],
        },
      ],
    },
    ...[
      [
        "in a step of its own",
        "COPY x.sh /tmp/\nRUN chmod +x /tmp/x.sh\nRUN /tmp/x.sh && rm /tmp/x.sh\n",
        "sh /tmp/x.sh",
      ],
      ["with others", "COPY x.sh /tmp/\nRUN chmod +x /tmp/*.sh && /tmp/x.sh && rm /tmp/x.sh\n", "sh /tmp/x.sh"],
      ["by its COPY", "COPY --chmod=755 x.sh /tmp/\nRUN /tmp/x.sh && rm /tmp/x.sh\n", "sh /tmp/x.sh"],
      ["for Python", "COPY x.py /tmp/\nRUN chmod 755 /tmp/x.py && /tmp/x.py && rm /tmp/x.py\n", "python3 /tmp/x.py"],
    ].map(([name, rest, call]) => ({
      name: `a script that is made executable ${name ?? ""}`,
      code: `FROM a\n${rest ?? ""}`,
      errors: [{ messageId: "mountScript", message: new RegExp(` ${call ?? ""}\`\\.$`), suggestions: [] }],
    })),
    ...[
      ["sed", "x.deb", "sed -i s/a/b/ /tmp/x.deb && dpkg -i /tmp/x.deb"],
      ["sed", "x.sh", "chmod +x /tmp/x.sh && sed -i s/a/b/ /tmp/x.sh && /tmp/x.sh"],
      ["chmod", "x.run", "chmod +x /tmp/x.run && /tmp/x.run"],
      ["chown", "x.deb", "chown app /tmp/x.deb && dpkg -i /tmp/x.deb"],
    ].map(([command, file, run]) => ({
      name: `what ${command ?? ""} changes in place: ${run ?? ""}`,
      code: `FROM a\nCOPY ${file ?? ""} /tmp/\nRUN ${run ?? ""} && rm /tmp/${file ?? ""}\n`,
      errors: [
        {
          messageId: "mountCopy",
          message: new RegExp(
            `Mount it elsewhere, read-only, and \`cp\` it in this RUN before \`${command ?? ""}\`\\.$`,
          ),
          suggestions: [],
        },
      ],
    })),
    ...[
      ["of another file", "chmod +x /tmp/y.sh && sh /tmp/x.sh && rm /tmp/x.sh"],
      ["only read", "sed -n 1p /tmp/x.sh > /etc/first && rm /tmp/x.sh"],
      ["after the rm", "sh /tmp/x.sh && rm /tmp/x.sh && touch /tmp/x.sh"],
    ].map(([name, run]) => ({
      name: `nothing of it changes before it is removed: ${name ?? ""}`,
      code: `FROM a\nCOPY x.sh /tmp/\nRUN ${run ?? ""}\n`,
      errors: [{ messageId: "mount" }],
    })),
    {
      name: "no mount is told to a builder without them",
      code: "FROM a\nCOPY x.deb /tmp/\nRUN dpkg -i /tmp/x.deb && rm /tmp/x.deb\n",
      policy: { builder: "legacy" },
      errors: [{ messageId: "needed", suggestions: [] }],
    },
    {
      name: "nor one with an owner of its own",
      code: "FROM a\nCOPY --chown=1 x.deb /tmp/x.deb\nRUN dpkg -i /tmp/x.deb && rm /tmp/x.deb\n",
      errors: [{ messageId: "mount", suggestions: [] }],
    },
    {
      name: "a script that is run",
      code: 'FROM a\nCOPY x.sh /tmp/x.sh\nRUN sh /tmp/x.sh \\\n # done\n && rm /tmp/x.sh\nCMD ["x"]\n',
      errors: [
        {
          messageId: "mount",
          suggestions: ['FROM a\nRUN --mount=type=bind,source=x.sh,target=/tmp/x.sh sh /tmp/x.sh\nCMD ["x"]\n'],
        },
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
      errors: [{ messageId: "needless", message: /No step needs it, so do not copy key\.pem\.$/ }],
    },
    {
      name: "a folder copied to a place of its own",
      code: "FROM a\nCOPY patches /patches\nRUN rm -rf /patches\n",
      errors: [{ messageId: "needless", suggestions: ["FROM a\n"] }],
    },
    {
      name: "in the stage that the exported one is built FROM",
      code: "FROM a AS base\nCOPY x.deb /tmp/\nFROM base\nRUN rm /tmp/x.deb\n",
      errors: [{ messageId: "mount", line: 4 }],
    },
    {
      name: "one of several",
      code: "FROM a\nCOPY x.deb y.deb /tmp/\nRUN rm /tmp/y.deb\n",
      errors: [{ messageId: "needless", suggestions: ["FROM a\nCOPY x.deb /tmp/\n"] }],
    },
    {
      name: "one of several that the RUN works with first",
      code: "FROM a\nCOPY x.deb y.deb /tmp/\nRUN dpkg -i /tmp/y.deb && rm /tmp/y.deb\n",
      errors: [{ messageId: "mount", message: /source=y\.deb,target=\/tmp\/y\.deb`\.$/, suggestions: [] }],
    },
  ],
});
