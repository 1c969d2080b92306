/**
 * Dockerfiles as projects have them, invented: the same ones for the same seed.
 *
 * Their mix is that of 4,416 different Dockerfiles of some 150 public repositories (services, monorepos, collections of
 * images), counted in November 2026; beside it what 1,000 generated ones have:
 *
 * | | public | generated |
 * | - | - | - |
 * | bytes: median, mean, 90 %, 99 % | 749, 1045, 2197, 4919 | 800, 809, 1521, 2114 |
 * | lines: median, 90 % | 26, 61 | 25, 46 |
 * | instructions: median, mean, 90 % | 9, 11.0, 21 | 12, 13.6, 33 |
 * | RUN, COPY, FROM, ENV, WORKDIR, ARG of them, % | 25, 20, 13, 11, 7, 6 | 19, 20, 11, 14, 8, 7 |
 * | files with 1, 2, more stages, % | 66, 29, 5 | 64, 29, 6 |
 * | lines of a RUN: median, mean, 90 % | 1, 3.8, 10 | 1, 2.9, 5 |
 * | comment lines: median, mean | 2, 4.5 | 3, 4.6 |
 */

/** Mulberry32: numbers from 0 to below 1 that repeat for the same seed. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

type Pick = <Item>(items: readonly [Item, ...Item[]]) => Item;

/** `count` Dockerfiles of 2 to 60 lines. */
export function generateDockerfiles(count: number, seed = 1): string[] {
  const random = randomFrom(seed);
  const pick: Pick = (items) => items[Math.floor(random() * items.length)] ?? items[0];
  return Array.from({ length: count }, (_, index) => {
    return (random() < HEADED ? header(index) : "") + pick(SHAPES)(pick, index);
  });
}

/**
 * One Dockerfile of at least `lines` lines, as repositories of many services have them: a stage of tools, two stages a
 * service, long RUNs, a heredoc and comments in each.
 */
export function largeDockerfile(lines: number): string {
  const random = randomFrom(1);
  const pick: Pick = (items) => items[Math.floor(random() * items.length)] ?? items[0];
  const parts = [TOOLS];
  for (let index = 0, count = 0; count < lines; index++) {
    const part = service(pick, index);
    count += part.split("\n").length;
    parts.push(part);
  }
  return parts.join("\n");
}

const TOOLS = `# syntax=docker/dockerfile:1
ARG NODE_VERSION=24.19.0

FROM node:\${NODE_VERSION} AS tools
RUN apt-get update && apt-get install -y --no-install-recommends \\
    build-essential \\
    ca-certificates \\
    curl \\
    libpq-dev \\
    python3 \\
    && rm -rf /var/lib/apt/lists/*
`;

const service: Shape = (pick, index) => `# Service ${index}: built with the tools above, run on as little as it needs.
FROM tools AS build-${index}
WORKDIR /srv/service-${index}
ENV NODE_ENV=development \\
    SERVICE_NAME=service-${index} \\
    SERVICE_PORT=${3000 + index} \\
    SERVICE_REGION=${pick(["eu", "us", "ap"])}
COPY services/${index}/package.json services/${index}/package-lock.json ./
RUN --mount=type=cache,target=/root/.npm \\
    npm ci --ignore-scripts \\
    && npm rebuild ${pick(["sharp", "bcrypt", "esbuild"])}
# Checked before it is built, so that a failure costs little.
COPY services/${index}/tsconfig.json services/${index}/eslint.config.js ./
COPY services/${index}/src ./src
RUN <<EOF
set -eu
for check in types lint format; do
  echo "service ${index}: $check"
  npm run "check:$check" --if-present
done
EOF
RUN npm run build -- \\
      --target ${pick(["es2022", "es2023"])} \\
      --define SERVICE=${index} \\
    && npm prune --omit=dev \\
    && rm -rf src \\
    && find . -name "*.map" -delete

FROM node:\${NODE_VERSION}-slim AS service-${index}
ARG GIT_SHA
WORKDIR /srv/service-${index}
RUN groupadd --system --gid ${2000 + index} service \\
    && useradd --system --uid ${2000 + index} --gid service --home-dir /srv/service-${index} service \\
    && install -d -o service -g service /var/lib/service-${index}
COPY --from=build-${index} --chown=service:service /srv/service-${index}/node_modules ./node_modules
COPY --from=build-${index} --chown=service:service /srv/service-${index}/dist ./dist
COPY --chown=service:service services/${index}/config/${pick(["production", "default"])}.json ./config.json
ENV NODE_ENV=production \\
    NODE_OPTIONS="--max-old-space-size=${pick(["256", "512", "1024"])}" \\
    SERVICE_CONFIG=/srv/service-${index}/config.json
LABEL org.opencontainers.image.title="service-${index}" \\
      org.opencontainers.image.description="Service ${index} of the shop" \\
      org.opencontainers.image.revision=$GIT_SHA
USER service
EXPOSE ${3000 + index}
VOLUME /var/lib/service-${index}
HEALTHCHECK --interval=30s --timeout=3s --retries=3 \\
    CMD ["node", "dist/health.js"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["node"]
CMD ["dist/main.js"]
`;

