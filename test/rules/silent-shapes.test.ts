/** Orders that look bad and cost nothing: none of the rules about layers may say a word. */
import { describe, expect, it } from "vitest";
import * as unbash from "unbash";
import { rules } from "../../rules/index.js";
import { openCatalog } from "../../src/catalog.js";
import { filesInMemory } from "../../src/context.js";
import { lintText } from "../../src/lint.js";
import { presetPolicy } from "../../src/policy/presets.js";

/** `files` are the build context; without them it is not known. */
type Shape = readonly [title: string, lines: readonly string[], files?: Readonly<Record<string, string>>];

const LAYER_RULES = new Set(
  Object.entries(rules).flatMap(([name, { meta }]) => (meta.docs.category === "layers" ? [name] : [])),
);

/** What the rules about layers say of a file, all of them on. */
function findings(lines: readonly string[], files?: Shape[2]): readonly string[] {
  const { result } = lintText(`${lines.join("\n")}\n`, {
    ...{ filePath: "/project/Dockerfile", rules, policies: [presetPolicy("strict")], catalog: openCatalog() },
    ...{ today: "2026-11-21", target: null, buildArgs: {}, contexts: {}, shell: unbash },
    contextFor: () => (files ? filesInMemory(files) : null),
  });
  return result.messages.flatMap(({ ruleId }) => (LAYER_RULES.has(ruleId) ? [ruleId] : []));
}

const NODE = { "package.json": '{"name":"shop"}', "package-lock.json": "{}", ".dockerignore": "node_modules\n" };

const METADATA: readonly Shape[] = [
  [
    "a build number and its LABEL above COPYs: COPY keys on content, LABEL is in no key",
    ["FROM alpine:3.24.1", "ARG BUILD_NUMBER", "LABEL build=$BUILD_NUMBER", "COPY a /a", "COPY b /b"],
  ],
  [
    "LABEL, EXPOSE, ENTRYPOINT and CMD above an expensive RUN: BuildKit has none of them in a key",
    [
      ...["FROM debian:12.15", "LABEL team=shop", "EXPOSE 8080", 'ENTRYPOINT ["/start"]', 'CMD ["serve"]'],
      "RUN apt-get update && apt-get install -y curl && rm -rf /var/lib/apt/lists/*",
    ],
  ],
  [
    "a commit that the very next RUN checks for: that step is meant to see each build",
    [
      ...["FROM node:24.19.0", "ARG GIT_REF", 'RUN test -n "$GIT_REF"', "WORKDIR /app"],
      ...["COPY package.json package-lock.json ./", "RUN npm ci", "COPY . ."],
    ],
    NODE,
  ],
  [
    "build metadata as ENV at the very end: nothing stands below it",
    [
      ...["FROM debian:12.15", "RUN apt-get update && apt-get install -y curl && rm -rf /var/lib/apt/lists/*"],
      ...["COPY app /app", "ARG BUILD_NUMBER", "ARG GIT_REF", "ENV BUILD_NUMBER=$BUILD_NUMBER GIT_REF=$GIT_REF"],
    ],
  ],
  [
    "the version of a tool at the top: it changes when somebody wants it to",
    [
      ...["FROM debian:12.15", "ARG HELM_VERSION=3.19.0"],
      "RUN apt-get update && apt-get install -y curl && rm -rf /var/lib/apt/lists/*",
      "RUN curl -fsSL https://example.com/helm-$HELM_VERSION.tgz | tar xz -C /usr/local",
    ],
  ],
  [
    "CACHEBUST directly above a clone: it is there to run that step again",
    ["FROM debian:12.15", "ARG CACHEBUST", "RUN git clone --depth 1 https://example.com/data.git /data"],
  ],
];

