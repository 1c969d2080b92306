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
            "`COPY . .` puts the source into the image beside what `COPY --from=build /out/app ./` (line 8) takes from the build. " +
            "Leave it out, or copy the files by name that the program needs when it runs.",
          line: 7,
        },
      ],
    },
    {
      name: ".NET",
      code:
        "FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build\nWORKDIR /src\nCOPY . .\nRUN dotnet publish -o /out\n" +
        'FROM mcr.microsoft.com/dotnet/aspnet:10.0\nWORKDIR /app\nCOPY . .\nCOPY --from=build /out .\nENTRYPOINT ["dotnet", "x.dll"]\n',
      errors: [{ messageId: "source", line: 7 }],
    },
  ],
});
