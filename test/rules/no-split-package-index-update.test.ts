import rule from "../../rules/no-split-package-index-update.js";
import { testRule } from "./rule-test.js";

testRule("no-split-package-index-update", rule, {
  valid: [
    { name: "one RUN", code: "FROM debian:12.15\nRUN apt-get update && apt-get install -y curl\n" },
    { name: "apk --no-cache", code: "FROM alpine:3.24.1\nRUN apk update\nRUN apk add --no-cache curl\n" },
    { name: "apk -U", code: "FROM alpine:3.24.1\nRUN apk update\nRUN apk add -U curl\n" },
    { name: "dnf fetches what it needs", code: "FROM fedora:44\nRUN dnf makecache\nRUN dnf install -y curl\n" },
    {
      name: "an update of its own",
      code: "FROM debian:12.15\nRUN apt-get update && apt-get install -y curl\nRUN apt-get update && apt-get install -y git\n",
    },
    {
      name: "nothing is known of the base image's index",
      code: "FROM debian:12.15\nRUN apt-get install -y curl\n",
    },
    {
      name: "the index was removed: this install brings its own, or fails",
      code: "FROM debian:12.15\nRUN apt-get update && rm -rf /var/lib/apt/lists/*\nRUN apt-get install -y curl\n",
    },
    {
      name: "a setup script in the same RUN fetches it",
      code: "FROM debian:12.15\nRUN apt-get update && apt-get install -y curl\nRUN curl -fsSL https://example.com/setup | bash - && apt-get install -y nodejs\n",
    },
    {
      name: "a script between them may have fetched it, or removed it",
      code: "FROM debian:12.15\nRUN apt-get update\nCOPY setup.sh /\nRUN /setup.sh\nRUN apt-get install -y nodejs\n",
    },
    {
      name: "a helper behind the update, which may clean up",
      code: "FROM debian:12.15\nRUN apt update && install-packages docker-ce\nRUN apt install -y git\n",
    },
    {
      name: "a file, not a name",
      code: "FROM debian:12.15\nRUN apt-get update && apt-get install -y curl\nRUN apt-get install -y /tmp/tool.deb\n",
    },
    {
      name: "the index lies in a cache mount",
      code:
        "FROM debian:12.15\nRUN --mount=type=cache,target=/var/lib/apt apt-get update\n" +
        "RUN --mount=type=cache,target=/var/lib/apt apt-get install -y curl\n",
    },
    {
      name: "another stage",
      code: "FROM debian:12.15 AS a\nRUN apt-get update\nFROM debian:12.15\nRUN apt-get install -y curl\n",
    },
  ],
  invalid: [
    {
      name: "one behind the other: joined, comments stay above",
      code: "FROM debian:12.15\n# the index\nRUN apt-get update\n\n# tools\nRUN apt-get install -y curl\n",
      errors: [
        {
          messageId: "split",
          message:
            "`apt-get install -y curl` uses an index as old as the cached layer of `apt-get update` (line 3). Write `apt-get update && …` in this RUN.",
          line: 6,
          column: 5,
        },
      ],
      output: "FROM debian:12.15\n# the index\n\n# tools\nRUN apt-get update && apt-get install -y curl\n",
    },
    {
      name: "something between them: only a suggestion",
      code: "FROM debian:12.15\nRUN apt-get update\nWORKDIR /app\nRUN apt-get install -y curl\n",
      errors: [
        {
          messageId: "split",
          suggestions: [
            "FROM debian:12.15\nRUN apt-get update\nWORKDIR /app\nRUN apt-get update && apt-get install -y curl\n",
          ],
        },
      ],
    },
    {
      name: "other flags: not joined",
      code: "FROM debian:12.15\nRUN apt-get update\nRUN --network=host apt-get install -y curl\n",
      errors: [{ messageId: "split" }],
    },
    {
      name: "a failure behind `;` would go unseen: not joined",
      code: "FROM debian:12.15\nRUN apt-get update\nRUN apt-get install -y curl; echo done\n",
      errors: [{ messageId: "split" }],
    },
    {
      name: "the index of an install before",
      code: "FROM debian:12.15\nRUN apt-get update && apt-get install -y curl\nRUN apt-get install -y git\n",
      errors: [{ messageId: "split", line: 3 }],
    },
    {
      name: "in a stage built on it; with sudo nothing is suggested",
      code: "FROM debian:12.15 AS base\nRUN apt-get update\nFROM base\nRUN sudo apt-get install -y curl\n",
      errors: [{ messageId: "split", line: 4 }],
    },
    {
      name: "apk without --no-cache, Windows line ends",
      code: "FROM alpine:3.24.1\r\nRUN apk update\r\nRUN apk add curl\r\n",
      errors: [{ messageId: "split" }],
      output: "FROM alpine:3.24.1\r\nRUN apk update && apk add curl\r\n",
    },
  ],
});