type Shape = (pick: Pick, index: number) => string;

const nodeService: Shape = (pick, index) => `# syntax=docker/dockerfile:1
ARG NODE_VERSION=${pick(["20", "22", "22.23", "24.19.0"])}

FROM node:\${NODE_VERSION}${pick(["", "-alpine", "-slim"])} AS base
WORKDIR /srv/service-${index}
ENV NODE_ENV=production \\
    PORT=${3000 + (index % 900)}

FROM base AS dependencies
COPY package.json package-lock.json ./
RUN --mount=type=cache,target=/root/.npm \\
    npm ci ${pick(["", "--omit=dev", "--ignore-scripts"])}

FROM base AS build
COPY --from=dependencies /srv/service-${index}/node_modules ./node_modules
COPY . .
# Assets are built once, here.
RUN npm run build \\
    # and checked
    && npm run check --if-present

FROM base
ARG GIT_SHA
LABEL org.opencontainers.image.title="service-${index}" \\
      org.opencontainers.image.revision=$GIT_SHA
COPY --from=build --chown=node:node /srv/service-${index}/dist ./dist
USER node
EXPOSE ${3000 + (index % 900)}
HEALTHCHECK --interval=30s --timeout=3s CMD ["node", "dist/health.js"]
CMD ["node", "dist/main.js"]
`;

const pythonService: Shape = (pick, index) => `FROM python:${pick(["3.12", "3.13-slim", "3.12-bookworm", "latest"])}

ENV PYTHONUNBUFFERED=1
ENV PIP_NO_CACHE_DIR=1

RUN apt-get update && apt-get install -y --no-install-recommends \\
    ${["build-essential", "curl", "libpq-dev", "git"].slice(0, 1 + (index % 4)).join(" \\\n    ")} \\
    && rm -rf /var/lib/apt/lists/*

WORKDIR /app
COPY requirements.txt .
RUN pip install -r requirements.txt
COPY . /app

EXPOSE 8000
ENTRYPOINT ["gunicorn", "--bind", "0.0.0.0:8000", "app_${index}.wsgi"]
`;

const goTool: Shape = (
  pick,
  index,
) => `FROM --platform=$BUILDPLATFORM golang:${pick(["1.26", "1.27-alpine", "1.27.1"])} AS build
ARG TARGETOS TARGETARCH
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN CGO_ENABLED=0 GOOS=$TARGETOS GOARCH=$TARGETARCH go build -trimpath -o /out/tool-${index} ./cmd/tool

FROM ${pick(["gcr.io/distroless/static:nonroot", "alpine:3.24", "scratch", "debian:12-slim"])}
COPY --from=build /out/tool-${index} /usr/local/bin/tool
ENTRYPOINT ["/usr/local/bin/tool"]
`;

const javaService: Shape = (pick, index) => `ARG REGISTRY=docker.io/library
FROM \${REGISTRY}/maven:3.9-eclipse-temurin-${pick(["17", "21"])} AS builder
WORKDIR /build
COPY pom.xml .
RUN mvn -B dependency:go-offline
COPY src ./src
RUN mvn -B package -DskipTests

FROM eclipse-temurin:${pick(["17-jre", "21-jre", "21.0.9_10-jre"])} AS runtime
LABEL maintainer="team-${index}@example.com"
COPY --from=builder /build/target/*.jar /app/app.jar
COPY --from=busybox:1.37 /bin/wget /usr/bin/wget
USER 10001:10001
ENV JAVA_TOOL_OPTIONS="-XX:MaxRAMPercentage=75 -Dservice.name=service-${index}"
EXPOSE 8080/tcp
CMD ["java", "-jar", "/app/app.jar"]
`;

const dotnetApi: Shape = (pick, index) => `FROM mcr.microsoft.com/dotnet/sdk:${pick(["8.0", "9.0", "10.0"])} AS sdk
WORKDIR /source
COPY ["Api${index}/Api${index}.csproj", "Api${index}/"]
RUN dotnet restore "Api${index}/Api${index}.csproj"
COPY . .
RUN dotnet publish "Api${index}/Api${index}.csproj" -c Release -o /app --no-restore

FROM mcr.microsoft.com/dotnet/aspnet:${pick(["8.0", "9.0", "10.0"])}
WORKDIR /app
COPY --from=sdk /app .
ENTRYPOINT ["dotnet", "Api${index}.dll"]
`;

