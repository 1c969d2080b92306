/**
 * What words expand to. The facts are BuildKit's: those of its tables envVarTest, wordsTest and lex_test.go in
 * frontend/dockerfile/shell, restated, and others checked against its lexer.
 */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { expand, type Expansion } from "../../src/syntax/expand.js";
import { flagValue, instruction, source } from "./show.js";
import { processorTime } from "../support/work.js";

interface Value {
  readonly value: string;
}

const SET: Readonly<Record<string, string>> = {
  DIR: "/home",
  SHELL: "bash",
  EMPTY: "",
  KOREAN: "한국어",
  FILE: "/srv/data/report.tar.gz",
  STARS: "a*b**",
  X: "xxyy",
};

const lookup = (name: string): Value | null => (Object.hasOwn(SET, name) ? { value: SET[name]! } : null);

function expanded(text: string, escape = "\\"): Expansion<Value> {
  return expand({ text, offsetAt: (index) => index }, lookup, escape);
}

/** The text, or "error". */
const show = (text: string, escape?: string): string => {
  const expansion = expanded(text, escape);
  return expansion.error === null ? expansion.text : "error";
};

type Rows = readonly (readonly [word: string, expected: string])[];

const literals: Rows = [
  ["hello", "hello"],
  ["", ""],
  ["a b", "a b"],
  ["안녕하세요", "안녕하세요"],
  ["😀", "😀"],
  ["$", "$"],
  ["$.", "$."],
  ["a$.b", "a$.b"],
  ["a$ b", "a$ b"],
  ["<<EOF", "<<EOF"],
];

const quotes: Rows = [
  ["he'll'o", "hello"],
  ["he'llo", "error"],
  ["'hello", "error"],
  ['"hello', "error"],
  ['"hello\\"', "error"],
  ["''", ""],
  ["\"''\"", "''"],
  ["'\"a\"'", '"a"'],
  ['"a\'b"', "a'b"],
  ["'$DIR'", "$DIR"],
  ["'${DIR'", "${DIR"],
  ['"$DIR"', "/home"],
  ['"a${DIR}b"', "a/homeb"],
  ["\"a'$DIR'\"", "a'/home'"],
  ["안'녕'하", "안녕하"],
  ["a' b 'c", "a b c"],
];

const escapes: Rows = [
  ["a\\'b", "a'b"],
  ["a\\\\'b", "error"],
  ["a\\tb", "atb"],
  ['"a\\tb"', "a\\tb"],
  ['"a\\\\tb"', "a\\tb"],
  ["'a\\tb'", "a\\tb"],
  ["'a\\'", "a\\"],
  ["a\\", "a"],
  ["a\\\\", "a\\"],
  ["a\\$DIR", "a$DIR"],
  ["a\\\\$DIR", "a\\/home"],
  ['"a\\$DIR"', "a$DIR"],
  ['"a\\\\$DIR"', "a\\/home"],
  ["'a\\$DIR'", "a\\$DIR"],
  ["\\${}", "${}"],
  ["a\\${}b", "a${}b"],
  ["a\\ b", "a b"],
  ["안\\'녕", "안'녕"],
];

const plain: Rows = [
  ["$DIR", "/home"],
  ["a$DIR", "a/home"],
  ["a$DIR.b", "a/home.b"],
  ["$DIRx", ""],
  ["$dir", ""],
  ["$KOREAN", "한국어"],
  ["${DIR}", "/home"],
  ["a${DIR}b", "a/homeb"],
  ["a${UNSET}b", "ab"],
  ["${DIR}}", "/home}"],
  ["${EMPTY}", ""],
  ["${DIR", "error"],
  ["${", "error"],
  ["${}", "error"],
  ["${}a", "error"],
  ["${.}", "error"],
  ["${{a}", "error"],
  ["${:}", "error"],
  ["${:-a}", "error"],
  ["${:+a}", "error"],
];

const positional: Rows = [
  ["$1", ""],
  ["a$1b", "ab"],
  ["$999a", "a"],
  ["$001a", "a"],
  ["${1}a", "a"],
  ["${1:-b}a", "ba"],
  ["${999:+b}a", "a"],
  ["$@", ""],
  ["$@@@", "@@"],
  ["$@a", "a"],
  ["${@}a", "a"],
  ["${@:-b}a", "ba"],
  ["${*:+b}", ""],
  ["${#}", ""],
  ["${#:-b}", "b"],
  ["$?a", "a"],
  ["${?:-b}", "b"],
  ["$-a", "a"],
  ["${-:-b}", "b"],
  ["$$a", "a"],
  ["${$:-b}", "b"],
  ["$!a", "a"],
  ["${!:-b}", "b"],
  ["$0a", "a"],
  ["${0:-b}", "b"],
];

