/** Dockerfiles as projects have them, invented: the same ones for the same seed. */

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

/** `count` Dockerfiles of 2 to 60 lines: one stage and several, with arguments, heredocs, labels and comments. */
export function generateDockerfiles(count: number, seed = 1): string[] {
  const random = randomFrom(seed);
  const pick: Pick = (items) => items[Math.floor(random() * items.length)] ?? items[0];
  return Array.from({ length: count }, (_, index) => pick(SHAPES)(pick, index));
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

const SHAPES: readonly [Shape, ...Shape[]] = [
  nodeService,
  nodeService,
  pythonService,
  goTool,
  javaService,
  dotnetApi,
  tunedServer,
  small,
];
