/** Package managers: what their commands are for, and which files they are about. */
import { describe, expect, it } from "vitest";
import { ECOSYSTEMS, installOf, type Install } from "../../../src/facts/ecosystems/install.js";
import { bringsFile, filesOf, isManifestSource } from "../../../src/facts/ecosystems/manifests.js";
import { runOf } from "../shell/read-run.js";

function install(run: string): Install | null {
  const script = runOf(`FROM a\nRUN ${run}\n`, { workdir: "/app" });
  const [command] = script.kind === "commands" ? script.commands : [];
  return command ? installOf(command) : null;
}

/** `npm install frozen`, `npm install (npm ci)` with the frozen form to be told. */
function shown(run: string): string | null {
  const found = install(run);
  if (!found) return null;
  const { ecosystem, kind, frozen, frozenForm, readsSource, offline } = found;
  const words = [
    ecosystem.name,
    kind,
    frozen && kind !== "tool" ? "frozen" : "",
    frozenForm ? `(${frozenForm})` : "",
    readsSource && kind !== "build" ? "reads source" : "",
    offline ? "offline" : "",
  ];
  return words.filter(Boolean).join(" ");
}

describe("what a command is for", () => {
  it.each<[run: string, expected: string | null]>([
    ["npm ci", "npm install frozen"],
    ["npm ci --omit=dev", "npm install frozen"],
    ["npm install", "npm install (npm ci)"],
    ["npm --prefix web i", "npm install (npm ci)"],
    ["npm install --production", "npm install (npm ci)"],
    ["npm install express", "npm tool"],
    ["npm install -g typescript", "npm tool"],
    ["npm run build", null],
    ["yarn", "yarn install (--frozen-lockfile)"],
    ["yarn install --immutable", "yarn install frozen"],
    ["yarn build", null],
    ["yarn global add serve", "yarn tool"],
    ["pnpm i --frozen-lockfile", "pnpm install frozen"],
    ["pnpm fetch", "pnpm fetch frozen"],
    ["pnpm add -g x", "pnpm tool"],
    ["corepack pnpm install", "pnpm install (--frozen-lockfile)"],
    ["bun install", "bun install (--frozen-lockfile)"],
    ["pip install -r requirements.txt", "pip install frozen"],
    ["pip install --no-cache-dir -rrequirements.txt", "pip install frozen"],
    ["python -m pip install -r requirements.txt", "pip install frozen"],
    ["pip3 install flask==3.0", "pip tool"],
    ["pip install .", "pip build"],
    ["pip install -e .", "pip build"],
    ["pip install --upgrade pip", "pip tool"],
    ["poetry install --no-root", "poetry install frozen"],
    ["poetry install", "poetry install frozen reads source"],
    ["uv sync --locked --no-install-project", "uv install frozen"],
    ["uv sync", "uv install (--locked) reads source"],
    ["uv pip install -r requirements.txt", "uv install frozen"],
    ["pipenv install --deploy --system", "pipenv install frozen"],
    ["go mod download", "go fetch frozen"],
    ["go build -o /app ./cmd/x", "go build"],
    ["go install github.com/x/y@v1.2.3", "go tool"],
    ["go install ./cmd/x", "go build"],
    ["cargo fetch --locked", "cargo fetch frozen"],
    ["cargo build --release --locked", "cargo build frozen"],
    ["cargo chef cook --release --recipe-path recipe.json", "cargo install frozen"],
    ["cargo install cargo-chef", "cargo tool"],
    ["mvn -B dependency:go-offline", "maven fetch frozen"],
    ["./mvnw -o package", "maven build offline"],
    ["mvn clean package -DskipTests", "maven build"],
    ["./gradlew build -x test", "gradle build"],
    ["gradle :app:dependencies", "gradle fetch frozen"],
    ["dotnet restore src/App/App.csproj", "dotnet install (--locked-mode)"],
    ["dotnet publish -c Release --no-restore -o /out", "dotnet build offline"],
    ["bundle install --jobs 4", "bundler install (--frozen)"],
    ["bundle", "bundler install (install --frozen)"],
    ["composer install --no-dev", "composer install frozen"],
    ["composer install -o", "composer install frozen reads source"],
    ["composer update", "composer install (composer install)"],
    ["mix deps.get --only prod", "mix install (--check-locked)"],
    ["apt-get install -y npm", null],
    ["echo npm ci", null],
  ])("%s: %s", (run, expected) => {
    expect(shown(run)).toBe(expected);
  });

  it("each table has forms that are recognised", () => {
    expect(ECOSYSTEMS).toHaveLength(16);
    for (const { name, programs, forms } of ECOSYSTEMS) {
      const words = forms.flatMap(({ words: all, needs }) => [
        [
          ...all.map((word) =>
            word
              .replace(/^\*(?=.)/, "")
              .split("|")[0]!
              .replaceAll("*", "x"),
          ),
          ...(needs?.slice(0, 1) ?? []),
        ].join(" "),
      ]);
      for (const line of words)
        expect(install(`${programs[0]!} ${line}`)?.ecosystem.name, `${programs[0]!} ${line}`).toBe(name);
    }
  });
});

describe("the files that an install is about", () => {
  it.each<[run: string, some: string | null]>([
    ["npm ci", "/app/package-lock.json"],
    ["npm --prefix web ci", "/app/web/package.json"],
    ["cd api && go mod download", "/app/api/go.sum"],
    ["cargo fetch --manifest-path x/Cargo.toml", "/app/x/Cargo.lock"],
    ["pip install -r requirements/prod.txt", "/app/requirements/prod.txt"],
    ["cd $DIR && npm ci", null],
  ])("%s: %s", (run, some) => {
    const found = install(run);
    const files = found && filesOf(found);
    expect(some === null ? files : files?.includes(some)).toBe(some === null ? null : true);
  });
});

describe("what a COPY brings", () => {
  it.each<[source: string, ecosystem: string, only: boolean]>([
    ["package.json", "npm", true],
    ["package*.json", "npm", true],
    ["./web/package-lock.json", "npm", true],
    ["yarn.lock", "npm", false],
    ["*.json", "npm", false],
    [".", "npm", false],
    ["src", "npm", false],
    ["requirements.txt", "pip", true],
    ["requirements-dev.txt", "pip", true],
    ["go.mod", "go", true],
    ["go.*", "go", true],
    ["src/App/App.csproj", "dotnet", true],
    ["*.sln", "dotnet", true],
    ["Directory.Build.props", "dotnet", true],
    ["gradle/", "gradle", true],
    ["build.gradle.kts", "gradle", true],
    ["Gemfile*", "bundler", true],
    [".mvn", "maven", true],
    ["main.go", "go", false],
  ])("%s is only manifests of %s: %s", (source, name, only) => {
    expect(
      isManifestSource(
        source,
        ECOSYSTEMS.find((ecosystem) => ecosystem.name === name)!,
      ),
    ).toBe(only);
  });

  it.each<[source: string, brings: boolean]>([
    ["package*.json", true],
    [".", true],
    ["./", true],
    ["package.json", false],
    ["*", true],
  ])("%s brings package-lock.json: %s", (source, brings) => {
    expect(bringsFile(source, "package-lock.json")).toBe(brings);
  });
});
