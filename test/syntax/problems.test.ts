/** What BuildKit refuses (instructions/parse.go, bflag.go), and what it takes. */
import { describe, expect, it } from "vitest";
import { parse } from "../../src/syntax/parse.js";
import { ast, file, problemData, problems, source } from "./show.js";

describe("is reported", () => {
  it.each([
    ["an empty file", "", "empty", ""],
    ["only comments and empty lines", "# a⏎⏎", "empty", ""],
    ["no FROM", "ARG A⏎RUN x", "noFrom", "ARG"],
    ["an instruction before the first FROM", "RUN x⏎FROM a", "beforeFrom", "RUN"],
    ["a misspelt FROM, and not that there is none", "FORM a⏎RUN x", "unknownInstruction", "FORM"],
    ["one before others", "ARG A⏎FRM a AS b⏎RUN x⏎FROM b", "unknownInstruction", "FRM"],
    ["an unknown instruction", "FROM a⏎FOO b", "unknownInstruction", "FOO"],
    ["FROM without an image", "FROM", "missingArguments", "FROM"],
    ["FROM with white space of Unicode behind it", "FROM\u0085⏎FROM a", "missingArguments", "FROM"],
    ["FROM with a flag and no image", "FROM --platform=x", "missingArguments", "FROM"],
    ["FROM with two words", "FROM a b", "fromArguments", "a b"],
    ["FROM with four words", "FROM a AS b c", "fromArguments", "a AS b c"],
    ["FROM with three words but no AS", "FROM a OF b", "fromArguments", "a OF b"],
    ["a stage name that starts with a digit", "FROM a AS 1b", "invalidStageName", "1b"],
    ["a stage name with a slash", "FROM a AS b/c", "invalidStageName", "b/c"],
    ["ARG without a name", "ARG⏎FROM a", "missingArguments", "ARG"],
    ["ARG with a blank name", "ARG =x⏎FROM a", "invalidPair", "=x"],
    ["ENV alone", "FROM a⏎ENV", "missingArguments", "ENV"],
    ["ENV without a value", "FROM a⏎ENV A", "invalidPair", "A"],
    ["ENV with a second word that is no pair", "FROM a⏎ENV A=1 B", "invalidPair", "B"],
    ["ENV with a blank name", "FROM a⏎ENV =1", "invalidPair", "=1"],
    ["LABEL without a value", "FROM a⏎LABEL a", "invalidPair", "a"],
    ["COPY with one word", "FROM a⏎COPY a", "missingArguments", "COPY"],
    ["ADD alone", "FROM a⏎ADD", "missingArguments", "ADD"],
    ["COPY into a heredoc", "FROM a⏎COPY a <<E⏎E", "invalidArguments", "<<E"],
    ["WORKDIR alone", "FROM a⏎WORKDIR", "missingArguments", "WORKDIR"],
    ["USER alone", "FROM a⏎USER", "missingArguments", "USER"],
    ["EXPOSE alone", "FROM a⏎EXPOSE", "missingArguments", "EXPOSE"],
    ["VOLUME alone", "FROM a⏎VOLUME", "missingArguments", "VOLUME"],
    ["VOLUME with an empty string", 'FROM a⏎VOLUME ["", "b"]', "invalidArguments", '["", "b"]'],
    ["STOPSIGNAL alone", "FROM a⏎STOPSIGNAL", "missingArguments", "STOPSIGNAL"],
    ["ONBUILD alone", "FROM a⏎ONBUILD", "missingArguments", "ONBUILD"],
    ["ONBUILD ONBUILD", "FROM a⏎ONBUILD ONBUILD RUN x", "invalidOnbuild", "ONBUILD"],
    ["ONBUILD FROM", "FROM a⏎ONBUILD FROM b", "invalidOnbuild", "FROM"],
    ["ONBUILD MAINTAINER", "FROM a⏎ONBUILD maintainer b", "invalidOnbuild", "maintainer"],
    ["a mistake in what ONBUILD triggers", "FROM a⏎ONBUILD COPY --form=b c d", "invalidFlag", "--form=b"],
    ["SHELL in the shell form", "FROM a⏎SHELL bash -c", "invalidArguments", "bash -c"],
    ["SHELL without strings", "FROM a⏎SHELL []", "missingArguments", "SHELL"],
    ["a JSON array of numbers", "FROM a⏎CMD [1]", "jsonNotStrings", "[1]"],
    ["HEALTHCHECK alone", "FROM a⏎HEALTHCHECK", "missingArguments", "HEALTHCHECK"],
    ["HEALTHCHECK CMD without a command", "FROM a⏎HEALTHCHECK CMD", "missingArguments", "HEALTHCHECK"],
    ["HEALTHCHECK NONE with arguments", "FROM a⏎HEALTHCHECK NONE x", "invalidArguments", "NONE x"],
    ["HEALTHCHECK with another word", "FROM a⏎HEALTHCHECK curl x", "invalidArguments", "curl"],
    ["a duration that is none", "FROM a⏎HEALTHCHECK --interval=5 CMD x", "invalidArguments", "5"],
    ["retries that are no number", "FROM a⏎HEALTHCHECK --retries=x CMD x", "invalidArguments", "x"],
    ["an unknown flag", "FROM a⏎RUN --user=x y", "invalidFlag", "--user=x"],
    ["a flag where none is taken", "FROM a⏎WORKDIR --x /a", "invalidFlag", "--x"],
    ["another instruction's flag", "FROM a⏎ADD --from=b c d", "invalidFlag", "--from=b"],
    ["a flag without its value", "FROM a⏎COPY --from b c", "invalidFlag", "--from"],
    ["a switch with another value than true or false", "FROM a⏎COPY --link=yes b c", "invalidFlag", "--link=yes"],
    ["a flag twice", "FROM a⏎COPY --from=b --from=c d e", "invalidFlag", "--from=c"],
    ["a network that does not exist", "FROM a⏎RUN --network=bridge x", "invalidArguments", "bridge"],
    ["a security mode that does not exist", "FROM a⏎RUN --security=x y", "invalidArguments", "x"],
    ["a mount that is refused", "FROM a⏎RUN --mount=form=b x", "invalidMount", "form=b"],
    ["a directive twice", "# escape=`⏎# escape=`⏎FROM a", "duplicateDirective", "# escape=`"],
    ["an escape character that is none", "# escape=x⏎FROM a", "invalidEscape", "x"],
    ["a heredoc without end", "FROM a⏎RUN <<E⏎x", "unterminatedHeredoc", "<<E"],
    ["a continuation and nothing else", "FROM a⏎\\", "unknownInstruction", "\\"],
  ])("%s", (_title, text, code, place) => {
    const found = ast(text).problems;
    expect(found.map((problem) => problem.code)).toEqual([code]);
    expect(source(text, found[0]!)).toBe(place);
  });
});

