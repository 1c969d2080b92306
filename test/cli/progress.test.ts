import { expect, it } from "vitest";
import { progressOn } from "../../src/cli/output/progress.js";

/** What is written while files are linted, one every `step` milliseconds. */
function written(isTerminal: boolean, step: number, files: number, ...words: [string?, string?]): string[] {
  const texts: string[] = [];
  let now = 0;
  const output = { isTerminal, columns: 80, write: (data: string | Uint8Array) => void texts.push(data.toString()) };
  const progress = progressOn(output, () => now, ...words);
  for (let done = 0; done < files; done++) {
    progress.update(done, files);
    now += step;
  }
  progress.clear();
  return texts;
}

it("appears after a second, is renewed ten times a second, and is taken away", () => {
  expect(written(true, 50, 25)).toEqual([
    "\r\x1b[KLinting 20 of 25 files",
    "\r\x1b[KLinting 22 of 25 files",
    "\r\x1b[KLinting 24 of 25 files",
    "\r\x1b[K",
  ]);
});

it("does not appear in a shorter run", () => {
  expect(written(true, 1, 900)).toEqual([]);
});

it("does not appear where there is no terminal", () => {
  expect(written(false, 1000, 10)).toEqual([]);
});

it("says what is done, where that is not linting", () => {
  expect(written(true, 500, 3, "Asking registries:", "images")).toEqual([
    "\r\x1b[KAsking registries: 2 of 3 images",
    "\r\x1b[K",
  ]);
});