const CLEANUP: readonly Shape[] = [
  [
    "rm of a file that nobody here made: what the base image has stays in its layers anyway",
    ["FROM nginx:1.31.3", "RUN rm /etc/nginx/conf.d/default.conf"],
  ],
  [
    "rm of a download in a stage that is not exported: no image has its layers",
    [
      ...["FROM debian:12.15 AS build", "RUN curl -fsSLo /tmp/a.tgz https://example.com/a.tgz"],
      ...["RUN tar xzf /tmp/a.tgz -C /opt", "RUN rm /tmp/a.tgz", "FROM debian:12.15", "COPY --from=build /opt /opt"],
    ],
  ],
  [
    "a compiler that comes and goes in one RUN: its layer never holds it",
    [
      "FROM python:3.14.2-alpine3.24",
      "RUN apk add --no-cache --virtual .build gcc musl-dev && pip install uvloop==0.22.1 && apk del .build",
    ],
  ],
  [
    "apk add inside the RUN that builds: packages and build belong together there",
    ["FROM alpine:3.24.1", "COPY . /src", "RUN apk add --no-cache make gcc && make -C /src && apk del make gcc"],
  ],
  [
    "a heredoc that updates, installs and cleans up: one layer",
    ["FROM debian:12.15", "RUN <<EOF", "apt-get update", "apt-get install -y jq", "rm -rf /var/lib/apt/lists/*", "EOF"],
  ],
  [
    "rm -rf /tmp/* where nothing was left in /tmp",
    [
      "FROM debian:12.15",
      "RUN apt-get update && apt-get install -y jq && rm -rf /var/lib/apt/lists/* /tmp/* /var/tmp/*",
    ],
  ],
  [
    "a library that is moved out of the folder that is then removed: nothing is hidden by the rm",
    [
      ...["FROM redis:8.2.1 AS redis", "FROM debian:12.15", "COPY --from=redis /usr/lib/libx.so.3 /stage/"],
      "RUN mv /stage/libx.so.3 /usr/lib/ && rm -rf /stage",
    ],
  ],
  [
    "two RUNs that each update, install and clean up: neither uses the index of the other",
    [
      "FROM debian:12.15",
      "RUN apt-get update && apt-get install -y gnupg && rm -rf /var/lib/apt/lists/*",
      "COPY vendor.list /etc/apt/sources.list.d/",
      "RUN apt-get update && apt-get install -y vendor-tool && rm -rf /var/lib/apt/lists/*",
    ],
  ],
];

const OWNERSHIP: readonly Shape[] = [
  [
    "chown -R of a home made in the same RUN: one layer",
    ["FROM debian:12.15", "RUN useradd -m app && mkdir -p /home/app/data && chown -R app /home/app", "USER app"],
  ],
  [
    "chown -R of a folder that is still empty, COPY --chown behind it",
    [
      ...[
        "FROM debian:12.15",
        "WORKDIR /code",
        "RUN groupadd -r web && useradd -r -g web web && chown -R web:web /code",
      ],
      ...["COPY --chown=web:web src /code/src", "USER web"],
    ],
  ],
  [
    "chown of the folder alone: one entry, whatever lies in it",
    ["FROM debian:12.15", "WORKDIR /app", "COPY dist ./", "RUN chown nobody /app", "USER nobody"],
  ],
  [
    "chmod -R in a stage that is not exported",
    [
      "FROM debian:12.15 AS build",
      "COPY . /src",
      "RUN chmod -R 755 /src",
      "FROM debian:12.15",
      "COPY --from=build /src /srv",
    ],
  ],
  [
    "chmod of a start script: a few bytes",
    ["FROM debian:12.15", "COPY start.sh /usr/local/bin/", "RUN chmod +x /usr/local/bin/start.sh"],
  ],
];