it("another word in front of the first FROM explains nothing", () => {
  expect(problems("FOO a⏎RUN x")).toEqual(["noFrom", "unknownInstruction"]);
  expect(problems("RUN x⏎FORM a⏎RUN y")).toEqual(["beforeFrom", "unknownInstruction"]);
});

describe("is taken", () => {
  it.each([
    "FROM a",
    "ARG A⏎ARG B=$A⏎FROM a",
    "FROM a AS b-c_d.e",
    "FROM a as B⏎FROM b",
    "FROM --platform=$P a",
    "FROM a⏎RUN",
    "FROM a⏎CMD []",
    "FROM a⏎ENTRYPOINT []",
    "FROM a⏎ENTRYPOINT",
    "FROM a⏎MAINTAINER A B",
    "FROM a⏎STOPSIGNAL --x 9",
    "ARG --x A⏎FROM a",
    "FROM a⏎HEALTHCHECK --interval=1m30s --timeout=3s --start-period=0 --start-interval=500ms --retries=3 CMD x",
    "FROM a⏎HEALTHCHECK --whatever NONE",
    "FROM a⏎COPY --link --chown=1:1 --chmod=755 --parents=false --exclude=a --exclude=b --from=c d e",
    "FROM a⏎ADD --link=TRUE --keep-git-dir --checksum=sha256:x --unpack=false https://a/b c",
    "FROM a⏎RUN --mount=type=cache,target=/a --mount=type=ssh --network=none --security=sandbox --device=x y",
    "FROM a⏎ONBUILD RUN x",
    'FROM a⏎SHELL ["bash", "-c"]',
    "FROM a⏎COPY <<A <<B /x/⏎A⏎B",
    "FROM a⏎ENV A 1⏎LABEL b c d",
    "FROM $A",
  ])("%s", (text) => {
    expect(problems(text)).toEqual([]);
  });
});

describe("the nearest name", () => {
  it.each([
    ["FORM a", "FROM"],
    ["RNU x", "RUN"],
    ["runn x", "RUN"],
    ["ENTRYPIONT x", "ENTRYPOINT"],
    ["COPPY a b", "COPY"],
    ["INCLUDE x", ""],
    ["set x", ""],
    [`${"A".repeat(10_000)} x`, ""],
  ])("for %.20s is %j", (line, suggestion) => {
    expect(problemData(`FROM a⏎${line}`, "unknownInstruction")).toEqual([{ keyword: line.split(" ")[0], suggestion }]);
  });

  it.each([
    ["COPY --form=a b c", { flag: "--form", keyword: "COPY", suggestion: "from" }],
    ["RUN --mont=type=ssh x", { flag: "--mont", keyword: "RUN", suggestion: "mount" }],
    ["COPY --from b c", { flag: "--from", keyword: "COPY", suggestion: "" }],
    ["CMD --x y", { flag: "--x", keyword: "CMD", suggestion: "" }],
  ])("for %s", (line, data) => {
    expect(problemData(`FROM a⏎${line}`, "invalidFlag")).toEqual([data]);
  });
});