const alternatives: Rows = [
  ["${UNSET:-22}", "22"],
  ["${UNSET-22}", "22"],
  ["${EMPTY:-22}", "22"],
  ["${EMPTY-22}", ""],
  ["${DIR:-22}", "/home"],
  ["${DIR-22}", "/home"],
  ["${UNSET:-}", ""],
  ["a${UNSET:-$DIR}b", "a/homeb"],
  ["${UNSET:+22}", ""],
  ["${UNSET+22}", ""],
  ["${EMPTY:+22}", ""],
  ["${EMPTY+22}", "22"],
  ["${DIR:+22}", "22"],
  ["${DIR+22}", "22"],
  ["${DIR:+${SHELL}}", "bash"],
  ["${DIR:+${DIR}:}", "/home:"],
  ["${UNSET:+${DIR}}", ""],
  ["${DIR?}", "/home"],
  ["${DIR:?no}", "/home"],
  ["${EMPTY?}", ""],
  ["${EMPTY:?}", "error"],
  ["${UNSET?}", "error"],
  ["${UNSET:?no}", "error"],
  ["${DIR:=22}", "error"],
  ["${DIR=22}", "error"],
  ["${DIR:22}", "error"],
  ["${DIR:0:2}", "error"],
  ["${DIR,,}", "error"],
  ["${UNSET:-a", "error"],
];

const nested: Rows = [
  ["${UNSET:-${ALSO:-22}}", "22"],
  ["${UNSET:-${DIR:-22}}", "/home"],
  ["${UNSET:-22}}", "22}"],
  ["${UNSET:-a {b}", "a {b"],
  ["${UNSET:-a ${b}", "error"],
  ["${UNSET:-\\$DIR:}", "$DIR:"],
  ["${UNSET:-\\${DIR}z}", "${DIRz}"],
  ["${UNSET:-'a b'}", "a b"],
  ["${UNSET:-'}'}", "}"],
  ['${UNSET:-"$DIR"}', "/home"],
  ["${UNSET:-\\}}", "}"],
  ["${DIR:-${UNSET:?no}}", "error"],
];

const trimmed: Rows = [
  ["${FILE#/srv}", "/data/report.tar.gz"],
  ["${FILE#data}", "/srv/data/report.tar.gz"],
  ["${FILE#*/}", "srv/data/report.tar.gz"],
  ["${FILE##*/}", "report.tar.gz"],
  ["${FILE%.gz}", "/srv/data/report.tar"],
  ["${FILE%.*}", "/srv/data/report.tar"],
  ["${FILE%%.*}", "/srv/data/report"],
  ["${FILE%/*}", "/srv/data"],
  ["${FILE#????}", "/data/report.tar.gz"],
  ["${FILE#[/]}", "/srv/data/report.tar.gz"],
  ["${X#*}", "xxyy"],
  ["${X##*}", ""],
  ["${X%*}", "xxyy"],
  ["${X#}", "xxyy"],
  ["${X##}", "xxyy"],
  ["${X%%}", "xxyy"],
  ["${X#*x*y}", "y"],
  ["${X##*x}", "yy"],
  ["${STARS%%\\**}", "a"],
  ["${STARS#a\\*}", "b**"],
  ["${STARS#a?}", "b**"],
  ["${STARS%\\*\\*}", "a*b"],
  ["${X#$UNSET}", "xxyy"],
  ["${DIR#${EMPTY:-/}}", "home"],
  ["${KOREAN#한}", "국어"],
  ["${KOREAN%?}", "한국"],
  ["${UNSET#a}", ""],
  ["${X#\\x}", "error"],
  ["${X:#x}", "error"],
  ["${X:%x}", "error"],
];

const replaced: Rows = [
  ["${FILE/srv/opt}", "/opt/data/report.tar.gz"],
  ["${FILE/a/A}", "/srv/dAta/report.tar.gz"],
  ["${FILE//a/A}", "/srv/dAtA/report.tAr.gz"],
  ["${FILE//\\//-}", "-srv-data-report.tar.gz"],
  ["${FILE//\\//\\/}", "\\/srv\\/data\\/report.tar.gz"],
  ["${FILE/*\\//}", "report.tar.gz"],
  ["${FILE/d*a/D}", "/srv/Dr.gz"],
  ["${FILE//?/x}", "xxxxxxxxxxxxxxxxxxxxxxx"],
  ["${X/z/w}", "xxyy"],
  ["${X/$UNSET/ww}", "wwxxyy"],
  ["${X//$UNSET/-}", "-x-x-y-y-"],
  ["${X///}", "xxyy"],
  ["${X/x/$SHELL}", "bashxyy"],
  ["${STARS//\\*/.}", "a.b.."],
  ["${UNSET/a/b}", ""],
  ["${X/x}", "error"],
  ["${X//x}", "error"],
  ["${X//}", "error"],
  ["${X/x/y", "error"],
];

