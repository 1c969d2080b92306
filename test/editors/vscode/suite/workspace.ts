/** The workspace of the suite: two folders, each with its own policy. */

export const FILES: Readonly<Record<string, string>> = {
  "both.code-workspace": JSON.stringify({ folders: [{ path: "shop" }, { path: "jobs" }] }),

  "shop/fromlint.yaml": `extends: [recommended]
bases:
  golden:
    - image: registry.example.com/golden/python
      replaces: [python]
      tags: ["3.13"]
  allow: { final: [golden, official] }
`,
  "shop/Dockerfile": `FROM golang:latest AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN go build -o /shop .

FROM node:22
COPY --from=build /shop /shop
`,
  "shop/args/Dockerfile": `ARG VERSION=22.23
FROM node:\${VERSION}
`,
  "shop/save/Dockerfile": `FROM debian:12.15-slim
WORKDIR /srv
WORKDIR /srv
CMD ["true"]
`,
  "shop/draft/Dockerfile": "FROM debian:12.15-slim AS base\n",
  "shop/Containerfile": "FROM alpine:latest\n",
  "shop/never-opened/Dockerfile": "FROM debian:10.13-slim\n",

  "jobs/fromlint.yaml": "extends: [recommended]\nrules: { no-latest: off }\n",
  "jobs/Dockerfile": "FROM golang:latest\n",
  "jobs/old/Dockerfile": "FROM debian:10.13-slim\n",
};

export const SETTINGS: Readonly<Record<string, unknown>> = {
  "[dockerfile]": { "editor.codeActionsOnSave": { "source.fixAll.fromlint": "explicit" } },
};