describe("limits", () => {
  it("a line of 65,535 bytes is taken, one more is not; the line end does not count, a carriage return does", () => {
    const line = (bytes: number): string => `FROM a⏎RUN ${"x".repeat(bytes - 4)}`;
    expect(problems(line(65_535))).toEqual([]);
    expect(problems(`${line(65_535)}⏎USER b`)).toEqual([]);
    expect(problemData(line(65_536), "lineTooLong")).toEqual([{ length: "65536", limit: "65535" }]);
    expect(problems(`${line(65_535)}\r⏎`)).toEqual(["lineTooLong"]);
  });

  it("bytes count, not characters", () => {
    expect(problemData(`FROM a⏎RUN ${"é".repeat(40_000)}`, "lineTooLong")).toEqual([
      { length: "80004", limit: "65535" },
    ]);
  });

  it("so do comments and heredoc bodies", () => {
    expect(problems(`# ${"x".repeat(70_000)}⏎FROM a`)).toEqual(["lineTooLong"]);
    expect(problems(`FROM a⏎RUN <<E⏎${"x".repeat(70_000)}⏎E`)).toEqual(["lineTooLong"]);
  });

  it.each([
    ["size", `FROM a⏎${"RUN echo hello⏎".repeat(80_000)}`, "tooLarge", { size: "1200007", limit: "1048576" }],
    [
      "comments times stages",
      "FROM a⏎# c⏎".repeat(2_000),
      "tooComplex",
      { what: "comments times stages", count: "4000000", limit: "1000000" },
    ],
    [
      "flags",
      `FROM a⏎RUN ${"--mount=type=ssh ".repeat(1_500)}x`,
      "tooComplex",
      { what: "flags", count: "1500", limit: "1000" },
    ],
  ] as const)("over the limit of %s every instruction is still there", (_title, text, code, data) => {
    const { instructions } = ast(text);
    expect(problemData(text, code)).toEqual([data]);
    expect(instructions).toHaveLength(file(text).match(/^(?:FROM|RUN)/gm)!.length);
  });

  it("a file that is no Dockerfile has at most 1,000 problems of a kind", () => {
    expect(problems("x⏎".repeat(3_000)).filter((code) => code === "unknownInstruction")).toHaveLength(1_000);
  });
});

describe("where another parser sees other instructions", () => {
  it("each is reported in its place, BuildKit's hold", () => {
    const text = "FROM a⏎ENV P=C:\\\\⏎FROM b⏎RUN x \\ \\⏎ FROM c";
    const found = ast(text).problems;
    expect(found.map(({ data }) => [data.how, data.keyword])).toEqual([
      ["missing", "FROM"],
      ["extra", "FROM"],
    ]);
    expect(found.map((problem) => source(text, problem))).toEqual(["FROM", "FROM"]);
    expect(ast(text).instructions.map(({ keyword }) => keyword.text)).toEqual(["FROM", "ENV", "FROM", "RUN"]);
  });

  it("a carriage return alone is a line end for others", () => {
    expect(problemData("FROM a\rRUN x", "readDifferently")).toEqual([{ keyword: "RUN", how: "extra" }]);
  });

  it("at most ten are told", () => {
    expect(problemData(`FROM a⏎${"ENV P=C:\\\\⏎FROM b⏎".repeat(20)}`, "readDifferently")).toHaveLength(10);
  });

  it("the usual forms of Dockerfiles are read alike", () => {
    const text = [
      "# syntax=docker/dockerfile:1",
      "# escape=\\",
      "ARG A=1",
      "FROM a:$A AS b",
      "RUN apt-get update \\",
      "    # comment",
      "",
      "    && apt-get install -y \\",
      "\t\tx",
      "COPY <<EOF /x",
      "FROM y",
      "EOF",
      "ONBUILD RUN <<-E",
      "\tFROM z",
      "\tE",
      'CMD ["a"]',
    ].join("\r\n");
    expect(parse(text).ast.problems).toEqual([]);
  });
});

it("problems come in the order of the text", () => {
  expect(problems("# escape=x⏎RUN x⏎FROM a AS 1⏎FOO⏎RUN --x y")).toEqual([
    "invalidEscape",
    "beforeFrom",
    "invalidStageName",
    "unknownInstruction",
    "invalidFlag",
  ]);
});
