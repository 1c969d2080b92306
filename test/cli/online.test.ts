/** `--online`: what registries say of the images of a run. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { deleteManifest, pushImage, pushIndex, type Pushable } from "../registry/support/push.js";
import { canRunRegistry } from "../registry/support/start-registry.js";
import { pageIn } from "../report/readers.js";
import { HEADER, recordedRegistry, rows, short } from "./registry-project.js";

/** Rule, line and message of each finding that rests on registries. */
function findings(stdout: string): string[] {
  const results = JSON.parse(stdout) as { messages: { ruleId: string; line: number; message: string }[] }[];
  return results
    .flatMap(({ messages }) => messages)
    .filter(({ ruleId }) => ruleId === "base-exists" || ruleId === "outdated-base")
    .map(({ ruleId, line, message }) => `${ruleId} ${line} ${message}`);
}

describe.runIf(canRunRegistry())("--online", () => {
  let newest: Pushable;
  const recorded = recordedRegistry(async (registry) => {
    await pushIndex(registry, "team/app", "1.4.1-slim", { text: "older", created: "2025-01-15T10:00:00Z" });
    newest = await pushIndex(registry, "team/app", "1.10.0-slim", { created: "2026-10-01T10:00:00Z" });
    await pushImage(registry, "team/app", "2.0.0-slim", { text: "2" });
    await pushImage(registry, "team/app", "1.11.0", { text: "another variant" });
  });
  const { sent, project } = recorded;

  /** The user's own exercise, step by step. */
  it("a locked image that is deleted, and pushed again with other content", async () => {
    const first = await pushImage(recorded.registry, "gallery/ui", "v1", { text: "first" });
    const { run, read } = project({ Dockerfile: "FROM HOST/gallery/ui:v1\n" });
    expect((await run("lock")).code).toBe(0);
    expect(read()).toBe(`${HEADER}HOST/gallery/ui:v1 ${first.digest}\n`);
    expect(findings((await run("--online --format json")).stdout)).toEqual([]);

    await deleteManifest(recorded.registry, "gallery/ui", first.digest);
    const cached = await run("--online --format json");
    expect(findings(cached.stdout)).toEqual([]);
    const fresh = await run("--online --refresh --format json");
    expect(findings(fresh.stdout)).toEqual([
      `base-exists 1 The locked image of \`HOST/gallery/ui:v1\`, sha256:${short(first.digest)}…, is gone from the registry. ` +
        "Name a tag that is there, and run `fromlint lock`.",
    ]);
    expect((await run("lock --check")).code).toBe(1);

    const second = await pushImage(recorded.registry, "gallery/ui", "v1", { text: "second" });
    const { code, stdout } = await run("lock --check");
    expect([code, rows(stdout)[1]]).toEqual([
      1,
      `moved  HOST/gallery/ui:v1  ${short(first.digest)} -> ${short(second.digest)}  look at it, then run fromlint lock --update`,
    ]);
    expect(findings((await run("--online --refresh --format json")).stdout)).toEqual([
      expect.stringMatching(
        /^base-exists 1 .* was locked as sha256:[0-9a-f]{12}…, which is gone; the tag is another image now/,
      ),
      expect.stringMatching(/^outdated-base 1 `HOST\/gallery\/ui:v1` has moved since it was locked, from sha256:/),
    ]);
    expect((await run("lock --update=HOST/gallery/ui:v1")).code).toBe(0);
    expect(findings((await run("--online --refresh --format json")).stdout)).toEqual([]);
    expect((await run("lock --check")).code).toBe(0);
  });

  it("a newer release of the same line and variant, with its age; --apply takes it", async () => {
    const { run, read } = project({ Dockerfile: "ARG V=1.4.1\nFROM HOST/team/app:${V}-slim\n" });
    const { code, stdout, stderr } = await run("--online --format json --date 2026-11-21");
    expect([code, stderr]).toEqual([0, ""]);
    expect(findings(stdout)).toEqual([
      "outdated-base 2 `HOST/team/app:1.4.1-slim` was made 22 months ago, on 2025-01-15, and lacks later fixes. Use `HOST/team/app:1.10.0-slim`, the newest release of its line.",
    ]);
    await run("--online --fix --apply outdated-base");
    expect(read("Dockerfile")).toBe("ARG V=1.10.0\nFROM HOST/team/app:${V}-slim\n");
  });

  it("a written digest goes along with the tag", async () => {
    const older = await pushImage(recorded.registry, "team/pinned", "3.0.0", { text: "a" });
    const newer = await pushImage(recorded.registry, "team/pinned", "3.0.1", { text: "b" });
    const { run, read } = project({ Dockerfile: `FROM HOST/team/pinned:3.0.0@${older.digest}\n` });
    await run("--online --fix --apply outdated-base");
    expect(read("Dockerfile")).toBe(`FROM HOST/team/pinned:3.0.1@${newer.digest}\n`);
  });

  it("a tag, a digest, a repository that is gone", async () => {
    const gone = `sha256:${"a".repeat(64)}`;
    const { run } = project({
      Dockerfile: `FROM HOST/team/app:9\nFROM HOST/team/app@${gone}\nFROM HOST/team/app:1.10.0-slim@${gone}\n`,
    });
    const { stdout } = await run("--online --format json");
    expect(findings(stdout).filter((text) => text.startsWith("base-exists"))).toEqual([
      "base-exists 1 `HOST/team/app:9` is gone: the repository has no tag `9` any more. Name a tag that is there.",
      "base-exists 2 `HOST/team/app@sha256:aaaaaaaaaaaa…` is gone: the registry has no image with this digest any more. Use a tag or a digest that is there.",
      "base-exists 3 `HOST/team/app:1.10.0-slim@sha256:aaaaaaaaaaaa…` is gone: the registry has no image with this digest any more. Use a tag or a digest that is there.",
    ]);
  });

  it("each thing is asked once, and the next run sends nothing until --refresh", async () => {
    const uses = "FROM HOST/team/app:1.4.1-slim\nFROM HOST/team/app:1.10.0-slim\n";
    const { run } = project({ "a/Dockerfile": uses, "b/Dockerfile": uses, "c/Dockerfile": uses });
    await run("--online");
    const first = sent();
    expect(new Set(first).size).toBe(first.length);
    expect(first.filter((request) => request.startsWith("HEAD")).sort()).toEqual([
      "HEAD /v2/team/app/manifests/1.10.0-slim",
      "HEAD /v2/team/app/manifests/1.4.1-slim",
    ]);
    await run("--online");
    expect(sent()).toEqual(first);
    await run("--online --refresh");
    expect(sent().length).toBe(2 * first.length);
  });

  it("asks for nothing where no rule wants to know", async () => {
    const { run } = project({ Dockerfile: "FROM HOST/team/app:1.4.1-slim\n" });
    await run("--online --rule base-exists=off --rule outdated-base=off");
    expect(sent()).toEqual([]);
    await run("--online --rule outdated-base=off");
    expect(sent()).toEqual(["HEAD /v2/team/app/manifests/1.4.1-slim"]);
  });

  it("never fails because of the network, and says once what is not known", async () => {
    const { run } = project({
      "fromlint.yaml": 'registries: { insecure: ["127.0.0.1:1"] }\nbases: { verified: ["127.0.0.1:1/**"] }\n',
      "a/Dockerfile": "FROM 127.0.0.1:1/x:1.0.0\nFROM 127.0.0.1:1/y:1.0.0\n",
      "b/Dockerfile": "FROM 127.0.0.1:1/x:1.0.0\n",
    });
    const offline = await run("");
    const online = await run("--online");
    expect({ code: online.code, stdout: online.stdout }).toEqual({ code: offline.code, stdout: offline.stdout });
    expect(online.stderr).toMatch(
      /^fromlint: nothing is known of 127\.0\.0\.1:1\/x:1\.0\.0 and 1 more: 127\.0\.0\.1:1 refuses the connection\.\n$/,
    );
  });

  it("a registry that the policies do not agree on hears nothing", async () => {
    const outer = "registries: { allow: [docker.io] }\n";
    const { run, folder } = project({ Dockerfile: "FROM HOST/team/app:1.4.1-slim\n" });
    writeFileSync(join(folder, "outer.yaml"), outer);
    const { stderr } = await run("--online --policy outer.yaml");
    expect(sent()).toEqual([]);
    expect(stderr).toMatch(/nothing is known of HOST\/team\/app:1\.4\.1-slim: HOST is not asked/);
    await project({ "fromlint.yaml": "", Dockerfile: "FROM HOST/team/app:1.4.1-slim\n" }).run("--online");
    expect(sent()).toEqual([]);
  });

  it("without it nothing is sent, whatever the lock file holds", async () => {
    const { run } = project({
      Dockerfile: "FROM HOST/team/app:1.4.1-slim\n",
      "fromlint.lock": `${HEADER}HOST/team/app:1.4.1-slim ${newest.digest}\n`,
    });
    for (const line of ["", "--fix", "bases"]) await run(line);
    expect(sent()).toEqual([]);
  });

  describe("bases --online", () => {
    it("adds digest, size, platforms, created and the newest of the line", async () => {
      const { run } = project({
        Dockerfile: "FROM HOST/team/app:1.10.0-slim AS a\nFROM HOST/team/app:9\nFROM 127.0.0.1:1/x:1\nFROM a\n",
        "fromlint.yaml": 'registries: { insecure: ["HOST", "127.0.0.1:1"] }\n',
      });
      const { code, stdout, stderr } = await run("bases --online");
      expect([code, stderr]).toEqual([0, ""]);
      expect(rows(stdout)).toEqual([
        "IMAGE  TIER  PINNED  ROLE  END OF LIFE  DIGEST  SIZE  PLATFORMS  CREATED  NEWEST  WHERE",
        `HOST/team/app:1.10.0-slim  other  patch  final  ${short(newest.digest)}  1 kB  linux/amd64, linux/arm64  2026-10-01  1.10.0-slim  Dockerfile:1`,
        "HOST/team/app:9  other  major  build  gone  Dockerfile:2",
        "127.0.0.1:1/x:1  other  major  build  unknown  Dockerfile:3",
        "a  stage  final  Dockerfile:4",
        "",
        "3 images in 1 file",
        "  tier  other 3",
        "  pinned  major 2, patch 1",
        expect.stringMatching(/^ {2}1 unknown: 127\.0\.0\.1:1 refuses the connection/),
      ]);
    });

    it("in the page too, which is written to its file", async () => {
      const { run, read } = project({
        "app/Dockerfile": "FROM HOST/team/app:1.10.0-slim AS a\nFROM HOST/team/app:9\nFROM a\n",
        "web/Dockerfile": "FROM HOST/team/app:1.4.1-slim\nFROM 127.0.0.1:1/x:1\nFROM scratch\n",
        "fromlint.yaml": 'registries: { insecure: ["HOST", "127.0.0.1:1"] }\n',
      });
      const { code, stdout, stderr } = await run("bases --online --format html=page.html");
      expect([code, stdout, stderr]).toEqual([0, "", ""]);
      const { files, end } = pageIn(read("page.html"));
      expect(end.onlineColumns).toEqual(["DIGEST", "SIZE", "PLATFORMS", "CREATED", "NEWEST"]);
      const shown = files.map(({ path, uses }) => [path, uses.map(({ image, online }) => [image, online])]);
      const platforms = "linux/amd64, linux/arm64";
      const digest = expect.stringMatching(/^[0-9a-f]{12}$/) as string;
      expect(shown).toEqual([
        [
          "app/Dockerfile",
          [
            ["HOST/team/app:1.10.0-slim", [short(newest.digest), "1 kB", platforms, "2026-10-01", "1.10.0-slim"]],
            ["HOST/team/app:9", ["gone", "", "", "", ""]],
            ["a", undefined],
          ],
        ],
        [
          "web/Dockerfile",
          [
            ["HOST/team/app:1.4.1-slim", [digest, "1 kB", platforms, "2025-01-15", "1.10.0-slim"]],
            ["127.0.0.1:1/x:1", ["unknown", "", "", "", ""]],
            ["scratch", undefined],
          ],
        ],
      ]);

      const asked = sent().length;
      expect((await run("bases --format html=offline.html")).code).toBe(0);
      const offline = pageIn(read("offline.html"));
      expect(sent().length).toBe(asked);
      expect(offline.end.onlineColumns).toEqual([]);
      expect(offline.files.flatMap(({ uses }) => uses).filter(({ online }) => online !== undefined)).toEqual([]);
    });

    it("in JSON too, and only then", async () => {
      const { run } = project({ Dockerfile: "FROM HOST/team/app:1.4.1-slim AS a\nFROM a\n" });
      const [use, stage] = JSON.parse((await run("bases --online --format json")).stdout) as Record<string, unknown>[];
      expect(use?.online).toEqual({
        status: "found",
        reason: null,
        digest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/) as string,
        size: expect.any(Number) as number,
        platforms: ["linux/amd64", "linux/arm64"],
        created: "2025-01-15T10:00:00.000Z",
        newest: "1.10.0-slim",
      });
      expect(stage).not.toHaveProperty("online");
      expect(JSON.parse((await run("bases --format json")).stdout)).toEqual(
        [use, stage].map((each) => ({ ...each, online: undefined })),
      );
    });
  });
});
