import rule from "../../rules/system-packages-before-source.js";
import { testRule } from "./rule-test.js";

testRule("system-packages-before-source", rule, {
  valid: [
    { name: "packages first", code: "FROM debian:12.15\nRUN apt-get update && apt-get install -y git\nCOPY . /app\n" },
    { name: "no source at all", code: "FROM debian:12.15\nRUN apt-get update && apt-get install -y git\n" },
    {
      name: "apk add inside the same RUN that builds",
      code: "FROM alpine:3.24.1\nWORKDIR /src\nCOPY . .\nRUN apk add --no-cache gcc && make && apk del gcc\n",
    },
    {
      name: "a package that was copied",
      code: "FROM debian:12.15\nCOPY . /tmp/pkgs\nRUN apt-get update && apt-get install -y /tmp/pkgs/tool.deb\n",
    },
    {
      name: "a list of packages that was copied",
      code: "FROM debian:12.15\nWORKDIR /app\nCOPY . .\nRUN apt-get update && xargs apt-get install -y < packages.txt\n",
    },
    {
      name: "names that a copied file gives",
      code: "FROM debian:12.15\nCOPY . /app\nRUN apt-get update && apt-get install -y $(cat /app/packages.txt)\n",
    },
    {
      name: "a source of packages just copied for it",
      code: "FROM debian:12.15\nCOPY vendor.list /etc/apt/sources.list.d/\nRUN apt-get update && apt-get install -y vendor-tool\n",
    },
    {
      name: "a tree of files for the whole image may hold keys and sources",
      code: "FROM debian:12.15\nCOPY rootfs /\nRUN apt-get update && apt-get install -y git\n",
    },
    {
      name: "a script of the project adds the repository",
      code: "FROM debian:12.15\nCOPY . /app\nRUN /app/add-repository.sh\nRUN apt-get update && apt-get install -y tool\n",
    },
    {
      name: "the same, in the stage that this one is built on",
      code:
        "FROM debian:12.15 AS app\nCOPY . /app\nRUN /app/add-repository.sh\n" +
        "FROM app\nRUN apt-get update && apt-get install -y tool\n",
    },
    {
      name: "only settings copied, which seldom change",
      code: "FROM alpine:3.24.1\nCOPY nginx.conf /srv/nginx.conf\nRUN apk add --no-cache nginx\n",
    },
    {
      name: "the RUN also works on the source",
      code: "FROM debian:12.15\nCOPY . /app\nRUN apt-get update && apt-get install -y git && chown -R 1000 /app\n",
    },
    {
      name: "a dependency of the project, not a tool",
      code: "FROM node:24.19.0\nWORKDIR /app\nCOPY . .\nRUN npm install express\n",
    },
    {
      name: "a stage beside the one that is built",
      code: "FROM node:24.19.0 AS app\nCOPY . /app\nFROM app AS dev\nRUN apt-get update && apt-get install -y git\nFROM app\n",
    },
    {
      name: "PowerShell",
      code: 'FROM golang:1.27.0\nSHELL ["pwsh", "-Command"]\nCOPY . /app\nRUN apt-get install -y git\n',
    },
    {
      name: "dotfiles and a Makefile set tools up, they are no source",
      code: "FROM debian:12.15\nCOPY .editorconfig .nvmrc Makefile LICENSE /app/\nRUN apt-get update && apt-get install -y git\n",
    },
    {
      name: "a package of its own and a key change with their version, not with the source",
      code:
        "FROM debian:12.15\nADD libssl1.1_1.1.1w_amd64.deb /tmp/\nADD server.asc /tmp/\nCOPY node-v24.19.0.tar.xz /tmp/\n" +
        "RUN dpkg -i /tmp/libssl1.1_1.1.1w_amd64.deb\nRUN apt-get update && apt-get install -y vim\n",
    },
  ],
  invalid: [
    {
      name: "packages below the source, moved up with their comment",
      code: "FROM debian:12.15\nWORKDIR /app\n\nCOPY . .\n# for thumbnails\nRUN apt-get update \\\n    && apt-get install -y ffmpeg\nRUN make\n",
      errors: [
        {
          messageId: "late",
          message:
            "Any edit under `COPY . .` (line 4) re-runs `apt-get install -y ffmpeg`, which reads none of it. Put it above line 4.",
          line: 6,
          column: 1,
        },
      ],
      output:
        "FROM debian:12.15\nWORKDIR /app\n\n# for thumbnails\nRUN apt-get update \\\n    && apt-get install -y ffmpeg\nCOPY . .\nRUN make\n",
    },
    {
      name: "a global tool; that its folder is left alone is not proven",
      code: "FROM node:24.19.0\nWORKDIR /app\nCOPY . .\nRUN npm install -g pm2\n",
      errors: [{ messageId: "late", message: /re-runs `npm install -g pm2`/ }],
    },
    {
      name: "over a build, which could touch anything: no fix",
      code: "FROM debian:12.15\nCOPY . /app\nRUN make -C /app\nRUN apt-get update && apt-get install -y git\n",
      errors: [{ messageId: "late", line: 4 }],
    },
    {
      name: "over an ENV that packages look at: no fix",
      code: "FROM debian:12.15\nCOPY . /app\nENV DEBIAN_FRONTEND=noninteractive\nRUN apt-get update && apt-get install -y git\n",
      errors: [{ messageId: "late" }],
    },
    {
      name: "in a stage built on the one with the source",
      code: "FROM alpine:3.24.1 AS app\nCOPY . /app\nFROM app\nRUN apk add --no-cache git\n",
      errors: [{ messageId: "inherited", message: /\(line 2, stage `app`\)/ }],
    },
    {
      name: "Windows line ends",
      code: "FROM alpine:3.24.1\r\nCOPY . /app\r\nRUN apk add --no-cache git\r\nCMD x\r\n",
      errors: [{ messageId: "late" }],
      output: "FROM alpine:3.24.1\r\nRUN apk add --no-cache git\r\nCOPY . /app\r\nCMD x\r\n",
    },
    {
      name: "several copies: above the last one alone, the others would still re-run it",
      code: "FROM debian:12.15\nWORKDIR /app\nCOPY src src\nCOPY build.zig ./\nRUN apt-get update && apt-get install -y xz-utils\n",
      errors: [{ messageId: "late", message: /under `COPY src src` \(line 3\).* Put it above line 3\./ }],
      output:
        "FROM debian:12.15\nWORKDIR /app\nRUN apt-get update && apt-get install -y xz-utils\nCOPY src src\nCOPY build.zig ./\n",
    },
    {
      name: "it can move above one of them for certain: that one is told",
      code: "FROM debian:12.15\nCOPY lib /lib1\nRUN make -C /lib1\nCOPY src /src\nRUN apt-get update && apt-get install -y git\n",
      errors: [{ messageId: "late", message: /Put it above line 4\./ }],
      output:
        "FROM debian:12.15\nCOPY lib /lib1\nRUN make -C /lib1\nRUN apt-get update && apt-get install -y git\nCOPY src /src\n",
    },
    {
      name: "what another stage built changes with the source: above all copies of it",
      code:
        "FROM golang:1.27.0 AS build\nWORKDIR /src\nCOPY . .\nRUN go build -o /out/app .\n" +
        "FROM python:3.14.2\nCOPY --from=build /out/app /usr/bin/app\nCOPY --from=build /src/tools.txt /tmp/tools.txt\nRUN pip install torch==2.12.1\n",
      errors: [
        { messageId: "late", message: /\(line 6\) re-runs `pip install torch==2\.12\.1`.* Put it above line 6\./ },
      ],
    },
  ],
});
