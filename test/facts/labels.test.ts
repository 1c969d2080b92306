import { expect, it } from "vitest";
import { factsOf, type Given } from "./facts-of.js";

/** `name=value` of every label of the exported image; `?` for a value that is not known. */
function labels(text: string, given: Given = {}): string[] {
  return [...factsOf(text, given).facts.labels.values()].map(({ name, value }) => `${name}=${value ?? "?"}`);
}

it.each<[string, string, string[], Given?]>([
  ["several on a line", "FROM a\nLABEL b=c d=e\n", ["b=c", "d=e"]],
  ["the old form", "FROM a\nLABEL b c d\n", ["b=c d"]],
  ["names and values in quotes", 'FROM a\nLABEL "b c"="d e"\n', ["b c=d e"]],
  ["the last one of a name", "FROM a\nLABEL b=c\nLABEL b=d\n", ["b=d"]],
  ["not those of a stage that is only copied from", "FROM a AS x\nLABEL b=c\nFROM a\nCOPY --from=x / /\n", []],
  [
    "those of the stage that it is FROM, which it may change",
    "FROM a AS x\nLABEL b=c d=e\nFROM x\nLABEL b=f\n",
    ["b=f", "d=e"],
  ],
  ["those of --target", "FROM a AS x\nLABEL b=c\nFROM a\nLABEL b=d\n", ["b=c"], { target: "x" }],
  ["not those of ONBUILD", "FROM a\nONBUILD LABEL b=c\n", []],
  ["with an ARG's default", "FROM a\nARG V=1\nLABEL b=v$V\n", ["b=v1"]],
  ["with --build-arg", "FROM a\nARG V=1\nLABEL b=v$V\n", ["b=v2"], { buildArgs: { V: "2" } }],
  ["not with a --build-arg that no ARG takes up", "FROM a\nLABEL b=v$V\n", ["b=?"], { buildArgs: { V: "2" } }],
  ["with a global ARG that is declared again", "ARG V=1\nFROM a\nARG V\nLABEL b=v$V\n", ["b=v1"]],
  ["not with one that is not", "ARG V=1\nFROM a\nLABEL b=v$V\n", ["b=?"]],
  ["with ENV", "FROM a\nENV V=1\nLABEL b=v$V\n", ["b=v1"]],
  ["ENV before ARG", "FROM a\nENV V=1\nARG V=2\nLABEL b=v$V\n", ["b=v1"]],
  ["not with the value of another time", "FROM a\nLABEL b=v$V\nENV V=1\n", ["b=?"]],
  ["with ENV and ARG of the stage that it is FROM", "FROM a AS x\nENV V=1\nARG W=2\nFROM x\nLABEL b=$V$W\n", ["b=12"]],
  ["an ARG without a value", "FROM a\nARG V\nLABEL b=v$V\n", ["b=?"]],
])("%s", (_title, text, expected, given) => {
  expect(labels(text, given)).toEqual(expected);
});
