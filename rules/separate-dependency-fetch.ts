import { defineRule, type Suggestion } from "../src/rule.js";
import { cacheMount } from "../src/facts/layer-findings/cache-mount.js";
import { fetchFirst } from "../src/facts/layer-findings/fetch-first.js";
import { inWords } from "../src/facts/layer-findings/source-first.js";
import { FETCHES, sourceBeforeBuild } from "../src/facts/layer-findings/source-before-build.js";
import { toldStep } from "../src/facts/layers/told.js";
import { shortened, writtenCommand } from "../src/facts/layers/written.js";

/** UTF-16 units of lines in a title. */
const MOST_SHOWN = 80;

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
        "Any edit under `{{copy}}` (line {{copyLine}}) re-downloads all for `{{build}}`. Copy {{manifests}} and " +
        "run `{{command}}` first{{orMount}}.",
      keep:
        "Any edit under `{{copy}}` (line {{copyLine}}) re-downloads all for `{{build}}`. Keep the downloads in a cache " +
        "mount{{kept}}.",
      cook: "Any edit under `{{copy}}` (line {{copyLine}}) re-downloads all for `{{build}}`. Build the dependencies first with cargo-chef{{orMount}}.",
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
          copy: toldStep(copy.step),
          copyLine: copy.step.instruction.loc.start.line,
          build: writtenCommand(install.command, sourceCode),
          manifests: fetch.manifests,
          command: fetch.command ?? "",
          lines: inShort(first?.lines ?? []),
          mount: kept?.flag ?? "",
          orMount: kept ? ", or mount a cache" : "",
          kept: kept ? `: \`${kept.flag}\`` : "",
        };
        const suggest: Suggestion[] = [
          ...(first ? [{ messageId: "fetchFirst", data, fix: () => first.edit }] : []),
          ...(kept ? [{ messageId: "keepDownloads", data, fix: () => kept.edit }] : []),
        ];
        const related = [{ message: "Copied here", loc: copy.step.instruction.loc }];
        const isCargo = install.ecosystem.name === "cargo";
        const messageId = fetch.command !== null ? "fetch" : isCargo ? "cook" : "keep";
        report({ loc: sourceCode.locationOf(install.command.range), messageId, data, related, suggest });
      }
    },
  }),
});

/** What fits a line of a menu: all of it, or how many there are before the last. */
function inShort(lines: readonly string[]): string {
  const quoted = lines.map((line) => `\`${shortened(line)}\``);
  const [last = ""] = quoted.slice(-1);
  return lines.join().length < MOST_SHOWN ? inWords(quoted) : `${lines.length - 1} COPY lines and ${last}`;
}