const DEPENDENCIES: readonly Shape[] = [
  [
    "COPY main.go, then go build without a go.mod: there is nothing to fetch",
    ["FROM golang:1.27.0", "WORKDIR /src", "COPY main.go .", "RUN go build -o /app main.go"],
  ],
  [
    "the whole context before go build -mod=vendor: the dependencies come with it",
    ["FROM golang:1.27.0", "WORKDIR /src", "COPY . .", "RUN go build -mod=vendor -o /app ./cmd/shop"],
  ],
  [
    "the whole context before dotnet publish with a cache mount for packages: they are not fetched again",
    [
      ...["FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build", "WORKDIR /src", "COPY . ."],
      "RUN --mount=type=cache,target=/root/.nuget/packages dotnet publish -c Release -o /out Shop",
    ],
  ],
  [
    "settings beside the project files before dotnet restore: they are no source",
    [
      ...["FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build", "WORKDIR /src", "COPY .editorconfig global.json ./"],
      ...["COPY src/Packages.props ./", "COPY src/Shop/Shop.csproj Shop/", "RUN dotnet restore Shop/Shop.csproj"],
      ...["COPY src .", "RUN dotnet publish Shop --no-restore -o /out"],
    ],
  ],
  [
    "a local gem copied before bundle install: the Gemfile names its path",
    [
      ...["FROM ruby:3.4.7", "WORKDIR /app", "COPY .ruby-version Gemfile Gemfile.lock ./"],
      ...["COPY gems/parts gems/parts", "RUN bundle config set frozen true && bundle install", "COPY . ."],
    ],
    {
      ...{ Gemfile: 'gem "parts", path: "gems/parts"\n', "Gemfile.lock": "", ".ruby-version": "3.4.7\n" },
      ...{ "gems/parts/parts.gemspec": "", "app.rb": "", ".dockerignore": "log\n" },
    },
  ],
  [
    "a postinstall script of the project: npm ci needs the source",
    ["FROM node:24.19.0", "WORKDIR /app", "COPY . .", "RUN npm ci"],
    { ...NODE, "package.json": '{"scripts":{"postinstall":"node scripts/link.js"}}' },
  ],
  [
    "one of several packages is built: the install reads the manifests of all",
    ["FROM node:24.19.0", "WORKDIR /app", "COPY . .", "RUN npm ci", "RUN npm run build --workspace=web"],
    NODE,
  ],
  [
    "the install again for production, below the source: the first one filled the cache",
    [
      ...["FROM node:24.19.0", "WORKDIR /app", "COPY package.json package-lock.json ./", "RUN npm ci", "COPY . ."],
      "RUN npm run build && npm ci --omit=dev",
    ],
    NODE,
  ],
  [
    "a newer package manager above the manifests: named on the command line",
    [
      "FROM node:24.19.0",
      "WORKDIR /app",
      "RUN npm install -g npm@11.6.4",
      "COPY package*.json ./",
      "RUN npm ci",
      "COPY . .",
    ],
    NODE,
  ],
  [
    "pip install of the project itself, below its source: it has to be",
    [
      ...["FROM python:3.14.2", "WORKDIR /app", "COPY requirements.txt ./", "RUN pip install -r requirements.txt"],
      ...["COPY . .", "RUN pip install --no-deps ."],
    ],
    { "requirements.txt": "flask==3.1.2\n", "pyproject.toml": "", ".dockerignore": ".venv\n" },
  ],
  [
    "the whole context behind what a builder hands over, in a language that runs from source",
    [
      ...["FROM node:24.19.0 AS build", "WORKDIR /app", "COPY package.json package-lock.json ./", "RUN npm ci"],
      ...["FROM node:24.19.0-slim", "WORKDIR /app", "COPY --from=build /app/node_modules node_modules", "COPY . ."],
      'CMD ["node", "server.js"]',
    ],
    NODE,
  ],
];

const PACKAGES: readonly Shape[] = [
  [
    "a start script and settings above apt-get: they change far less often than the source",
    [
      ...["FROM debian:12.15", "COPY start.sh Makefile .env.defaults /app/", "COPY app.conf /etc/app.conf"],
      "RUN apt-get update && apt-get install -y curl && rm -rf /var/lib/apt/lists/*",
    ],
  ],
  [
    "a key and a list of sources above apt-get: the install reads them",
    [
      ...["FROM debian:12.15", "COPY vendor.asc /etc/apt/keyrings/", "COPY vendor.list /etc/apt/sources.list.d/"],
      "RUN apt-get update && apt-get install -y vendor-tool && rm -rf /var/lib/apt/lists/*",
    ],
  ],
  [
    "a list of packages that comes with the source",
    ["FROM debian:12.15", "COPY . /app", "RUN apt-get update && xargs -a /app/packages.txt apt-get install -y"],
  ],
  [
    "apt-get between a change to root and back: the package needs root, the rest does not",
    [
      ...["FROM jenkins/inbound-agent:3355.v388858a_47b_33-3", "USER root"],
      "RUN apt-get update && apt-get install -y make && rm -rf /var/lib/apt/lists/*",
      ...["USER jenkins", "RUN mkdir -p /home/jenkins/agent/cache"],
    ],
  ],
  [
    "sudo apt-get by another user: sudo makes it root",
    ["FROM cimg/ruby:3.4.7", "USER circleci", "RUN sudo apt-get update && sudo apt-get install -y clamav"],
  ],
];

