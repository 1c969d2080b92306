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
      name: "a stage for another platform, used by what is built on it there",
      code: "FROM debian:12.15 AS base-amd64\nFROM debian:12.15 AS base-arm64\nARG GIT_SHA\nRUN apt-get update\nFROM base-${TARGETARCH}\nLABEL sha=$GIT_SHA\n",
    },
    {
      name: "directly above its first use",
      code: "FROM debian:12.15\nRUN apt-get update\nARG GIT_SHA\nLABEL sha=$GIT_SHA\n",
    },
    {
      name: "CACHEBUST is there to run the next steps again",
      code: "FROM debian:12.15\nARG CACHEBUST\nRUN git clone https://example.com/data.git /data\n",
    },
    {
      name: "nothing but the guard that names it, and steps of the project",
      code: 'FROM node:24.19.0\nARG BUILD_NUMBER\nRUN test -n "$BUILD_NUMBER"\nWORKDIR /app\nCOPY package*.json ./\nRUN npm ci\n',
    },
    {
      name: "a script of the project may read it from its environment",
      code: "FROM debian:12.15\nARG GIT_SHA\nCOPY release.sh /\nRUN /release.sh\nRUN apt-get update\n",
    },
    {
      name: "the whole environment is kept for later",
      code: "FROM debian:12.15\nARG GIT_SHA\nRUN env > /etc/built && apt-get update\n",
    },
    {
      name: "a commit to be fetched, pinned by its default",
      code: "FROM debian:12.15\nARG GIT_COMMIT=3f2a91c\nRUN apt-get update\nLABEL commit=$GIT_COMMIT\n",
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
    {
      name: "only a LABEL uses it, which is in no key: both can stand last",
      code: "FROM debian:12.15\nARG VCS_REF\nLABEL revision=$VCS_REF\nRUN apt-get update && apt-get install -y curl\n",
      errors: [
        {
          messageId: "labelled",
          message:
            "Every build with another `VCS_REF` re-runs `apt-get update` (line 4), without use for it. Move it and `LABEL revision=$VCS_REF` (line 3) behind the last RUN.",
          line: 2,
        },
      ],
    },
    {
      name: "a LABEL first, a RUN that names it later",
      code: "FROM debian:12.15\nARG BUILD_DATE=missing\nLABEL built=$BUILD_DATE\nRUN apt-get update\nRUN echo $BUILD_DATE > /built\n",
      errors: [
        {
          messageId: "labelled",
          message: /Move it and `LABEL built=\$BUILD_DATE` \(line 3\) directly above line 5\.$/,
        },
      ],
    },
    {
      name: "before any file of the project is there, an unknown program reads none of its variables",
      code: "FROM debian:12.15\nARG GIT_SHA\nRUN apt-get update && some-setup --yes\nCOPY . /app\nRUN /app/build\n",
      errors: [{ messageId: "early", message: /directly above line 5, the first step that may read it\./ }],
    },
    {
      name: "the ENV of a stage that others are built on, and that none of them uses",
      code: "FROM debian:12.15 AS base\nARG GIT_SHA\nENV GIT_SHA=$GIT_SHA\nRUN apt-get update\nFROM base\nCOPY a /a\n",
      errors: [{ messageId: "unused", line: 3 }],
    },
    {
      name: "a word is no commit",
      code: "FROM debian:12.15\nARG GIT_COMMIT=stable\nRUN apt-get update\nLABEL commit=$GIT_COMMIT\n",
      errors: [{ messageId: "early" }],
      output: "FROM debian:12.15\nRUN apt-get update\nARG GIT_COMMIT=stable\nLABEL commit=$GIT_COMMIT\n",
    },
    {
      name: "a download into a folder of the base image reads no version",
      code: "FROM debian:12.15\nARG BUILD_VERSION\nRUN apt-get update\nRUN wget https://example.com/a.deb\nLABEL v=$BUILD_VERSION\n",
      errors: [
        { messageId: "early", message: /and 1 more step, without use for it\. Declare it directly above line 5/ },
      ],
      output:
        "FROM debian:12.15\nRUN apt-get update\nRUN wget https://example.com/a.deb\nARG BUILD_VERSION\nLABEL v=$BUILD_VERSION\n",
    },
  ],
});