describe.each([
  ["literal text", literals],
  ["quotes", quotes],
  ["escapes", escapes],
  ["$X and ${X}", plain],
  ["positional and special parameters, which are never set", positional],
  [":- - :+ + :? ?", alternatives],
  ["nesting", nested],
  ["# ## % %%", trimmed],
  ["/ //", replaced],
])("%s", (_title, rows) => {
  it.each(rows)("%s is %s", (word, expected) => {
    expect(show(word)).toBe(expected);
  });
});

describe("with escape=`", () => {
  it.each([
    ["a`$DIR", "a$DIR"],
    ["C:\\$DIR", "C:\\/home"],
    ["\\$DIR", "\\/home"],
    ['"`"a`""', '"a"'],
    ["a`", "a"],
    ["${STARS#a\\*}", "b**"],
  ])("%s is %s", (word, expected) => {
    expect(show(word, "`")).toBe(expected);
  });
});

describe("the message of ${X:?…} is the error", () => {
  it.each([
    ["${UNSET:?set it to a tag}", "UNSET: set it to a tag"],
    ["${UNSET:?not $SHELL}", "UNSET: not bash"],
    ["${UNSET?}", "UNSET: is not allowed to be unset"],
    ["${EMPTY:?}", "EMPTY: is not allowed to be empty"],
  ])("%s", (word, error) => {
    expect(expanded(word)).toMatchObject({ text: "", pieces: [], error });
  });

  it("names the variable as unresolved when it is not set", () => {
    expect(expanded("${UNSET:?}").unresolved).toEqual(["UNSET"]);
    expect(expanded("${EMPTY:?}").unresolved).toEqual([]);
  });
});

describe("what a text rests on", () => {
  it.each([
    ["a", [], []],
    ["$DIR/$UNSET", ["DIR"], ["UNSET"]],
    ["${UNSET:-22}", [], []],
    ["${UNSET:-$ALSO}", [], ["ALSO"]],
    ["${DIR:-$ALSO}", ["DIR"], []],
    ["${EMPTY:-$DIR}", ["EMPTY", "DIR"], []],
    ["${UNSET:+$ALSO}", [], []],
    ["${DIR:+$ALSO}", ["DIR"], ["ALSO"]],
    ["${DIR:?$ALSO}", ["DIR"], []],
    ["${X#$SHELL}", ["SHELL", "X"], []],
    ["${X#$ALSO}", ["X"], ["ALSO"]],
    ["${UNSET/a/b}", [], ["UNSET"]],
    ["$1$@", [], ["1", "@"]],
  ])("%s uses %j and misses %j", (word, used, unresolved) => {
    const expansion = expanded(word);
    expect(expansion.used.map(({ name }) => name)).toEqual(used);
    expect(expansion.unresolved).toEqual(unresolved);
  });
});

describe("pieces", () => {
  /** `text` for literal text, `NAME=text` for a variable's value, `NAME~text` for a computed one; with their source. */
  const pieces = (word: string): string[] =>
    expanded(word).pieces.map(({ text, range, variable, exact }) => {
      const what = variable === null ? text : `${variable.name}${exact ? "=" : "~"}${text}`;
      return `${what} <- ${word.slice(...range)}`;
    });

  it.each([
    ["node:22", ["node:22 <- node:22"]],
    ["$DIR:22", ["DIR=/home <- $DIR", ":22 <- :22"]],
    ["a${DIR}b", ["a <- a", "DIR=/home <- ${DIR}", "b <- b"]],
    ["${DIR:-22}", ["DIR=/home <- ${DIR:-22}"]],
    ["node:${UNSET:-22}-slim", ["node: <- node:", "22 <- 22", "-slim <- -slim"]],
    ["${UNSET:-$DIR}", ["DIR=/home <- $DIR"]],
    ["${UNSET:-${ALSO:-22}}", ["22 <- 22"]],
    ["${DIR:+22}", ["22 <- 22"]],
    ["${FILE##*/}", ["FILE~report.tar.gz <- ${FILE##*/}"]],
    ["${X/x/y}", ["X~yxyy <- ${X/x/y}"]],
    ['"a"', ["a <- a"]],
    ['a"b"c', ["a <- a", "b <- b", "c <- c"]],
    ["a\\$b", ["a <- a", "$ <- \\$", "b <- b"]],
    ["$UNSET", []],
    ["$EMPTY", ["EMPTY= <- $EMPTY"]],
  ])("of %s", (word, expected) => {
    expect(pieces(word)).toEqual(expected);
  });

  it("of a word that goes over a continuation stay apart, each with its own place", () => {
    const text = "FROM no\\⏎de:$\\⏎DIR";
    const node = instruction(text);
    const { pieces } = expand(node.type === "From" ? node.image! : expect.fail(), lookup, "\\");
    expect(pieces.map((piece) => [piece.text, source(text, piece)])).toEqual([
      ["no", "no"],
      ["de:", "de:"],
      ["/home", "$\\\nDIR"],
    ]);
  });

  it("of a flag's value lie where its characters are", () => {
    const text = 'FROM --platform="linux/$SHELL" a';
    expect(expand(flagValue(text), lookup, "\\").pieces.map((piece) => source(text, piece))).toEqual([
      "linux/",
      "$SHELL",
    ]);
  });
});

