/** Reports stream: what they take does not grow with the number of files. */
import { spawnSync } from "node:child_process";
import { linkSync, mkdirSync, openSync, readSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, it } from "vitest";
import { partsOf } from "../report/report-on.js";
import { finding, resultOf } from "../report/finding.js";
import { folderFor } from "./command.js";

const FILES = 10_000;
const HEAP_MEGABYTES = 40;
const command = resolve(import.meta.dirname, "../../bin/fromlint.cjs");

it("10,000 files with findings, in less memory than their results would take", { timeout: 300_000 }, () => {
  const folder = folderFor({ source: `FROM node:latest\nFROM debian\n# ${"x".repeat(4000)}\n` });
  for (let number = 0; number < FILES; number++) {
    if (number % 1000 === 0) mkdirSync(join(folder, `d${number / 1000}`));
    linkSync(join(folder, "source"), join(folder, `d${Math.floor(number / 1000)}`, `Dockerfile.${number}`));
  }
  const formats = ["json", "sarif", "junit", "gitlab"];
  const argv = formats.flatMap((name) => ["--format", `${name}=${name}.out`]);
  const { status, stderr } = spawnSync(process.execPath, [`--max-old-space-size=${HEAP_MEGABYTES}`, command, ...argv], {
    cwd: folder,
    encoding: "utf8",
    env: { PATH: process.env.PATH },
  });
  expect([status, stderr]).toEqual([1, ""]);
  expect(statSync(join(folder, "json.out")).size).toBeGreaterThan(HEAP_MEGABYTES * 2 ** 20);
  const ends = ["]\n", "]}\n]}\n", "</testsuites>\n", "]\n"];
  expect(formats.map((name, index) => endOf(join(folder, `${name}.out`)).endsWith(ends[index]!))).not.toContain(false);
});

it.each(["text", "compact", "json", "sarif", "github", "gitlab", "junit", "checkstyle"])(
  "%s writes each result as it comes, and the same end whatever came",
  async (format) => {
    const results = Array.from({ length: 100 }, (_, index) =>
      resultOf(`Dockerfile.${index}`, "FROM node\n", [finding()]),
    );
    const [, ...parts] = await partsOf(format, results);
    const end = parts.pop()!;
    expect(parts.filter((part) => part === "")).toEqual([]);
    expect(end.length).toBeLessThan(500);
  },
);

it("markdown holds as much as a comment takes", async () => {
  const results = Array.from({ length: 3000 }, (_, index) =>
    resultOf(`Dockerfile.${index}`, "FROM node\n", [finding()]),
  );
  expect((await partsOf("markdown", results)).join("").length).toBeLessThan(65_536);
});

/** The last 100 bytes of a file as text. */
function endOf(path: string): string {
  const buffer = Buffer.alloc(100);
  const { size } = statSync(path);
  return buffer.toString("utf8", 0, readSync(openSync(path, "r"), buffer, 0, 100, Math.max(0, size - 100)));
}