const tunedServer: Shape = (
  pick,
  index,
) => `FROM ${pick(["nginx", "httpd", "caddy", "haproxy"])}:${pick(["stable", "latest", "alpine"])}
COPY <<-EOF /etc/motd
	server ${index}
	FROM here on it is text
EOF
RUN <<EOF
set -e
mkdir -p /var/cache/server-${index}
echo "ready" > /var/cache/server-${index}/state
EOF
COPY conf/ /etc/server/
STOPSIGNAL SIGQUIT
`;

const small: Shape = (
  pick,
  index,
) => `FROM ${pick(["alpine", "busybox:1.37", "registry.example.com/team/base:2.4.1", "acme/tools:v1.3"])}
COPY script-${index}.sh /usr/local/bin/script
`;

/** Packages that an image of tools installs, some of them each time. */
const PACKAGES: readonly [string, ...string[]] = [
  ...([
    "build-essential",
    "ca-certificates",
    "curl",
    "git",
    "gnupg",
    "jq",
    "libffi-dev",
    "libpq-dev",
    "libssl-dev",
  ] as const),
  ...[
    "locales",
    "make",
    "openssh-client",
    "pkg-config",
    "python3",
    "rsync",
    "tini",
    "unzip",
    "wget",
    "xz-utils",
    "zip",
  ],
];

/** One stage that installs and fetches what a tool needs: most images of tools are like this. */
const toolbox: Shape = (pick, index) => `# Tools for job ${index}
# Build: docker build -t tools-${index} .
FROM ${pick(["debian:13-slim", "ubuntu:24.04", "debian:bookworm", "ubuntu:22.04"])}

ENV DEBIAN_FRONTEND=noninteractive
ENV LANG=C.UTF-8
ENV TOOL_VERSION=${pick(["1", "2", "3"])}.${index % 40}.${index % 7}

# What the tool needs at run time
RUN apt-get update && apt-get install -y --no-install-recommends \\
${PACKAGES.slice(index % 9, 4 + (index % 17))
  .map((name) => `    ${name} \\\n`)
  .join("")}    && apt-get clean \\
    && rm -rf /var/lib/apt/lists/*

# The tool itself
RUN curl -fsSL -o /tmp/tool.tar.gz https://example.com/tool-\${TOOL_VERSION}.tar.gz \\
    && echo "${"0123456789abcdef".repeat(4)}  /tmp/tool.tar.gz" | sha256sum -c - \\
    && tar -xzf /tmp/tool.tar.gz -C /opt \\
    && ln -s /opt/tool/bin/tool /usr/local/bin/tool \\
    && rm /tmp/tool.tar.gz

ARG UID=1000
ARG GID=1000
RUN groupadd -g \${GID} tool && useradd -m -u \${UID} -g \${GID} tool

WORKDIR /work
COPY entrypoint.sh /usr/local/bin/entrypoint.sh
RUN chmod +x /usr/local/bin/entrypoint.sh
USER tool
ENTRYPOINT ["/usr/local/bin/entrypoint.sh"]
CMD ["--help"]
`;

/** As they were written ten years ago, and still are. */
const old: Shape = (pick, index) => `FROM ${pick(["ubuntu:16.04", "centos:7", "debian:stretch", "node:8"])}
MAINTAINER Team ${index} <team-${index}@example.com>

ENV HOME /root
ENV APP_HOME /opt/app
ADD . /opt/app
RUN mkdir -p /var/log/app
RUN chmod 755 /opt/app/run.sh
WORKDIR /opt/app
${pick(["RUN ./install.sh\n", "RUN make && make install\n", "RUN npm install\n", "RUN pip install -r requirements.txt\n"])}
VOLUME /var/log/app
EXPOSE ${8000 + (index % 90)} ${9000 + (index % 90)}
CMD /opt/app/run.sh
`;

/** The Dockerfile of a framework's guide: one stage, the source, a server. */
const plainApp: Shape = (pick, index) => `FROM ${pick(["node:22-alpine", "php:8.3-apache", "ruby:3.3", "python:3.12"])}

WORKDIR /usr/src/app

COPY . .
RUN ${pick(["npm install", "composer install --no-dev", "bundle install", "pip install ."])}
RUN ${pick(["npm run build", "chown -R www-data:www-data storage", "bundle exec rake assets:precompile", "python -m compileall ."])}

ENV APP_PORT=${4000 + (index % 900)}
EXPOSE ${4000 + (index % 900)}

CMD ["./start.sh"]
`;

