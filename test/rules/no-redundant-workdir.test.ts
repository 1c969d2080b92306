import rule from "../../rules/no-redundant-workdir.js";
import { testRule } from "./rule-test.js";

testRule("no-redundant-workdir", rule, {
  valid: [
    { name: "once", code: "FROM alpine:3.24.1\nWORKDIR /app\n" },
    { name: "there and back", code: "FROM alpine:3.24.1\nWORKDIR /app\nWORKDIR /app/web\nWORKDIR /app\n" },
    { name: "relative folders add up", code: "FROM alpine:3.24.1\nWORKDIR /a\nWORKDIR b\nWORKDIR b\n" },
    { name: "another stage", code: "FROM alpine:3.24.1 AS a\nWORKDIR /app\nFROM alpine:3.24.1\nWORKDIR /app\n" },
    {
      name: "a stage that says again what it is built on has",
      code: "FROM alpine:3.24.1 AS a\nWORKDIR /app\nFROM a\nWORKDIR /app\n",
    },
    { name: "a variable that the base image has, or not", code: "FROM alpine:3.24.1\nWORKDIR $HOME\nWORKDIR $HOME\n" },
    {
      name: "Windows",
      code: "# escape=`\nFROM mcr.microsoft.com/windows/nanoserver:ltsc2025\nWORKDIR /app\nWORKDIR /app\n",
    },
  ],
  invalid: [
    {
      name: "with a COPY between",
      code: "FROM alpine:3.24.1\nWORKDIR /app\nCOPY . .\nWORKDIR /app\nCMD x\n",
      errors: [
        {
          messageId: "repeated",
          message: "The folder is `/app` already since line 2, so this changes nothing. Remove this WORKDIR.",
          line: 4,
          column: 1,
        },
      ],
      output: "FROM alpine:3.24.1\nWORKDIR /app\nCOPY . .\nCMD x\n",
    },
    {
      name: "spelled otherwise, the last line, Windows line ends",
      code: "FROM alpine:3.24.1\r\nENV APP=/app\r\nWORKDIR /app/\r\nWORKDIR $APP",
      errors: [{ messageId: "repeated" }],
      output: "FROM alpine:3.24.1\r\nENV APP=/app\r\nWORKDIR /app/\r\n",
    },
    {
      name: "a RUN that may have removed it: no fix",
      code: "FROM alpine:3.24.1\nWORKDIR /app\nRUN ./build.sh\nWORKDIR /app\n",
      errors: [{ messageId: "repeated" }],
    },
    {
      name: "three times",
      code: "FROM alpine:3.24.1\nWORKDIR /app\nWORKDIR /app\nWORKDIR /app\n",
      errors: [{ messageId: "repeated" }, { messageId: "repeated", message: /line 2/ }],
      output: "FROM alpine:3.24.1\nWORKDIR /app\n",
    },
  ],
});
