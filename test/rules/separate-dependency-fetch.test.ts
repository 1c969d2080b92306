import rule from "../../rules/separate-dependency-fetch.js";
import { testRule } from "./rule-test.js";

const GO = "FROM golang:1.27.0\nWORKDIR /src\n";
const MODULE = { "go.mod": "module x\nrequire example.com/y v1.0.0\n", "go.sum": "", "main.go": "" };
const MAVEN = "FROM maven:3.9.12\nWORKDIR /src\n";

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
      code: `${MAVEN}COPY . .\nRUN mvn -B clean package\n`,
      errors: [
        {
          messageId: "fetch",
          message:
            "Any change under `COPY . .` (line 3) re-runs `mvn -B clean package` (line 4) with all downloads, which rest on pom.xml alone. " +
            "Copy those first and run `mvn dependency:go-offline`, or give the step a cache mount.",
          line: 4,
          column: 5,
        },
      ],
    },
    {
      name: "a manifest copied by name",
      code: `${GO}COPY go.mod go.sum ./\nCOPY . .\nRUN go build ./...\n`,
      errors: [{ messageId: "fetch" }],
    },
    {
      name: "a module known from the context",
      code: `${GO}COPY . .\nRUN CGO_ENABLED=0 go build\n`,
      files: MODULE,
      errors: [{ messageId: "fetch" }],
    },
    {
      name: "Cargo",
      code: "FROM rust:1.95.0\nWORKDIR /src\nCOPY . .\nRUN cargo build --release\n",
      errors: [{ messageId: "fetch", message: /cargo chef cook/ }],
    },
    {
      name: "Gradle's wrapper",
      code: "FROM eclipse-temurin:25.0.1_8-jdk\nWORKDIR /src\nCOPY . .\nRUN ./gradlew :app:bootJar\n",
      errors: [{ messageId: "fetch" }],
    },
    {
      name: ".NET, once",
      code: "FROM mcr.microsoft.com/dotnet/sdk:10.0\nWORKDIR /src\nCOPY . .\nRUN dotnet build\nRUN dotnet publish\n",
      errors: [{ messageId: "fetch", line: 4 }],
    },
  ],
});