/** A service of a monorepo: built beside its libraries, each copied by itself. */
const monorepoService: Shape = (pick, index) => `FROM node:${pick(["20", "22"])}-bookworm AS builder

ARG APP=service-${index}
ARG BUILD_NUMBER
ARG NODE_OPTIONS=--max-old-space-size=4096
ENV NODE_ENV=development
ENV BUILD_NUMBER=\${BUILD_NUMBER}

WORKDIR /app
# Manifests first, so that a change of code does not install again.
COPY package.json yarn.lock ./
COPY packages/common/package.json packages/common/
COPY packages/events/package.json packages/events/
COPY packages/\${APP}/package.json packages/\${APP}/
RUN yarn install --frozen-lockfile

# Then the code.
COPY tsconfig.json ./
COPY packages/common packages/common
COPY packages/events packages/events
COPY packages/\${APP} packages/\${APP}
RUN yarn workspace common build
RUN yarn workspace events build
RUN yarn workspace \${APP} build \\
    && yarn install --production --ignore-scripts --prefer-offline

# What runs.
FROM node:${pick(["20", "22"])}-bookworm-slim
ARG APP=service-${index}
ENV NODE_ENV=production
ENV PORT=${3000 + (index % 900)}
ENV LOG_LEVEL=info
WORKDIR /app
RUN apt-get update \\
    && apt-get install -y --no-install-recommends tini \\
    && rm -rf /var/lib/apt/lists/*
COPY --from=builder /app/node_modules ./node_modules
COPY --from=builder /app/packages/common ./packages/common
COPY --from=builder /app/packages/\${APP}/dist ./dist
EXPOSE ${3000 + (index % 900)}
USER node
ENTRYPOINT ["tini", "--"]
CMD ["node", "dist/main.js"]
`;

/** A program that is built from its source in one RUN. */
const fromSource: Shape = (pick, index) => `FROM ${pick(["alpine:3.22", "debian:12", "debian:bookworm-slim"])}

LABEL org.opencontainers.image.source="https://example.com/team/image-${index}"
LABEL org.opencontainers.image.licenses="MIT"

ENV SERVER_VERSION=${pick(["1.27", "2.4", "7.2"])}.${index % 30}
ENV SERVER_SHA256=${"fedcba9876543210".repeat(4)}

# Built, installed and cleaned up in one layer
RUN set -eux; \\
    addgroup -g ${900 + (index % 90)} -S server; \\
    adduser -S -D -H -u ${900 + (index % 90)} -h /var/lib/server -s /sbin/nologin -G server server; \\
    apk add --no-cache --virtual .build-deps \\
        gcc \\
        libc-dev \\
        linux-headers \\
        make \\
        openssl-dev \\
        pcre2-dev \\
        zlib-dev \\
    ; \\
    wget -O server.tar.gz "https://example.com/releases/server-$SERVER_VERSION.tar.gz"; \\
    echo "$SERVER_SHA256 *server.tar.gz" | sha256sum -c -; \\
    mkdir -p /usr/src/server; \\
    tar -xzf server.tar.gz -C /usr/src/server --strip-components=1; \\
    rm server.tar.gz; \\
    # The default configuration listens on the loopback interface only.
    sed -ri 's!^(bind) 127\\.0\\.0\\.1!\\1 0.0.0.0!' /usr/src/server/server.conf; \\
    ./configure --prefix=/usr/local --with-tls --without-docs; \\
    make -C /usr/src/server -j "$(nproc)" all; \\
    make -C /usr/src/server install; \\
    rm -r /usr/src/server; \\
    apk del --no-network .build-deps; \\
    server --version

RUN mkdir -p /var/lib/server && chown server:server /var/lib/server
VOLUME /var/lib/server
WORKDIR /var/lib/server

COPY docker-entrypoint.sh /usr/local/bin/
ENTRYPOINT ["docker-entrypoint.sh"]
EXPOSE ${6000 + (index % 90)}
CMD ["server"]
`;

/** The share of files that start with a notice. */
const HEADED = 0.3;

const header = (index: number): string => `# Copyright 2019-2026 the authors of project ${index}
#
# Licensed under the Apache License, Version 2.0; you may not use this file except
# in compliance with the License, a copy of which is in the folder above this one.
# What is distributed under it comes as it is, without warranties of any kind.
#
# This image is built by the pipeline of the repository for every commit on main,
# and published under the name of the branch and of the commit. To build it here:
#
#   docker build --tag project-${index}:dev --file Dockerfile .
#   docker run --rm --interactive --tty --publish 8080:8080 project-${index}:dev
#
`;

/** How often each shape stands for itself in 35 files. */
const SHARES: readonly (readonly [shape: Shape, share: number])[] = [
  [nodeService, 2],
  [pythonService, 4],
  [goTool, 2],
  [javaService, 2],
  [dotnetApi, 2],
  [tunedServer, 1],
  [small, 2],
  [toolbox, 6],
  [fromSource, 4],
  [old, 3],
  [plainApp, 5],
  [monorepoService, 4],
];

const SHAPES = SHARES.flatMap(([shape, share]) => Array.from({ length: share }, () => shape)) as [Shape, ...Shape[]];
