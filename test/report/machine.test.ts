import { describe, expect, it } from "vitest";
import { finding, resultOf } from "./finding.js";
import { partsOf as report } from "./report-on.js";

const bad = resultOf("app/Dockerfile", "FROM node\n", [finding(), finding({ severity: 1, line: 3 })]);
const clean = resultOf("Dockerfile", "FROM node:22\n");

describe("compact", () => {
  it("is one line a finding and nothing else", async () => {
    expect((await report("compact", [clean, bad])).join("")).toBe(
      "app/Dockerfile:1:6: error `node` has no tag. [explicit-tag]\n" +
        "app/Dockerfile:3:6: warning `node` has no tag. [explicit-tag]\n",
    );
  });

  it("stays one line a finding whatever is in it", async () => {
    const hostile = "\nDockerfile:1:1: error forged [x]\r\u2028\x1b";
    const output = await report("compact", [resultOf(hostile, "", [finding({ message: hostile })])]);
    expect(output.join("")).toBe(
      `\\nDockerfile:1:1: error forged [x]\\r\\u2028\\x1b:1:6: error ` +
        `\\nDockerfile:1:1: error forged [x]\\r\\u2028\\x1b [explicit-tag]\n`,
    );
  });
});

describe("json", () => {
  it("is an array of results, as they are", async () => {
    expect(JSON.parse((await report("json", [clean, bad])).join(""))).toEqual([clean, bad]);
  });

  it("is an array without results, too", async () => {
    expect(JSON.parse((await report("json", [])).join(""))).toEqual([]);
  });

  it("gives each result as soon as it is there", async () => {
    const [begin, first, second, end] = await report("json", [clean, bad]);
    expect([begin, end]).toEqual(["[", "]\n"]);
    expect(JSON.parse(first!)).toEqual(clean);
    expect(JSON.parse(second!.slice(1))).toEqual(bad);
  });

  it("holds no character that acts on a terminal", async () => {
    const hostile = resultOf("\x1b\x9b\u202e", "FROM \u2028\ufeff\n", [finding({ message: "\u202e" })]);
    const output = (await report("json", [hostile])).join("");
    expect(output).toMatch(/^[\x20-\x7e\n]*$/);
    expect(JSON.parse(output)).toEqual([hostile]);
  });
});
