import rule from "../../rules/no-source-in-artifact-stage.js";
import { testRule } from "./rule-test.js";

const BUILD = "FROM golang:1.27.0 AS build\nWORKDIR /src\nCOPY . .\nRUN go build -o /out/app\n";

testRule("no-source-in-artifact-stage", rule, {
  valid: [
    { name: "the program alone", code: `${BUILD}FROM alpine:3.24.1\nCOPY --from=build /out/app /app\n` },
    {
      name: "with files by name",
      code: `${BUILD}FROM alpine:3.24.1\nWORKDIR /app\nCOPY templates templates\nCOPY --from=build /out/app ./\n`,
    },
    {
      name: "an interpreter as base image",
      code: `${BUILD}FROM python:3.14.2\nWORKDIR /app\nCOPY . .\nCOPY --from=build /out/app ./tool\n`,
    },
    {
      name: "an interpreter as command",
      code: `${BUILD}FROM alpine:3.24.1\nWORKDIR /app\nCOPY . .\nCOPY --from=build /out/app ./tool\nCMD ["python3", "main.py"]\n`,
    },
    {
      name: "an interpreter that is installed",
      code: `${BUILD}FROM alpine:3.24.1\nRUN apk add python3\nWORKDIR /app\nCOPY . .\nCOPY --from=build /out/app ./tool\n`,
    },
    {
      name: "a web server",
      code: `${BUILD}FROM nginx:1.31.1\nWORKDIR /www\nCOPY . .\nCOPY --from=build /out/app ./tool\n`,
    },
    {
      name: "the repository at a place of its own",
      code: `${BUILD}FROM alpine:3.24.1\nCOPY --from=build /out/app /app/\nWORKDIR /repo\nCOPY . .\n`,
    },
    {
      name: "nothing was compiled",
      code: "FROM node:24.19.0 AS build\nWORKDIR /src\nCOPY . .\nRUN npm run build\nFROM alpine:3.24.1\nWORKDIR /app\nCOPY . .\nCOPY --from=build /src/dist ./dist\n",
    },
    {
      name: "the program was made from other source",
      code: `FROM golang:1.27.0 AS build\nRUN git clone https://example.com/x && cd x && go build -o /out/app\nFROM alpine:3.24.1\nWORKDIR /app\nCOPY . .\nCOPY --from=build /out/app ./\n`,
    },
    {
      name: "a stage that is not exported",
      code: `${BUILD}FROM alpine:3.24.1 AS test\nWORKDIR /app\nCOPY . .\nCOPY --from=build /out/app ./\nFROM scratch\nCOPY --from=build /out/app /\n`,
    },
    {
      name: "a step that works with the source",
      code: `${BUILD}FROM alpine:3.24.1\nWORKDIR /app\nCOPY . .\nCOPY --from=build /out/app ./\nRUN ./render.sh\n`,
    },
  ],
  invalid: [
    {
      name: "the source beside the program",
      code: `${BUILD}FROM alpine:3.24.1\nWORKDIR /app\nCOPY . .\nCOPY --from=build /out/app ./\nCMD ["./app"]\n`,
      errors: [
        {
          messageId: "source",
          message:
            "`COPY . .` puts the source into an image that has the build's result (line 8) already. Leave it out, or copy by name what the program needs when it runs.",
          line: 7,
          suggestions: [`${BUILD}FROM alpine:3.24.1\nWORKDIR /app\nCOPY --from=build /out/app ./\nCMD ["./app"]\n`],
        },
      ],
    },
    {
      name: "with its comment, and users and owners do not need it",
      code: `${BUILD}FROM alpine:3.24.1\nRUN adduser -D app\nWORKDIR /app\n\n# the source\nCOPY . .\nCOPY --from=build /out/app ./\nRUN chown -R app /app\nUSER app\nCMD ["./app"]\n`,
      errors: [
        {
          messageId: "source",
          suggestions: [
            `${BUILD}FROM alpine:3.24.1\nRUN adduser -D app\nWORKDIR /app\n\nCOPY --from=build /out/app ./\nRUN chown -R app /app\nUSER app\nCMD ["./app"]\n`,
          ],
        },
      ],
    },
    ...[
      ["the command is a file of the project", 'ENTRYPOINT ["./entrypoint.sh", "./app"]\n'],
      ["an option names one", 'CMD ["./app", "--config=config/app.yaml"]\n'],
      ["the health check is one", 'HEALTHCHECK CMD ./check.sh\nCMD ["./app"]\n'],
      ["a file of it is made executable", 'RUN chmod +x ./start\nCMD ["./app"]\n'],
      ["a later step reads it", 'RUN cat /app/VERSION > /etc/version\nCMD ["./app"]\n'],
    ].map(([name, rest]) => ({
      name: `${name ?? ""}, so it is not offered to remove it`,
      code: `${BUILD}FROM alpine:3.24.1\nWORKDIR /app\nCOPY . .\nCOPY --from=build /out/app ./\n${rest ?? ""}`,
      errors: [{ messageId: "source", line: 7, suggestions: [] }],
    })),
    {
      name: "another stage takes it",
      code: `${BUILD}FROM alpine:3.24.1 AS app\nWORKDIR /app\nCOPY . .\nCOPY --from=build /out/app ./\nFROM alpine:3.24.1\nCOPY --from=app /app /app\n`,
      target: "app",
      errors: [{ messageId: "source", suggestions: [] }],
    },
    {
      name: "the command of a stage that is built on it for its platform names a file of it",
      code:
        `${BUILD}FROM alpine:3.24.1 AS app-amd64\nWORKDIR /app\nFROM alpine:3.24.1 AS app-arm64\nWORKDIR /app\nCOPY . .\n` +
        'COPY --from=build /out/app ./\nFROM app-${TARGETARCH}\nENTRYPOINT ["./entrypoint.sh", "./app"]\n',
      errors: [{ messageId: "source", line: 9, suggestions: [] }],
    },
    {
      name: "the build context tells which word is a file",
      code: `${BUILD}FROM alpine:3.24.1\nWORKDIR /app\nCOPY . .\nCOPY --from=build /out/app ./\nCMD ["./app", "serve", "templates"]\n`,
      files: { "main.go": "", "templates/index.html": "" },
      errors: [{ messageId: "source", suggestions: [] }],
    },
    {
      name: ".NET",
      code:
        "FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build\nWORKDIR /src\nCOPY . .\nRUN dotnet publish -o /out\n" +
        'FROM mcr.microsoft.com/dotnet/aspnet:10.0\nWORKDIR /app\nCOPY . .\nCOPY --from=build /out .\nENTRYPOINT ["dotnet", "x.dll"]\n',
      errors: [
        {
          messageId: "source",
          line: 7,
          suggestions: [
            "FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build\nWORKDIR /src\nCOPY . .\nRUN dotnet publish -o /out\n" +
              'FROM mcr.microsoft.com/dotnet/aspnet:10.0\nWORKDIR /app\nCOPY --from=build /out .\nENTRYPOINT ["dotnet", "x.dll"]\n',
          ],
        },
      ],
    },
  ],
});
