import rule from "../../rules/volatile-arg-late.js";
import { testRule } from "./rule-test.js";

testRule("volatile-arg-late", rule, {
  valid: [
    {
      name: "a BUILD_NUMBER ARG and LABEL above COPYs only",
      code: "FROM alpine:3.24.1\nARG BUILD_NUMBER\nLABEL build=$BUILD_NUMBER\nCOPY a /a\nCOPY b /b\n",
    },
    {
      name: "cheap RUNs below it",
      code: "FROM alpine:3.24.1\nARG BUILD_NUMBER=0\nRUN mkdir /data\nLABEL build=$BUILD_NUMBER\n",
    },
    {
      name: "used by the next RUN",
      code: "FROM debian:12.15\nARG VERSION\nRUN curl -fsSLo /t.tgz https://example.com/$VERSION.tgz\n",
    },
    { name: "a pinned default", code: "FROM debian:12.15\nARG VERSION=1.4.2\nRUN apt-get update\nLABEL v=$VERSION\n" },
    {
      name: "a pinned default of the global ARG",
      code: "ARG VERSION=1.4.2\nFROM debian:12.15\nARG VERSION\nRUN apt-get update\nLABEL v=$VERSION\n",
    },
    {
      name: "the version of a tool",
      code: "FROM debian:12.15\nARG HELM_VERSION\nRUN apt-get update\nRUN curl -o /helm https://example.com/$HELM_VERSION\n",
    },
    {
      name: "a build may read it from its environment",
      code: "FROM golang:1.27.0\nARG GIT_SHA\nRUN make\nLABEL sha=$GIT_SHA\n",
    },
    {
      name: "a stage that others are built on, without a use of its own",
      code: "FROM debian:12.15 AS base\nARG GIT_SHA\nRUN apt-get update\nFROM base\nLABEL sha=$GIT_SHA\n",
    },
    {
      name: "directly above its first use",
      code: "FROM debian:12.15\nRUN apt-get update\nARG GIT_SHA\nLABEL sha=$GIT_SHA\n",
    },
  ],
  invalid: [
    {
      name: "above the download of modules, moved down with its comment",
      code:
        "FROM golang:1.27.0\nWORKDIR /src\n# of this build\nARG GIT_SHA\nCOPY go.mod go.sum ./\nRUN go mod download\nCOPY . .\n" +
        'RUN go build -ldflags "-X main.sha=$GIT_SHA" .\n',
      errors: [
        {
          messageId: "early",
          message:
            "Every build with another `GIT_SHA` re-runs `go mod download` (line 6), without use for it. Declare it directly above line 8, its first use.",
          line: 4,
        },
      ],
      output:
        "FROM golang:1.27.0\nWORKDIR /src\nCOPY go.mod go.sum ./\nRUN go mod download\nCOPY . .\n# of this build\nARG GIT_SHA\n" +
        'RUN go build -ldflags "-X main.sha=$GIT_SHA" .\n',
    },
    {
      name: "a default that stands for none; several steps",
      code: "FROM debian:12.15\nARG VERSION=dev\nRUN apt-get update && apt-get install -y curl\nRUN curl -o /a https://example.com/a\nLABEL version=$VERSION\n",
      errors: [{ messageId: "early", message: /`apt-get update` \(line 3\) and 1 more step, without/ }],
      output:
        "FROM debian:12.15\nRUN apt-get update && apt-get install -y curl\nRUN curl -o /a https://example.com/a\nARG VERSION=dev\nLABEL version=$VERSION\n",
    },
    {
      name: "the ENV made of it is in every key below, too",
      code: "FROM debian:12.15\nARG BUILD_DATE\nENV BUILT=$BUILD_DATE\nRUN apt-get update\nLABEL built=$BUILT\n",
      errors: [{ messageId: "early", line: 3 }],
      output: "FROM debian:12.15\nRUN apt-get update\nARG BUILD_DATE\nENV BUILT=$BUILD_DATE\nLABEL built=$BUILT\n",
    },
    {
      name: "nobody uses it",
      code: "FROM debian:12.15\nARG GIT_COMMIT\nRUN apt-get update\n",
      errors: [{ messageId: "unused", message: /re-runs `apt-get update` \(line 3\), and no step below uses it/ }],
    },
    {
      name: "a pair beside it is used sooner: no fix",
      code: "FROM debian:12.15\nARG GIT_SHA MIRROR\nRUN curl -o /a https://$MIRROR/a\nLABEL sha=$GIT_SHA\n",
      errors: [{ messageId: "early" }],
    },
  ],
});
