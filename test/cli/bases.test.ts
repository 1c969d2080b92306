/** `fromlint bases`. */
import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { folderWith } from "./folder.js";
import { runIn } from "./run-in.js";

const DOCKERFILE = `# syntax=docker/dockerfile:1
ARG TAG=3.20
FROM alpine:\${TAG} AS build
FROM \${NOTHING}
COPY --from=build /a /b
COPY --from=ghcr.io/acme/tool@sha256:${"0".repeat(64)} /a /b
FROM scratch
`;

describe("json", () => {
  it("has every use with exactly these keys", async () => {
    const folder = folderWith({ "app/Dockerfile": DOCKERFILE });
    const { code, stdout } = await runIn(folder, "bases --format json");
    const uses = JSON.parse(stdout) as Record<string, unknown>[];
    expect(code).toBe(0);
    expect(uses[1]).toEqual({
      file: "app/Dockerfile",
      line: 3,
      column: 6,
      endLine: 3,
      endColumn: 19,
      kind: "from",
      raw: "alpine:${TAG}",
      status: "external",
      reference: "docker.io/library/alpine:3.20",
      registry: "docker.io",
      repository: "library/alpine",
      tag: "3.20",
      digest: null,
      stage: "build",
      role: "build",
      tier: "official",
      pinning: "minor",
      eol: { date: "2026-04-01", of: "alpine 3.20" },
      unresolved: [],
      provenance: [{ variable: "TAG", value: "3.20", source: "default", line: 2, column: 5 }],
    });
    expect(uses.map(({ kind, status }) => [kind, status])).toEqual([
      ["syntax", "external"],
      ["from", "external"],
      ["from", "unknown"],
      ["copy-from", "stage"],
      ["copy-from", "external"],
      ["from", "scratch"],
    ]);
    expect(uses[2]).toMatchObject({ reference: null, tier: null, pinning: null, unresolved: ["NOTHING"] });
  });

  it("is an empty array without uses", async () => {
    expect((await runIn(folderWith({}), "bases --format json")).stdout).toBe("[]\n");
  });
});

describe("the table", () => {
  it("has a line a use, and counts by tier and pinning", async () => {
    const { stdout } = await runIn(folderWith({ Dockerfile: DOCKERFILE }), "bases");
    expect(stdout).toBe(
      [
        "IMAGE                                   TIER      PINNED  ROLE    END OF LIFE             WHERE",
        "docker/dockerfile:1                     verified  major   copied                          Dockerfile:1",
        "alpine:3.20                             official  minor   build   2026-04-01 alpine 3.20  Dockerfile:3",
        "${NOTHING}                              unknown           build                           Dockerfile:4",
        "build                                   stage             copied                          Dockerfile:5",
        "ghcr.io/acme/tool@sha256:000000000000…  other     digest  copied                          Dockerfile:6",
        "scratch                                 scratch           final                           Dockerfile:7",
        "",
        "3 images in 1 file",
        "  tier     official 1, verified 1, other 1",
        "  pinned   major 1, minor 1, digest 1",
        "  1 not resolved",
        "",
      ].join("\n"),
    );
  });

  it("fits the terminal", async () => {
    const folder = folderWith({ [`${"deep/".repeat(20)}Dockerfile`]: `FROM ${"registry/".repeat(20)}app:1.2.3\n` });
    const { stdout } = await runIn(folder, "bases --no-color", { isTerminal: true });
    const [titles, row] = stdout.split("\n") as [string, string];
    expect(Math.max(titles.length, row.length)).toBeLessThanOrEqual(80);
    expect(row).toMatch(/^registry\/.*….*app:1\.2\.3 .*….*Dockerfile:1$/);
  });

  it("shows nothing of a file unescaped", async () => {
    const folder = folderWith({ "a\x1b[2J\n/Dockerfile": "FROM no\x1b]0;x\x07de\u202e\n" });
    for (const format of ["text", "json"]) {
      const { stdout } = await runIn(folder, `bases --format ${format}`);
      expect(stdout).not.toMatch(/[\0-\x09\x0b-\x1f\u202e]/);
      expect(stdout).toContain("\\u202e");
    }
  });
});

it("says what is missing from the inventory, and exits 1", async () => {
  const folder = folderWith({ "Dockerfile.a": "FROM a\n" });
  symlinkSync("nowhere", join(folder, "Dockerfile.b"));
  expect(await runIn(folder, "bases --format json")).toMatchObject({
    code: 1,
    stdout: expect.stringContaining('"raw":"a"') as string,
    stderr: "fromlint: Dockerfile.b: this file cannot be read (it is a link that leads nowhere).\n",
  });
});

it("stops at a broken policy", async () => {
  const folder = folderWith({ Dockerfile: "FROM a\n", "fromlint.yaml": "nothing: 1\n" });
  expect(await runIn(folder, "bases")).toMatchObject({ code: 2, stdout: "" });
});
