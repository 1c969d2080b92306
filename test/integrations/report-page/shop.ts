/** A made-up repository of a shop: services in several languages, old corners, a policy with golden images. */
import type { Project } from "../support/project.js";

const POLICY = `bases:
  golden:
    - image: registry.example.com/golden/node
      replaces: [node]
      tags: ["22.23", "24.19"]
    - image: registry.example.com/golden/*
  allow: { final: [golden], build: [golden, official], copied: [golden, official, verified] }
registries:
  allow: [docker.io, registry.example.com, mcr.microsoft.com, cgr.dev]
pinning:
  - { image: "**", require: minor }
`;

const node = (build: string, final: string): string => `FROM ${build} AS build
WORKDIR /app
COPY . .
RUN npm ci && npm run build

FROM ${final}
COPY --from=build /app/dist /app
CMD ["node", "/app/main.js"]
`;

const go = (build: string, final: string): string => `FROM ${build} AS modules
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download

FROM modules AS build
COPY . .
RUN go build -o /service ./cmd/service

FROM ${final}
COPY --from=build /service /service
ENTRYPOINT ["/service"]
`;

const python = (base: string): string => `FROM ${base}
WORKDIR /app
COPY . .
RUN pip install -r requirements.txt
CMD ["python", "-m", "app"]
`;

const GOLDEN = "registry.example.com/golden";

const FILES: Readonly<Record<string, string>> = {
  "fromlint.yaml": POLICY,
  "services/cart/Dockerfile": node("node:24.19-alpine", `${GOLDEN}/node:24.19`),
  "services/checkout/Dockerfile": node("node:24.19-alpine", `${GOLDEN}/node:24.19`),
  "services/search/Dockerfile": node("node:22", "node:22-alpine"),
  "services/stock/Dockerfile": go("golang:1.26.4", `${GOLDEN}/static:2.1`),
  "services/payment/Dockerfile": go("golang:1.26.4", `${GOLDEN}/static:2.1`),
  "services/mail/Dockerfile": go("golang:latest", "scratch"),
  "data/forecast/Dockerfile": python(`${GOLDEN}/python:3.13`),
  "data/reports/Dockerfile": `# The time zones come from a dead release.
ARG BASE_TAG
FROM ${GOLDEN}/python:\${BASE_TAG}
COPY --from=debian:10.13-slim /usr/share/zoneinfo /usr/share/zoneinfo
COPY reports/ /reports/
ENTRYPOINT ["python", "/reports/nightly.py"]
`,
  "data/notebooks/Dockerfile": python("jupyter/scipy-notebook"),
  "legacy/billing/Dockerfile": `FROM mcr.microsoft.com/dotnet/sdk:6.0 AS build
WORKDIR /src
COPY . .
RUN dotnet publish -c Release -o /out

FROM mcr.microsoft.com/dotnet/aspnet:6.0
COPY --from=build /out /app
ENTRYPOINT ["dotnet", "/app/Billing.dll"]
`,
};

export function writeShop(project: Project): void {
  for (const [path, text] of Object.entries(FILES)) project.write(path, text);
}