describe("hostile words", () => {
  const deep = "${a:-".repeat(10_000);

  it.each([
    ["substitutions 10,000 deep", deep],
    ["the same, closed", `${deep}x${"}".repeat(10_000)}`],
    ["in quotes", '"${a:-'.repeat(10_000)],
    ["a result that is too long", "${FILE}".repeat(100_000)],
  ])("%s are an error", (_title, word) => {
    expect(expanded(word).error).not.toBeNull();
  });

  it("100 deep are fine", () => {
    expect(show(`${"${a:-".repeat(100)}x${"}".repeat(100)}`)).toBe("x");
  });

  it("patterns that could be tried in very many ways give up instead", () => {
    const long = (name: string): Value => ({ value: name === "V" ? "a".repeat(20_000) : `${"*a".repeat(5_000)}b` });
    for (const word of ["${V#$P}", "${V##$P}", "${V%$P}", "${V%%$P}", "${V/$P/x}", "${V//$P/x}"]) {
      const give = (): void => {
        expect(expand({ text: word, offsetAt: (index) => index }, long, "\\").error).toMatch(/too long/);
      };
      expect(processorTime(give)).toBeLessThan(1_000);
    }
  });

  it("replacements cannot multiply without bound", () => {
    const long = (): Value => ({ value: "a".repeat(10_000) });
    expect(expand({ text: "${A//a/$B}", offsetAt: (index) => index }, long, "\\").error).toMatch(/too long/);
  });
});

describe("for any word", () => {
  const TOKENS = [
    "a",
    " ",
    "$",
    "{",
    "}",
    "${",
    "DIR",
    "EMPTY",
    "UNSET",
    ":",
    "-",
    "+",
    "?",
    "#",
    "%",
    "/",
    "*",
    "\\",
    "'",
    '"',
    "😀",
    "`",
  ];
  const words = fc.oneof(
    fc.array(fc.constantFrom(...TOKENS), { maxLength: 20 }).map((tokens) => tokens.join("")),
    fc
      .array(
        fc.constantFrom(
          "${DIR",
          "${EMPTY",
          "${UNSET",
          ":-",
          "-",
          ":+",
          "#",
          "%%",
          "/a",
          "/",
          "}",
          "}",
          "$X",
          "a",
          "'b'",
        ),
        { maxLength: 12 },
      )
      .map((tokens) => tokens.join("")),
  );

  it("the pieces make up the text, in order and inside of the word", () => {
    fc.assert(
      fc.property(words, fc.constantFrom("\\", "`"), (word, escape) => {
        const { text, pieces } = expanded(word, escape);
        expect(pieces.map((piece) => piece.text).join("")).toBe(text);
        pieces.reduce((end, { range }) => {
          expect(range[0]).toBeGreaterThanOrEqual(end);
          return range[1];
        }, 0);
        expect(pieces.at(-1)?.range[1] ?? 0).toBeLessThanOrEqual(word.length);
      }),
      { numRuns: 2_000 },
    );
  });

  it("an exact literal piece is what stands in its place", () => {
    fc.assert(
      fc.property(words, (word) => {
        for (const { text, range, variable, exact } of expanded(word).pieces) {
          if (variable === null && exact) expect(word.slice(...range)).toBe(text);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it("putting another value into an exact literal piece changes just that part of the text", () => {
    fc.assert(
      fc.property(words, (word) => {
        const { pieces } = expanded(word);
        const index = pieces.findIndex(({ variable, exact }) => variable === null && exact);
        if (index === -1) return;
        const [from, to] = pieces[index]!.range;
        const edited = expanded(`${word.slice(0, from)}Z${word.slice(to)}`);
        // An edit may touch a name in front of it (`$DIR` + `a`): then there is nothing to compare.
        if (/[\p{L}\p{Nd}_$]$/u.test(word.slice(0, from)) || edited.error !== null) return;
        expect(edited.text).toBe(pieces.map(({ text }, at) => (at === index ? "Z" : text)).join(""));
      }),
      { numRuns: 2_000 },
    );
  });
});
