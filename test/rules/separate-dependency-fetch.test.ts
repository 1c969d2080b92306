import rule from "../../rules/separate-dependency-fetch.js";
import { testRule } from "./rule-test.js";

const GO = "FROM golang:1.27.0\nWORKDIR /src\n";
const MODULE = { "go.mod": "module x\nrequire example.com/y v1.0.0\n", "go.sum": "", "main.go": "" };
const MAVEN = "FROM maven:3.9.12\nWORKDIR /src\n";
const JDK = "FROM eclipse-temurin:25.0.1_8-jdk\nWORKDIR /src\n";
/** What the image runs is there without the downloads. */
const START = 'CMD ["/app"]\n';
/** Nobody knows where this one keeps anything. */
const UNKNOWN = "FROM example.com/build:1.0.0\nWORKDIR /src\n";
const SDK = "FROM example.com/dotnet-sdk:10.0.1\nWORKDIR /src\n";

testRule("separate-dependency-fetch", rule, {
  valid: [
    {
      name: "fetch, source, build",
      code: `${GO}COPY go.mod go.sum ./\nRUN go mod download\nCOPY . .\nRUN go build\n`,
      files: MODULE,
    },
    {
      name: "fetched in the same RUN: another rule's",
      code: `${GO}COPY . .\nRUN go mod download && go build\n`,
      files: MODULE,
    },
    { name: "one file and no manifest", code: `${GO}COPY main.go .\nRUN go build -o /app main.go\n` },
    { name: "a folder, and nobody knows of a manifest", code: `${GO}COPY . .\nRUN go build\n` },
    { name: "fetched by go mod tidy", code: `${GO}COPY . .\nRUN go mod tidy\nRUN go build\n`, files: MODULE },
    { name: "a manifest made in the image", code: `${GO}COPY . .\nRUN go mod init x && go build\n`, files: MODULE },
    { name: "a module without dependencies", code: `${GO}COPY . .\nRUN go build\n`, files: { "go.mod": "module x\n" } },
    { name: "vendored modules", code: `${GO}COPY . .\nRUN go build\n`, files: { ...MODULE, "vendor/modules.txt": "" } },
    { name: "vendored, as an option says", code: `${GO}COPY . .\nRUN go build -mod=vendor\n`, files: MODULE },
    { name: "no modules at all", code: `${GO}ENV GO111MODULE=off\nCOPY . .\nRUN go build\n`, files: MODULE },
    { name: "tests alone", code: `${GO}COPY . .\nRUN go test ./...\n`, files: MODULE },
    { name: "a cache mount", code: `${MAVEN}COPY . .\nRUN --mount=type=cache,target=/root/.m2 mvn package\n` },
    { name: "offline", code: `${MAVEN}COPY . .\nRUN mvn -o package\n` },
    {
      name: "packages from another stage",
      code: `FROM maven:3.9.12 AS deps\n${MAVEN}COPY --from=deps /root/.m2 /root/.m2\nCOPY . .\nRUN mvn package\n`,
    },
    {
      name: "a fetch in the stage below",
      code: `FROM maven:3.9.12 AS deps\nWORKDIR /src\nCOPY pom.xml .\nRUN mvn dependency:go-offline\nFROM deps\nCOPY . .\nRUN mvn package\n`,
    },
    { name: "no pom.xml", code: `${MAVEN}COPY . .\nRUN mvn package\n`, files: { "main.java": "" } },
    {
      name: "--no-restore",
      code: "FROM mcr.microsoft.com/dotnet/sdk:10.0\nWORKDIR /src\nCOPY . .\nRUN dotnet publish --no-restore\n",
    },
    {
      name: "a crate without dependencies",
      code: "FROM rust:1.95.0\nWORKDIR /src\nCOPY . .\nRUN cargo build --release\n",
      files: { "Cargo.toml": '[package]\nname = "x"\n' },
    },
    { name: "manifests alone", code: `${MAVEN}COPY pom.xml .\nRUN mvn package\n` },
    { name: "an interpreted language", code: "FROM node:24.19.0\nWORKDIR /app\nCOPY . .\nRUN npm run build\n" },
  ],
  invalid: [
    {
      name: "Maven",
      code: `${MAVEN}COPY . .\nRUN mvn -B clean package\n${START}`,
      errors: [
        {
          messageId: "fetch",
          message:
            "Any edit under `COPY . .` (line 3) re-downloads all for `mvn -B clean package`. Copy pom.xml and run `mvn dependency:go-offline` first, or mount a cache.",
          line: 4,
          column: 5,
          suggestions: [
            `${MAVEN}COPY pom.xml ./\nRUN mvn -B dependency:go-offline\nCOPY . .\nRUN mvn -B clean package\n${START}`,
            `${MAVEN}COPY . .\nRUN --mount=type=cache,target=/root/.m2/repository mvn -B clean package\n${START}`,
          ],
        },
      ],
    },
    {
      name: "Maven's wrapper, for its owner, below a comment; tests are nothing to a fetch",
      code: `${JDK}\n# the project\nCOPY --chown=1000:1000 . .\n\nRUN ./mvnw -Pprod -s /usr/share/s.xml package -DskipTests\n${START}`,
      errors: [
        {
          messageId: "fetch",
          suggestions: [
            `${JDK}\nCOPY --chown=1000:1000 pom.xml mvnw ./\nCOPY --chown=1000:1000 .mvn .mvn/\n` +
              "RUN ./mvnw -Pprod -s /usr/share/s.xml dependency:go-offline\n" +
              `# the project\nCOPY --chown=1000:1000 . .\n\nRUN ./mvnw -Pprod -s /usr/share/s.xml package -DskipTests\n${START}`,
            `${JDK}\n# the project\nCOPY --chown=1000:1000 . .\n\n` +
              `RUN --mount=type=cache,target=/root/.m2/repository ./mvnw -Pprod -s /usr/share/s.xml package -DskipTests\n${START}`,
          ],
        },
      ],
    },
    {
      name: "Maven, with what the project has",
      code: `${UNKNOWN}COPY . .\nRUN mvn package\n`,
      files: { "pom.xml": "<project/>", ".mvn/maven.config": "-B", mvnw: "", "src/A.java": "" },
      errors: [
        {
          messageId: "fetch",
          suggestions: [
            `${UNKNOWN}COPY pom.xml ./\nCOPY .mvn .mvn/\nRUN mvn dependency:go-offline\nCOPY . .\nRUN mvn package\n`,
          ],
        },
      ],
    },
    {
      name: "Maven in a folder below, entered behind the copy",
      code: `${UNKNOWN}COPY . /app\nWORKDIR /app\nARG V=1\nRUN --mount=type=secret,id=s cd service && mvn package\n`,
      errors: [
        {
          messageId: "fetch",
          suggestions: [
            `${UNKNOWN}WORKDIR /app\nARG V=1\nCOPY service/pom.xml service/\n` +
              "RUN --mount=type=secret,id=s cd service && mvn dependency:go-offline\n" +
              "COPY . /app\nRUN --mount=type=secret,id=s cd service && mvn package\n",
          ],
        },
      ],
    },
    {
      name: "what the build needs besides is installed before the fetch, too",
      code: `${UNKNOWN}COPY . .\nRUN apk add maven\nRUN mvn package\n`,
      errors: [
        {
          messageId: "fetch",
          suggestions: [
            `${UNKNOWN}RUN apk add maven\nCOPY pom.xml ./\nRUN mvn dependency:go-offline\nCOPY . .\nRUN mvn package\n`,
          ],
        },
      ],
    },
    ...[
      [
        "modules that need each other",
        "mvn package",
        { "pom.xml": "<project><modules><module>a</module></modules></project>" },
      ],
      [
        "a parent beside it",
        "mvn -f app/pom.xml package",
        { "app/pom.xml": "<project><parent/><parent></parent></project>", "pom.xml": "" },
      ],
      ["modules picked on the command line", "mvn -pl app -am package", undefined],
      ["settings of the project", "mvn -s settings.xml package", undefined],
      ["a tool installed in the same RUN", "apk add maven && mvn package", undefined],
      ["another user", "sudo mvn package", undefined],
      ["perhaps only", "if true; then mvn package; fi", undefined],
      ["a word that is made at build time", "mvn -Dx=$(date +%s) package", undefined],
    ].map(([name, command, files]) => ({
      name: `Maven, and no edit that is right: ${name as string}`,
      code: `${UNKNOWN}COPY . .\nRUN ${command as string}\n`,
      ...(files ? { files: files as Record<string, string> } : {}),
      errors: [{ messageId: "fetch", suggestions: [] }],
    })),
    {
      name: "nor where a step that nobody knows stands between",
      code: `${UNKNOWN}COPY . .\nRUN ./prepare.sh\nRUN mvn package\n`,
      errors: [{ messageId: "fetch", suggestions: [] }],
    },
    {
      name: "nor where the source was copied in the stage below",
      code: `FROM example.com/a:1 AS base\nWORKDIR /src\nCOPY . .\nFROM base\nRUN mvn package\n`,
      errors: [{ messageId: "fetch", suggestions: [] }],
    },
    {
      name: "a manifest copied by name",
      code: `${GO}COPY go.mod go.sum ./\nCOPY . .\nRUN go build ./...\n${START}`,
      errors: [
        {
          messageId: "fetch",
          suggestions: [
            `${GO}COPY go.mod go.sum ./\nRUN go mod download\nCOPY . .\nRUN go build ./...\n${START}`,
            `${GO}COPY go.mod go.sum ./\nCOPY . .\nRUN --mount=type=cache,target=/go/pkg/mod go build ./...\n${START}`,
          ],
        },
      ],
    },
    {
      name: "a module known from the context, half of it copied, with CRLF and an ENV between",
      code: `${GO}COPY go.mod ./\nCOPY . .\r\nENV CGO_ENABLED=0\r\nRUN CGO_ENABLED=0 go build\r\n`,
      files: MODULE,
      policy: { builder: "kaniko" },
      errors: [
        {
          messageId: "fetch",
          suggestions: [
            `${GO}COPY go.mod ./\nENV CGO_ENABLED=0\r\nCOPY go.sum ./\r\nRUN go mod download\r\nCOPY . .\r\nRUN CGO_ENABLED=0 go build\r\n`,
          ],
        },
      ],
    },
    {
      name: "a module in a folder of the context, and in one of the image",
      code: `${GO}COPY api ./api\nRUN go build -C api\n`,
      files: { "api/go.mod": MODULE["go.mod"], "api/go.sum": "" },
      policy: { builder: "legacy" },
      errors: [
        {
          messageId: "fetch",
          suggestions: [
            `${GO}COPY api/go.mod api/go.sum api/\nRUN cd api && go mod download\nCOPY api ./api\nRUN go build -C api\n`,
          ],
        },
      ],
    },
    {
      name: "Cargo has no fetch without its targets",
      code: `FROM rust:1.95.0\nWORKDIR /src\nCOPY . .\nRUN cargo build --release\n${START}`,
      errors: [
        {
          messageId: "cook",
          message: /Build the dependencies first with cargo-chef, or mount a cache\.$/,
          suggestions: [
            `FROM rust:1.95.0\nWORKDIR /src\nCOPY . .\nRUN --mount=type=cache,target=/usr/local/cargo/registry cargo build --release\n${START}`,
          ],
        },
      ],
    },
    ...[
      ["put elsewhere", "ENV CARGO_HOME=/cargo\nCOPY . .\nRUN cargo build\n"],
      ["another user's", "USER app\nCOPY . .\nRUN cargo build\n"],
      ["needed by a later step", "COPY . .\nRUN cargo build\nRUN cargo test\n"],
      ["perhaps needed: the image does not say what it runs", "COPY . .\nRUN cargo build\n"],
      [
        "needed by a stage that is built on it for its platform",
        "COPY . .\nRUN cargo build\nCMD /app\nFROM x-${TARGETARCH}\nRUN cargo test\n",
        "FROM debian:12.15 AS x-amd64\nFROM rust:1.95.0 AS x-arm64\n",
      ],
      ["needed when the image runs", 'COPY . .\nRUN cargo build\nCMD ["cargo", "run"]\n'],
    ].map(([name, rest, from = "FROM rust:1.95.0\n"]) => ({
      name: `downloads that a cache mount would not keep: ${name ?? ""}`,
      code: `${from}WORKDIR /src\n${rest ?? ""}`,
      errors: [{ messageId: "cook", message: /first with cargo-chef\.$/, suggestions: [] }],
    })),
    {
      name: "Gradle has no task that only downloads",
      code: `${JDK}COPY . .\nRUN ./gradlew :app:bootJar\n${START}`,
      errors: [
        {
          messageId: "keep",
          message: /Keep the downloads in a cache mount: `--mount=type=cache,target=\/root\/\.gradle`\.$/,
          suggestions: [`${JDK}COPY . .\nRUN --mount=type=cache,target=/root/.gradle ./gradlew :app:bootJar\n${START}`],
        },
      ],
    },
    {
      name: ".NET, once",
      code: "FROM mcr.microsoft.com/dotnet/sdk:10.0\nWORKDIR /src\nCOPY . .\nRUN dotnet build\nRUN dotnet publish\n",
      errors: [
        {
          messageId: "fetch",
          line: 4,
          suggestions: [
            "FROM mcr.microsoft.com/dotnet/sdk:10.0\nWORKDIR /src\nCOPY *.csproj ./\nRUN dotnet restore\nCOPY . .\nRUN dotnet build\nRUN dotnet publish\n",
          ],
        },
      ],
    },
    {
      name: ".NET: a project with what it refers to and the settings above it, for the same platform",
      code: `${SDK}COPY . .\nRUN dotnet publish src/App/App.csproj -r linux-x64 -o /out\n`,
      files: {
        "src/App/App.csproj": '<Project>\n<ProjectReference Include="..\\Lib\\Lib.csproj" />\n</Project>',
        "src/Lib/Lib.csproj": '<Project><Import Project="..\\..\\eng\\common.props" /></Project>',
        "eng/common.props": "<Project/>",
        "Directory.Packages.props": "<Project/>",
        "src/App/Program.cs": "",
      },
      errors: [
        {
          messageId: "fetch",
          suggestions: [
            `${SDK}COPY src/App/App.csproj src/App/\nCOPY Directory.Packages.props ./\nCOPY src/Lib/Lib.csproj src/Lib/\nCOPY eng/common.props eng/\n` +
              "RUN dotnet restore src/App/App.csproj -r linux-x64\nCOPY . .\nRUN dotnet publish src/App/App.csproj -r linux-x64 -o /out\n",
          ],
        },
      ],
    },
    {
      name: ".NET: properties may decide what is needed; a value of a switch is no project",
      code: `${SDK}COPY . .\nRUN dotnet publish -c Release --self-contained true /p:Database=mysql -a $TARGETARCH\n`,
      errors: [
        {
          messageId: "fetch",
          suggestions: [
            `${SDK}COPY *.csproj ./\nRUN dotnet restore /p:Database=mysql -a $TARGETARCH\n` +
              "COPY . .\nRUN dotnet publish -c Release --self-contained true /p:Database=mysql -a $TARGETARCH\n",
          ],
        },
      ],
    },
    {
      name: ".NET: a solution",
      code: `${SDK}COPY . .\nRUN dotnet build\n`,
      files: {
        "App.sln": 'Project("{FAE0}") = "App", "App\\App.csproj", "{1}"\nEndProject\n',
        "App/App.csproj": "<Project/>",
        "App/packages.lock.json": "{}",
      },
      errors: [
        {
          messageId: "fetch",
          suggestions: [
            `${SDK}COPY App.sln ./\nCOPY App/App.csproj App/packages.lock.json App/\nRUN dotnet restore\nCOPY . .\nRUN dotnet build\n`,
          ],
        },
      ],
    },
    ...[
      ["a reference that is not there", { "A.csproj": '<ProjectReference Include="../B/B.csproj" />' }],
      ["a variable in a reference", { "A.csproj": '<ProjectReference Include="$(Lib)/B.csproj" />' }],
      ["two projects to choose from", { "A.csproj": "", "B.csproj": "" }],
      ["a name that COPY would split", { "My App.csproj": "" }],
      ["no project", { "main.cs": "" }],
    ].map(([name, files]) => ({
      name: `.NET, and no edit that is right: ${name as string}`,
      code: `${SDK}COPY . .\nRUN dotnet build\n`,
      files: files as Record<string, string>,
      errors: [{ messageId: "fetch", suggestions: [] }],
    })),
  ],
});
