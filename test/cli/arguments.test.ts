import { describe, expect, it } from "vitest";
import { parseArguments, type Arguments } from "../../src/cli/arguments/arguments.js";
import { FLAGS } from "../../src/cli/arguments/flags.js";
import { helpText } from "../../src/cli/arguments/help.js";
import { RunError } from "../../src/cli/run-error.js";

/** Words of a command line, split at spaces. */
function parse(line: string, env: Record<string, string> = {}): Arguments {
  return parseArguments(line === "" ? [] : line.split(" "), env);
}

describe("a command line", () => {
  it("without anything lints the working directory", () => {
    expect(parse("")).toEqual({
      command: "lint",
      paths: ["."],
      stdinFilename: null,
      exclude: [],
      ignore: true,
      cache: false,
      cacheLocation: null,
      concurrency: "auto",
      changed: null,
      shard: null,
      baseline: null,
      baselineChange: null,
      config: null,
      policy: null,
      rules: [],
      date: null,
      printConfig: null,
      buildArgs: {},
      buildContexts: {},
      target: null,
      transport: "stdio",
      context: null,
      changes: [],
      online: null,
      update: null,
      check: false,
      force: false,
      toStdout: false,
      fix: null,
      apply: [],
      formats: [{ name: "text", output: null }],
      quiet: false,
      maxWarnings: null,
      color: null,
    });
  });

  it.each<[string, Partial<Arguments>]>([
    ["app web/Dockerfile", { paths: ["app", "web/Dockerfile"] }],
    ["- --stdin-filename app/Dockerfile", { paths: ["-"], stdinFilename: "app/Dockerfile" }],
    ["-- --odd", { paths: ["--odd"] }],
    ["--exclude a --exclude=b/**", { exclude: ["a", "b/**"] }],
    ["--no-ignore", { ignore: false }],
    ["--changed sub", { changed: { since: null }, paths: ["sub"] }],
    ["--changed=origin/main", { changed: { since: "origin/main" } }],
    ["--shard 2/5", { shard: { index: 2, of: 5 } }],
    ["--baseline b.json --prune", { baseline: "b.json", baselineChange: "prune" }],
    ["-c x.yaml --policy org.yaml", { config: "x.yaml", policy: "org.yaml" }],
    ["--rule a=off --rule b=warn", { rules: ["a=off", "b=warn"] }],
    ["--date 2028-02-29", { date: "2028-02-29" }],
    ["--build-arg A=1 --build-arg B=x=y --build-arg C=", { buildArgs: { A: "1", B: "x=y", C: "" } }],
    ["--build-context base=docker-image://alpine:3", { buildContexts: { base: "docker-image://alpine:3" } }],
    ["--target build --context sub", { target: "build", context: "sub" }],
    ["--online", { online: "cached" }],
    ["bases --online --refresh", { command: "bases", online: "fresh" }],
    ["lock", { command: "lock", paths: ["."] }],
    ["lock a --check", { command: "lock", paths: ["a"], check: true }],
    ["lock --update a", { command: "lock", paths: ["a"], update: "all" }],
    ["lock --update=node:22 --update=redis", { command: "lock", update: ["node:22", "redis"] }],
    ["lock --update=node:22 --update", { command: "lock", update: "all" }],
    ["--fix --apply a,b --apply c", { fix: "write", apply: ["a", "b", "c"] }],
    ["--fix-dry-run", { fix: "dry-run" }],
    ["-f json -o report.json", { formats: [{ name: "json", output: "report.json" }] }],
    ["--output -", { formats: [{ name: "text", output: null }] }],
    ["--output a", { formats: [{ name: "text", output: "a" }] }],
    ["--quiet --max-warnings 0", { quiet: true, maxWarnings: 0 }],
    [
      "--format text --format sarif=a/out.sarif",
      {
        formats: [
          { name: "text", output: null },
          { name: "sarif", output: "a/out.sarif" },
        ],
      },
    ],
    [
      "-f text -f json=b=c.json -o a",
      {
        formats: [
          { name: "text", output: "a" },
          { name: "json", output: "b=c.json" },
        ],
      },
    ],
    ["--format sarif=-", { formats: [{ name: "sarif", output: null }] }],
    ["--format ./mine.mjs=out", { formats: [{ name: "./mine.mjs", output: "out" }] }],
    ["--format @acme/pretty", { formats: [{ name: "@acme/pretty", output: null }] }],
    ["--color", { color: true }],
    ["--color --no-color", { color: false }],
    ["--no-color --color", { color: true }],
    ["bases app", { command: "bases", paths: ["app"] }],
    ["--format json bases", { command: "bases", paths: ["."], formats: [{ name: "json", output: null }] }],
    ["./bases", { command: "lint", paths: ["./bases"] }],
    ["-- bases", { command: "lint", paths: ["bases"] }],
    ["app bases", { command: "lint", paths: ["app", "bases"] }],
    ["bases bases", { command: "bases", paths: ["bases"] }],
    ["layers app/Dockerfile", { command: "layers", paths: ["app/Dockerfile"], changes: [] }],
    [
      "layers --change source --change arg:A=b --change line:12 a",
      { command: "layers", changes: ["source", "arg:A=b", "line:12"] },
    ],
    ["bases layers", { command: "bases", paths: ["layers"] }],
    ["layers bases", { command: "layers", paths: ["bases"] }],
    ["./layers", { command: "lint", paths: ["./layers"] }],
    ["--print-config app/Dockerfile", { command: "print-config", printConfig: "app/Dockerfile" }],
    ["--list-rules", { command: "list-rules" }],
    ["app --fix --help", { command: "help" }],
    ["-v", { command: "version" }],
  ])("%s", (line, expected) => {
    expect(parse(line)).toMatchObject(expected);
  });

  it("takes the outer policy from FROMLINT_POLICY, and rather from --policy", () => {
    const env = { FROMLINT_POLICY: "/etc/fromlint.yaml" };
    expect(parse("", env).policy).toBe("/etc/fromlint.yaml");
    expect(parse("--policy own.yaml", env).policy).toBe("own.yaml");
    expect(parse("", { FROMLINT_POLICY: "" }).policy).toBeNull();
  });

  it("takes a build argument without value from the environment, as docker build does", () => {
    expect(parse("--build-arg A --build-arg B", { A: "from outside" }).buildArgs).toEqual({ A: "from outside" });
  });

  it("keeps a name like __proto__ a name", () => {
    expect(Object.entries(parse("--build-arg __proto__=x").buildArgs)).toEqual([["__proto__", "x"]]);
  });
});

