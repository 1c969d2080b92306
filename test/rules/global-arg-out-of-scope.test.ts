import rule from "../../rules/global-arg-out-of-scope.js";
import { testRule } from "./rule-test.js";

testRule("global-arg-out-of-scope", rule, {
  valid: [
    { name: "FROM lines alone", code: "ARG TAG=3.24.1\nFROM alpine:$TAG\nRUN echo hello\n" },
    { name: "declared again", code: "ARG V=1\nFROM alpine:3.24.1\nARG V\nRUN echo $V\n" },
    {
      name: "declared in the stage that this one is built on",
      code: "ARG V=1\nFROM alpine:3.24.1 AS base\nARG V\nFROM base\nRUN echo $V\n",
    },
    { name: "ENV of that name", code: "ARG V=1\nFROM alpine:3.24.1\nENV V=2\nRUN echo $V\n" },
    { name: "set by the shell", code: "ARG V=1\nFROM alpine:3.24.1\nRUN V=2 && echo $V\n" },
    { name: "a loop's variable", code: "ARG V=1\nFROM alpine:3.24.1\nRUN for V in a b; do echo $V; done\n" },
    {
      name: "read by the shell",
      code: "ARG V=1\nFROM alpine:3.24.1\nRUN cat /list | while read -r V; do echo $V; done\n",
    },
    {
      name: "a word for the case that it is not set",
      code: "ARG V=1\nFROM alpine:3.24.1\nRUN echo ${V:-2}\nLABEL v=${V:-2}\n",
    },
    { name: "in single quotes", code: "ARG V=1\nFROM alpine:3.24.1\nRUN echo '$V'\n" },
    { name: "escaped", code: 'ARG V=1\nFROM alpine:3.24.1\nRUN echo "\\$V"\nLABEL v="\\$V"\n' },
    { name: "the exec form puts nothing in", code: 'ARG V=1\nFROM alpine:3.24.1\nRUN ["echo", "$V"]\n' },
    { name: "CMD runs in the container, where no ARG is", code: "ARG V=1\nFROM alpine:3.24.1\nCMD echo $V\n" },
    { name: "no global ARG", code: "FROM alpine:3.24.1\nRUN echo $V\n" },
    { name: "a platform argument that nobody declared", code: "FROM alpine:3.24.1\nRUN echo $TARGETARCH\n" },
    { name: "a proxy, which every RUN has", code: "ARG HTTP_PROXY\nFROM alpine:3.24.1\nRUN echo $HTTP_PROXY\n" },
    {
      name: "the base image sets it, as its name says",
      code: "ARG NODE_VERSION=24.19.0\nFROM node:$NODE_VERSION\nRUN echo $NODE_VERSION\n",
    },
    { name: "PowerShell", code: 'ARG V=1\nFROM alpine:3.24.1\nSHELL ["pwsh", "-Command"]\nRUN echo $V\n' },
    { name: "a quoted heredoc is text", code: "ARG V=1\nFROM alpine:3.24.1\nRUN cat > /x <<'EOF'\n$V\nEOF\n" },
  ],
  invalid: [
    {
      name: "in a RUN",
      code: "ARG RELEASE=1.4.2\nFROM alpine:3.24.1\nRUN wget https://example.com/${RELEASE}.tgz\n",
      errors: [
        {
          messageId: "outOfScope",
          message:
            "`RELEASE` has no value here: the ARG of line 1 stands above the first FROM and holds for FROM lines alone. Write `ARG RELEASE` in this stage.",
          line: 3,
          column: 30,
          endColumn: 40,
          suggestions: [
            "ARG RELEASE=1.4.2\nFROM alpine:3.24.1\nARG RELEASE\nRUN wget https://example.com/${RELEASE}.tgz\n",
          ],
        },
      ],
    },
    {
      name: "in LABEL and COPY; told once a stage for a name",
      code: "ARG V=1\r\nARG D\r\nFROM alpine:3.24.1\r\nLABEL v=$V\r\nENV W=$V\r\nCOPY a /$D/\r\n",
      errors: [
        {
          messageId: "outOfScope",
          line: 4,
          suggestions: ["ARG V=1\r\nARG D\r\nFROM alpine:3.24.1\r\nARG V\r\nLABEL v=$V\r\nENV W=$V\r\nCOPY a /$D/\r\n"],
        },
        { messageId: "outOfScope", line: 6 },
      ],
    },
    {
      name: "declared below its use",
      code: "ARG V=1\nFROM alpine:3.24.1\nRUN echo $V\nARG V\n",
      errors: [{ messageId: "outOfScope", line: 3 }],
    },
    {
      name: "declared in another stage, and in a heredoc",
      code: "ARG V=1\nFROM alpine:3.24.1 AS a\nARG V\nFROM alpine:3.24.1\nRUN <<EOF\necho $V\nEOF\n",
      errors: [{ messageId: "outOfScope", line: 6, column: 6 }],
    },
    {
      name: "a platform argument whose global ARG hides that the stage needs one, too",
      code: "ARG TARGETARCH\nFROM alpine:3.24.1\nRUN echo $TARGETARCH\n",
      errors: [{ messageId: "outOfScope" }],
    },
  ],
});
