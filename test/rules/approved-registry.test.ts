import rule from "../../rules/approved-registry.js";
import { testRule } from "./rule-test.js";

const MIRROR = { registries: { allow: ["mcr.microsoft.com"], mirrors: { "docker.io": "harbor.example/hub" } } };

testRule("approved-registry", rule, {
  valid: [
    { name: "any registry, without a policy", code: "FROM quay.io/keycloak/keycloak:26\n" },
    { name: "a registry of the list", code: "FROM node:24\n", policy: { registries: { allow: ["docker.io"] } } },
    {
      name: "Docker Hub's other names are docker.io",
      code: "FROM index.docker.io/library/node:24\n",
      policy: { registries: { allow: ["docker.io"] } },
    },
    {
      name: "an image under the mirror, though the list does not name it",
      code: "FROM harbor.example/hub/library/node:24\n",
      policy: MIRROR,
    },
    {
      name: "a registry that is both allowed and mirrored",
      code: "FROM node:24\n",
      policy: { registries: { allow: ["docker.io"], mirrors: { "docker.io": "harbor.example/hub" } } },
    },
    {
      name: "a loopback registry that the policy accepts",
      code: "FROM localhost:5000/a:1\nFROM 127.0.0.1:5000/b:1\n",
      policy: { registries: { insecure: ["localhost:5000", "127.0.0.1:5000"] } },
    },
    {
      name: "a host that only starts like a loopback address",
      code: "FROM 127.0.0.1.example/a:1\nFROM localhost.example/a:1\n",
    },
    {
      name: "stages, scratch and contexts",
      code: "FROM scratch AS a\nFROM a\n",
      policy: { registries: { allow: [] } },
    },
  ],
  invalid: [
    {
      name: "a registry outside the list",
      code: "FROM quay.io/keycloak/keycloak:26\n",
      policy: { registries: { allow: ["docker.io", "mcr.microsoft.com", "registry.local:5000"] } },
      errors: [
        {
          messageId: "notAllowed",
          message:
            "`quay.io/keycloak/keycloak:26` comes from `quay.io`; the policy allows only `docker.io`, `mcr.microsoft.com` " +
            "and `registry.local:5000`. Use a copy from there.",
          column: 6,
          endColumn: 34,
        },
      ],
    },
    {
      name: "the port is part of the name",
      code: "FROM registry.local/golden/base:1\n",
      policy: { registries: { allow: ["registry.local:5000"] } },
      errors: [{ messageId: "notAllowed", message: /allows only `registry\.local:5000`\. / }],
    },
    {
      name: "a list that is empty",
      code: "FROM node:24\n",
      policy: { registries: { allow: [] } },
      errors: [{ messageId: "noneAllowed", message: /allows no registry/ }],
    },
    {
      name: "a long list",
      code: "FROM node:24\n",
      policy: { registries: { allow: ["a.io", "b.io", "c.io", "d.io", "e.io", "f.io"] } },
      errors: [{ messageId: "notAllowed", message: /allows only `a\.io`, `b\.io`, `c\.io`, `d\.io` and 2 more\. / }],
    },
    {
      name: "COPY --from and # syntax",
      code: "# syntax=docker/dockerfile:1\nFROM mcr.microsoft.com/a:1\nCOPY --from=quay.io/b:1 /b /b\n",
      policy: { registries: { allow: ["mcr.microsoft.com"] } },
      errors: [
        { messageId: "notAllowed", line: 1 },
        { messageId: "notAllowed", line: 3 },
      ],
    },
    {
      name: "the mirror of a registry outside the list",
      code: "FROM node:24 AS build\nFROM grafana/grafana:12.1.0@sha256:" + "0123456789abcdef".repeat(4) + "\n",
      policy: MIRROR,
      output:
        "FROM harbor.example/hub/library/node:24 AS build\n" +
        "FROM harbor.example/hub/grafana/grafana:12.1.0@sha256:" +
        "0123456789abcdef".repeat(4) +
        "\n",
      errors: [
        {
          messageId: "mirror",
          message:
            "`node:24` is pulled from `docker.io` itself; the policy asks for its mirror. Write `harbor.example/hub/library/node:24`.",
        },
        { messageId: "mirror" },
      ],
    },
    {
      name: "the mirror, where the policy has no list",
      code: "FROM docker.io/library/node:24\n",
      policy: { registries: { mirrors: { "docker.io": "harbor.example/hub" } } },
      output: "FROM harbor.example/hub/library/node:24\n",
      errors: [{ messageId: "mirror" }],
    },
    {
      name: "the longest prefix that has a mirror",
      code: "FROM node:24\nFROM grafana/grafana:12\n",
      policy: { registries: { mirrors: { "docker.io": "a.example", "docker.io/library": "b.example/official" } } },
      output: "FROM b.example/official/node:24\nFROM a.example/grafana/grafana:12\n",
      errors: [{ messageId: "mirror", message: /from `docker\.io\/library` itself/ }, { messageId: "mirror" }],
    },
    {
      name: "an ARG default that all images share",
      code: "ARG HUB=docker.io\nFROM ${HUB}/library/node:24 AS build\nFROM ${HUB}/library/alpine:3.24\n",
      policy: MIRROR,
      output: "ARG HUB=harbor.example/hub\nFROM ${HUB}/library/node:24 AS build\nFROM ${HUB}/library/alpine:3.24\n",
      errors: [
        { messageId: "mirror", line: 2 },
        { messageId: "mirror", line: 3 },
      ],
    },
    {
      name: "an ARG default that stands in another image, too: no edit is right for both",
      code: "ARG NAME=node\nFROM ${NAME}:24 AS build\nFROM mcr.microsoft.com/${NAME}:24\n",
      policy: MIRROR,
      errors: [{ messageId: "mirror", line: 2, suggestions: [] }],
    },
    {
      name: "an ARG that a stage reads, too: a suggestion, as the fix would change what the stage does",
      code: "ARG HUB=docker.io\nFROM ${HUB}/library/node:24\nARG HUB\nRUN echo ${HUB}\n",
      policy: MIRROR,
      errors: [
        {
          messageId: "mirror",
          suggestions: ["ARG HUB=harbor.example/hub\nFROM ${HUB}/library/node:24\nARG HUB\nRUN echo ${HUB}\n"],
        },
      ],
    },
    {
      name: "loopback registries, without a policy",
      code: "FROM localhost:5000/a:1\nFROM 127.0.0.2/b:1\nFROM [::1]:5000/c:1\nFROM localhost/d:1\n",
      errors: [
        {
          messageId: "loopback",
          message:
            "`localhost:5000` is another registry on every machine, over plain HTTP. Push the image to one that all builds " +
            "reach, or list this one under `registries: insecure`.",
        },
        { messageId: "loopback" },
        { messageId: "loopback" },
        { messageId: "loopback" },
      ],
    },
    {
      name: "a loopback registry that is allowed, but not as insecure",
      code: "FROM localhost:5000/a:1\n",
      policy: { registries: { allow: ["localhost:5000"] } },
      errors: [{ messageId: "loopback" }],
    },
    {
      name: "a loopback registry outside the list is one trouble, not two",
      code: "FROM localhost:5000/a:1\n",
      policy: { registries: { allow: ["docker.io"] } },
      errors: [{ messageId: "notAllowed" }],
    },
  ],
});
