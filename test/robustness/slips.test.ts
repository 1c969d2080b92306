/** What a new user mistypes, and what comes back: one line that says what is wrong and what is meant. */
import { describe, expect, it } from "vitest";
import { folderFor, fromlint } from "./command.js";

const TWICE =
  "--format text and --format json both go to the standard output: give one a file, such as --format json=FILE.";

describe("a slip is answered with what was meant", () => {
  it.each<[argv: string, answer: string]>([
    ["--fxi", "There is no option --fxi. Did you mean --fix?"],
    ["--Fix", "There is no option --Fix. Did you mean --fix?"],
    ["--colour", "There is no option --colour. Did you mean --color?"],
    ["--max-warning 3", "There is no option --max-warning. Did you mean --max-warnings?"],
    ["-q", "There is no option -q. See fromlint --help."],
    [
      "--format jsn",
      "--format jsn: there is no such format, and no package eslint-formatter-jsn here; did you mean json?",
    ],
    ["--format text --format json", TWICE],
    [
      "bases --format sarif",
      "--format sarif is for findings, and `fromlint bases` shows none: it takes text, json or html.",
    ],
    ["--format", "--format needs a value: --format NAME[=FILE]."],
    ["--output --fix", "--output needs a value: --output FILE."],
    ["--max-warnings -1", '--max-warnings does not take "-1": it takes a number, 0 or more.'],
    ["--date today", '--date does not take "today": it takes a day, such as 2027-01-31.'],
    ["--rule no-latest", "--rule `no-latest` has no severity; write --rule NAME=SEVERITY"],
    ["--rule nolatest=off", "--rule: there is no rule `nolatest`; did you mean `no-latest`?"],
    [
      "--rule no-latest=warning",
      "--rule no-latest: `warning` is no severity; it is one of `off`, `warn`, `error`, `0`, `1`, `2`",
    ],
    ["--fix --apply explicit_tag", "--apply: there is no rule `explicit_tag`; did you mean `explicit-tag`?"],
    ["--fix --apply latest", "--apply: there is no rule `latest`; `fromlint --list-rules` shows them all"],
    ["--fix --apply ,", '--apply does not take ",": it takes names of rules with commas between them.'],
    ["--apply explicit-tag", "--apply needs --fix or --fix-dry-run."],
    ["Dockerfil", "Dockerfil: there is no such file or folder. Did you mean Dockerfile?"],
    ["app/Dokcerfile", "app/Dokcerfile: there is no such file or folder. Did you mean app/Dockerfile?"],
    ["ap/Dockerfile", "ap/Dockerfile: there is no such file or folder."],
    ["base", "base: there is no such file or folder. Did you mean the command `fromlint bases`?"],
    ["list-rules", "list-rules: there is no such file or folder. Did you mean --list-rules?"],
    ["bases --fix", "--fix does not go with `fromlint bases`."],
    ["--context Dockerfile", "--context Dockerfile: there is no such folder."],
    ["--build-context docs", '--build-context does not take "docs": it takes NAME=VALUE.'],
    ["--output Dockerfile", "The report cannot go to Dockerfile: this is one of the Dockerfiles."],
  ])("fromlint %s", (argv, answer) => {
    const folder = folderFor({ Dockerfile: "FROM scratch\n", "app/Dockerfile": "FROM scratch\n" });
    expect(fromlint(folder, argv)).toEqual({ code: 2, stdout: "", stderr: `fromlint: ${answer}\n` });
  });
});
