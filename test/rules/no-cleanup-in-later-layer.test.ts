import rule from "../../rules/no-cleanup-in-later-layer.js";
import { testRule } from "./rule-test.js";

testRule("no-cleanup-in-later-layer", rule, {
  valid: [
    {
      name: "rm of something whose creator is unknown",
      code: "FROM nginx:1.31.3\nRUN rm /etc/nginx/conf.d/default.conf\n",
    },
    {
      name: "a package brought it: which one, the file does not say",
      code: "FROM debian:12.15\nRUN apt-get update && apt-get install -y nginx && rm -rf /var/lib/apt/lists/*\nRUN rm -rf /etc/nginx\n",
    },
    {
      name: "rm in a stage that is not exported",
      code: "FROM debian:12.15 AS build\nRUN curl -o /tmp/a https://example.com/a\nRUN rm /tmp/a\nFROM scratch\nCOPY --from=build /b /b\n",
    },
    { name: "in the same RUN", code: "FROM debian:12.15\nRUN curl -o /tmp/a https://example.com/a && rm /tmp/a\n" },
    {
      name: "each RUN cleans up after itself, one forgot",
      code:
        "FROM debian:12.15\nRUN apt-get update && apt-get install -y curl\n" +
        "RUN apt-get update && apt-get install -y git && rm -rf /var/lib/apt/lists/*\n",
    },
    { name: "an empty folder", code: "FROM debian:12.15\nRUN mkdir /build\nRUN rmdir /build\n" },
    {
      name: "a script that was downloaded: next to nothing",
      code: "FROM debian:12.15\nRUN curl -o /setup.sh https://example.com/setup && sh /setup.sh\nRUN rm /setup.sh\n",
    },
    {
      name: "a small file of another stage",
      code: "FROM debian:12.15 AS conda\nFROM debian:12.15\nCOPY --from=conda /root/.bashrc /root/.bashrc.conda\nRUN cat /root/.bashrc.conda >> /root/.bashrc && rm /root/.bashrc.conda\n",
    },
    { name: "a link", code: "FROM debian:12.15\nRUN ln -s /a /b\nRUN rm /b\n" },
    {
      name: "in a cache mount",
      code: "FROM debian:12.15\nRUN --mount=type=cache,target=/var/lib/apt apt-get update\nRUN rm -rf /var/lib/apt/lists/*\n",
    },
    {
      name: "only where a test says so",
      code: "FROM debian:12.15\nRUN curl -o /tmp/a https://example.com/a\nRUN if [ -x /b ]; then rm /tmp/a; fi\n",
    },
    {
      name: "the context's own files are another rule's",
      code: "FROM debian:12.15\nCOPY docs /docs\nRUN rm -rf /docs\n",
    },
    {
      name: "apt-get clean, which Debian's images do themselves",
      code: "FROM debian:12.15\nRUN apt-get update && apt-get install -y curl && rm -rf /var/lib/apt/lists/*\nRUN apt-get clean\n",
    },
    {
      name: "a package that the base image has",
      code: "FROM debian:12.15\nRUN apt-get purge -y gcc\n",
    },
    {
      name: "a name that only the build knows",
      code: "FROM debian:12.15\nRUN curl -o $F https://example.com/a\nRUN rm $F\n",
    },
    {
      name: "a part of what was unpacked: it may have been there before",
      code: "FROM debian:12.15\nCOPY --from=busybox:1.38 / /opt/\nRUN rm -rf /opt/share/doc\n",
    },
    {
      name: "`mv` took it away before: `rm` only removes the folder that it stood in",
      code: "FROM redis:8.2.1 AS redis\nFROM debian:12.15\nCOPY --from=redis /lib/libx.so.3 /stage/\nRUN mv /stage/libx.so.3 /usr/lib/ && rm -rf /stage\n",
    },
    {
      name: "moved away by a RUN between",
      code: "FROM debian:12.15\nRUN curl -fsSLo /tmp/tool.tgz https://example.com/a\nRUN mv /tmp/tool.tgz /opt/tool.tgz\nRUN rm -rf /tmp/*\n",
    },
  ],
  invalid: [
    {
      name: "the index, in the next RUN: joined",
      code: "FROM debian:12.15\nRUN apt-get update \\\n    && apt-get install -y curl\n# smaller\nRUN rm -rf /var/lib/apt/lists/*\n",
      errors: [
        {
          messageId: "run",
          message:
            "`rm -rf /var/lib/apt/lists/*` frees nothing: the layer of `apt-get update` (line 2) keeps the package index. Remove it in that RUN.",
          line: 5,
          column: 5,
        },
      ],
      output:
        "FROM debian:12.15\n# smaller\nRUN apt-get update \\\n    && apt-get install -y curl \\\n    && rm -rf /var/lib/apt/lists/*\n",
    },
    {
      name: "a download, with a step between",
      code: "FROM debian:12.15\nWORKDIR /tmp\nRUN curl -fsSLO https://example.com/a.tgz\nRUN tar xzf a.tgz -C /opt\nRUN rm a.tgz\n",
      errors: [{ messageId: "needed", message: /keeps `\/tmp\/a\.tgz`\. Make it, use it/, line: 5 }],
    },
    {
      name: "all of a folder",
      code: "FROM debian:12.15\nRUN wget -q -O /tmp/a.deb https://example.com/a.deb && dpkg -i /tmp/a.deb\nCOPY a /a\nRUN rm -rf /tmp/* /var/tmp/*\n",
      errors: [{ messageId: "run" }],
    },
    {
      name: "a clone, in the stage that this one is built on",
      code: "FROM debian:12.15 AS base\nRUN git clone --depth 1 https://example.com/tool.git /src\nFROM base\nRUN rm -rf /src\n",
      errors: [{ messageId: "run", message: /keeps `\/src`/ }],
    },
    {
      name: "a compiler by its virtual name",
      code: "FROM alpine:3.24.1\nRUN apk add --no-cache -t .build gcc\nRUN make\nRUN apk del .build\n",
      errors: [
        {
          messageId: "needed",
          message: /`apk add --no-cache -t \.build gcc` \(line 2\) keeps `\.build`\. Make it, use it and/,
        },
      ],
    },
    {
      name: "dnf's cache; a cd would hold for the rest: not joined",
      code: "FROM fedora:44\nRUN cd /etc && dnf install -y curl\nRUN dnf clean all\n",
      errors: [{ messageId: "run", message: /the cache of dnf/ }],
    },
    {
      name: "copied from a stage",
      code: "FROM debian:12.15 AS build\nFROM debian:12.15\nCOPY --from=build /out/*.deb /tmp/debs/\nCOPY --from=build /out/x.tgz /tmp/\nRUN dpkg -i /tmp/x.tgz && rm /tmp/x.tgz\n",
      errors: [{ messageId: "copy", message: /`RUN --mount=type=bind,from=build,…`\.$/ }],
    },
    {
      name: "added from an address",
      code: "FROM debian:12.15\nADD https://example.com/a.tgz /tmp/\nRUN tar xzf /tmp/a.tgz -C /opt && rm /tmp/a.tgz\n",
      errors: [{ messageId: "add", message: /Download it in this RUN instead/ }],
    },
    {
      name: "npm's cache, Windows line ends",
      code: "FROM node:24.19.0\r\nRUN npm ci\r\nRUN npm cache clean --force\r\nCMD x\r\n",
      errors: [{ messageId: "run", message: /the cache of npm/ }],
      output: "FROM node:24.19.0\r\nRUN npm ci && npm cache clean --force\r\nCMD x\r\n",
    },
    {
      name: "the index, that the RUN itself still installs from",
      code: "FROM debian:12.15\nRUN apt-get update\nRUN apt-get install -y perl && rm -rf /var/lib/apt/lists/*\n",
      errors: [{ messageId: "needed", message: /keeps the package index\. Make it, use it/ }],
    },
    {
      name: "packages that the RUN itself still uses",
      code: "FROM alpine:3.24.1 AS base\nRUN apk add --no-cache --virtual .build gcc\nFROM base\nRUN pip install uvloop && apk del .build\n",
      errors: [{ messageId: "needed", message: /keeps `\.build`\. Make it, use it/ }],
    },
  ],
});