const FOLDERS: readonly Shape[] = [
  [
    "the same WORKDIR in two stages: each stage starts anew",
    [
      "FROM debian:12.15 AS build",
      "WORKDIR /app",
      "COPY a .",
      "FROM debian:12.15",
      "WORKDIR /app",
      "COPY --from=build /app/a .",
    ],
  ],
  [
    "back to a folder from one below it",
    ["FROM debian:12.15", "WORKDIR /app", "COPY web web", "WORKDIR /app/web", "RUN ls", "WORKDIR /app", "CMD serve"],
  ],
  [
    "a relative WORKDIR twice: the second is a folder further down",
    ["FROM debian:12.15", "WORKDIR /srv", "WORKDIR app", "WORKDIR app", "COPY a ."],
  ],
  [
    "many small RUNs in a row: joining steps that change at different times makes caching worse",
    [
      ...["FROM php:8.5.1-cli", "RUN echo memory_limit=1G > /usr/local/etc/php/conf.d/a.ini"],
      ...["RUN echo jit=1205 >> /usr/local/etc/php/conf.d/a.ini", "RUN mkdir -p /app/cache", "RUN touch /app/.env"],
    ],
  ],
];

describe.each([
  ["metadata", METADATA],
  ["cleanup", CLEANUP],
  ["ownership", OWNERSHIP],
  ["dependencies", DEPENDENCIES],
  ["packages", PACKAGES],
  ["folders and steps", FOLDERS],
])("no rule about layers speaks of %s:", (_group, shapes: readonly Shape[]) => {
  it.each(shapes.map(([title, ...rest]) => [title, rest] as const))("%s", (_title, [lines, files]) => {
    expect(findings(lines, files)).toEqual([]);
  });
});

describe("the same rules speak where a like order costs", () => {
  it.each<[title: string, lines: readonly string[], rule: string]>([
    [
      "a LABEL of the commit above an install: its ARG is in that key",
      ["FROM debian:12.15", "ARG GIT_REF", "LABEL ref=$GIT_REF", "RUN apt-get update && apt-get install -y curl"],
      "volatile-arg-late",
    ],
    [
      "rm of a download in the exported image",
      ["FROM debian:12.15", "RUN curl -fsSLo /tmp/a.tgz https://example.com/a.tgz", "RUN rm /tmp/a.tgz"],
      "no-cleanup-in-later-layer",
    ],
    [
      "chown -R of a folder that is not empty any more",
      ["FROM debian:12.15", "COPY src /code/src", "RUN useradd web && chown -R web /code"],
      "no-recursive-ownership-layer",
    ],
    [
      "a build that fetches",
      ["FROM golang:1.27.0", "WORKDIR /src", "COPY go.mod go.sum *.go ./", "RUN go build ."],
      "separate-dependency-fetch",
    ],
    [
      "apt-get below the source that it does not read",
      ["FROM debian:12.15", "COPY . /app", "RUN apt-get update && apt-get install -y curl"],
      "system-packages-before-source",
    ],
    [
      "the same folder twice in a stage",
      ["FROM debian:12.15", "WORKDIR /app", "COPY a .", "WORKDIR /app/"],
      "no-redundant-workdir",
    ],
  ])("%s", (_title, lines, rule) => {
    expect(findings(lines)).toEqual([rule]);
  });
});