describe("a command line that cannot be meant says so in one line", () => {
  it.each([
    ["--formt json", "There is no option --formt. Did you mean --format?"],
    ["--qiet", "There is no option --qiet. Did you mean --quiet?"],
    ["-x", "There is no option -x. See fromlint --help."],
    ["--zzzzzzzz", "There is no option --zzzzzzzz. See fromlint --help."],
    ["--fix=yes", "--fix takes no value."],
    ["--config", "--config needs a value: --config FILE."],
    ["--config --fix", "--config needs a value: --config FILE."],
    ["--config=", "The value of --config is empty."],
    [
      "--format text --format json",
      "--format text and --format json both go to the standard output: give one a file, such as --format json=FILE.",
    ],
    [
      "--format text --format json -o out",
      "--format text and --format json both go to out: give one a file, such as --format json=FILE.",
    ],
    ["--format text=a --format json=a", "Two reports go to a: give each its own file."],
    ["--format text=a --format json -o a", "Two reports go to a: give each its own file."],
    ["--format text --format json=-", "Two reports go to the standard output: give each its own file."],
    ["--format json=a -o b", "--output b is for a --format without a file of its own, and there is none."],
    ["--format json=", "--format json=: there is no file behind the `=`."],
    ["--format =a", "--format =a: there is no name before the `=`."],
    [
      "bases --format compact",
      "--format compact is for findings, and `fromlint bases` shows none: it takes text, json or html.",
    ],
    ["bases --format jsn", '`fromlint bases` has no format "jsn": it takes text, json or html; did you mean json?'],
    ["bases --format ./x.js", '`fromlint bases` has no format "./x.js": it takes text, json or html.'],
    [
      "--list-rules --format sarif",
      "--format sarif is for findings, and --list-rules shows none: it takes text or json.",
    ],
    ["--date 2027-02-30", '--date does not take "2027-02-30": it takes a day, such as 2027-01-31.'],
    ["--date tomorrow", '--date does not take "tomorrow": it takes a day, such as 2027-01-31.'],
    ["--max-warnings=-1", '--max-warnings does not take "-1": it takes a number, 0 or more.'],
    ["--max-warnings -1", '--max-warnings does not take "-1": it takes a number, 0 or more.'],
    ["--max-warnings ten", '--max-warnings does not take "ten": it takes a number, 0 or more.'],
    ["--build-arg =x", '--build-arg does not take "=x": it takes NAME=VALUE.'],
    ["--build-context x", '--build-context does not take "x": it takes NAME=VALUE.'],
    ["--apply no-latest", "--apply needs --fix or --fix-dry-run."],
    ["--fix --apply ,", '--apply does not take ",": it takes names of rules with commas between them.'],
    ["--fix --fix-dry-run", "--fix changes files, --fix-dry-run does not: choose one."],
    ["--stdin-filename a", "--stdin-filename needs the path `-`."],
    ["- app", "`-`, the standard input, cannot stand beside other paths."],
    ["--refresh", "--refresh needs --online."],
    ["--update", "--update does not go with linting."],
    ["lock --check --update=a", "--check writes nothing, --update does: choose one."],
    ["lock --update=", "The value of --update is empty."],
    ["lock --check=a", "--check takes no value."],
    ["lock --online", "--online does not go with `fromlint lock`."],
    ["lock --fix", "--fix does not go with `fromlint lock`."],
    ["bases --fix", "--fix does not go with `fromlint bases`."],
    ["bases --list-rules", "`bases` does not go with --list-rules."],
    ["layers a b", "`fromlint layers` takes one file."],
    ["layers --fix a", "--fix does not go with `fromlint layers`."],
    [
      "layers --format junit",
      "--format junit is for findings, and `fromlint layers` shows none: it takes text or json.",
    ],
    ["--change source", "--change does not go with linting."],
    ["layers --change sorce", '--change does not take "sorce": it takes source, lockfile, arg:NAME or line:N.'],
    ["layers --change arg:", '--change does not take "arg:": it takes source, lockfile, arg:NAME or line:N.'],
    ["layers --change line:0", '--change does not take "line:0": it takes source, lockfile, arg:NAME or line:N.'],
    ["layers --list-rules", "`layers` does not go with --list-rules."],
    ["--list-rules app", "--list-rules takes no paths."],
    ["--print-config a --fix", "--fix does not go with --print-config."],
  ])("%s", (line, message) => {
    expect(() => parse(line)).toThrow(new RunError(message));
  });

  it("does not take an empty path for the working directory", () => {
    expect(() => parseArguments([""], {})).toThrow(new RunError("A path is empty."));
  });
});

describe("--help", () => {
  it("names every option", () => {
    for (const name of Object.keys(FLAGS)) expect(helpText()).toContain(`--${name}`);
  });

  it("fits 80 columns", () => {
    expect(
      helpText()
        .split("\n")
        .filter((line) => line.length > 80),
    ).toEqual([]);
  });
});
