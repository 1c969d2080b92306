import { defineRule, type Suggestion } from "../src/rule.js";
import { cacheMount } from "../src/facts/layer-findings/cache-mount.js";
import { fetchFirst } from "../src/facts/layer-findings/fetch-first.js";
import { inWords } from "../src/facts/layer-findings/source-first.js";
import { FETCHES, sourceBeforeBuild } from "../src/facts/layer-findings/source-before-build.js";
import { written, writtenCommand } from "../src/facts/layers/written.js";

/** Each looks at the steps between copy and build. */
const MOST_EDITS = 100;

export default defineRule({
  meta: {
    type: "suggestion",
    docs: {
      description: "A build that downloads its dependencies in the step that compiles the source.",
      reason:
        "`go build`, `cargo build`, `mvn package`, `gradle build` and `dotnet publish` fetch what is missing. In one step " +
        "with the source, every edit of a source file downloads everything again. Fetched in a step of its own, from the " +
        "manifests alone, the dependencies stay in the cache; a cache mount (`RUN --mount=type=cache,…`) keeps them, too. " +
        "Silent where no manifest is known (a single `main.go`), where nothing is fetched (`--no-restore`, `--offline`) " +
        "and where the stage takes files from another one.",
      category: "layers",
      recommended: "strict",
      examples: {
        bad: [
          { title: "Maven", code: "FROM maven:3.9.12\nWORKDIR /src\nCOPY . .\nRUN mvn package\n" },
          {
            title: "Go, with the manifest known from the build context",
            code: "FROM golang:1.27.0\nWORKDIR /src\nCOPY . .\nRUN go build -o /app\n",
            files: { "go.mod": "module x\n\nrequire example.com/y v1.0.0\n", "go.sum": "", "main.go": "package main" },
          },
          {
            title: ".NET",
            code: "FROM mcr.microsoft.com/dotnet/sdk:10.0\nWORKDIR /src\nCOPY . .\nRUN dotnet publish -o /app\n",
          },
        ],
        good: [
          {
            title: "Fetch, source, build",
            code: "FROM golang:1.27.0\nWORKDIR /src\nCOPY go.mod go.sum ./\nRUN go mod download\nCOPY . .\nRUN go build -o /app\n",
          },
          {
            title: "A cache mount",
            code: "FROM maven:3.9.12\nWORKDIR /src\nCOPY . .\nRUN --mount=type=cache,target=/root/.m2 mvn package\n",
          },
          {
            title: "One file, no manifest",
            code: "FROM golang:1.27.0\nWORKDIR /src\nCOPY main.go .\nRUN go build -o /app main.go\n",
          },
        ],
      },
    },
    hasSuggestions: true,
    messages: {
      fetch:
        "Any change under `{{copy}}` (line {{copyLine}}) re-runs `{{build}}` (line {{line}}) with all downloads, which rest on " +
        "{{manifests}} alone. Copy those first and run `{{command}}`, or give the step a cache mount.",
      keep:
        "Any change under `{{copy}}` (line {{copyLine}}) re-runs `{{build}}` (line {{line}}) with all downloads, which rest on " +
        "{{manifests}} alone. Keep the downloads in a cache mount.",
      fetchFirst: "Write {{lines}} before `{{copy}}`",
      keepDownloads: "Keep the downloads: `{{mount}}`",
    },
    schema: [],
    defaultOptions: [],
  },
  create: ({ sourceCode, report }) => ({
    Dockerfile() {
      const { layers, files } = sourceCode.facts;
      for (const [index, found] of sourceBeforeBuild(layers, files).entries()) {
        const { copy, install } = found;
        const fetch = FETCHES[install.ecosystem.name];
        if (!fetch) continue;
        const isLooked = index < MOST_EDITS;
        const first = isLooked ? fetchFirst(found, layers, sourceCode) : null;
        const kept = isLooked ? cacheMount(found, layers, sourceCode) : null;
        const data = {
          copy: written(copy.step.instruction, sourceCode),
          copyLine: copy.step.instruction.loc.start.line,
          build: writtenCommand(install.command, sourceCode),
          line: sourceCode.getLocFromIndex(install.command.range[0]).line,
          manifests: fetch.manifests,
          command: fetch.command ?? "",
          lines: inWords((first?.lines ?? []).map((line) => `\`${line}\``)),
          mount: kept?.flag ?? "",
        };
        const suggest: Suggestion[] = [
          ...(first ? [{ messageId: "fetchFirst", data, fix: () => first.edit }] : []),
          ...(kept ? [{ messageId: "keepDownloads", data, fix: () => kept.edit }] : []),
        ];
        const related = [{ message: "Copied here", loc: copy.step.instruction.loc }];
        const messageId = fetch.command === null ? "keep" : "fetch";
        report({ loc: sourceCode.locationOf(install.command.range), messageId, data, related, suggest });
      }
    },
  }),
});
