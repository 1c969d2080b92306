/** `fromlint explain IMAGE --online`: what a real registry holds of an image and its repository. */
import { describe, expect, it } from "vitest";
import { deleteManifest, pushImage, pushIndex, putManifest, type Pushable } from "../registry/support/push.js";
import { canRunRegistry } from "../registry/support/start-registry.js";
import { recordedRegistry, rows, short } from "./registry-project.js";

/** The rules that have something to say. */
function findings(stdout: string): string[] {
  return (JSON.parse(stdout) as { findings: { rule: string }[] }).findings.map(({ rule }) => rule);
}

/** The lines behind the heading. */
function registryPart(stdout: string): string[] {
  const lines = rows(stdout);
  return lines.slice(lines.indexOf("In the registry now") + 1);
}

const WIDE = { columns: 120 };

/** The image that was asked about: its tags, and what is said of it. */
function own(stdout: string): string[] {
  const lines = registryPart(stdout);
  const at = lines.findIndex((line) => line.startsWith("→"));
  return lines.slice(at, at + 2);
}

const LEGEND = "→ the image that was asked about; * a tag that stays with one release";

describe.runIf(canRunRegistry())("explain IMAGE --online", () => {
  const pushed: Record<"old" | "slim" | "newest" | "nightly", Pushable> = {} as never;
  const recorded = recordedRegistry(async (registry) => {
    pushed.old = await pushIndex(registry, "team/app", "1.4.1", { text: "older", created: "2025-01-15T10:00:00Z" });
    pushed.newest = await pushIndex(registry, "team/app", "1.10.0", { created: "2026-10-01T10:00:00Z" });
    for (const tag of ["1.10", "1", "latest"]) await putManifest(registry, "team/app", tag, pushed.newest);
    pushed.slim = await pushImage(registry, "team/app", "1.4.1-slim", {
      text: "slim",
      created: "2025-02-15T10:00:00Z",
    });
    pushed.nightly = await pushImage(registry, "team/app", "nightly", { text: "n", created: "2026-11-20T10:00:00Z" });
  });
  const { sent, project } = recorded;
  const today = "--date 2026-11-21";

  it("lists its tags newest first, those of one digest together, the exact ones marked", async () => {
    const { run } = project({});
    const { code, stdout, stderr } = await run(`explain HOST/team/app:1 --online ${today}`, WIDE);
    expect([code, stderr]).toEqual([0, ""]);
    const { old, slim, newest, nightly } = pushed;
    expect(registryPart(stdout).map((line) => line.trim())).toEqual([
      "→ 1.10.0*, 1.10, 1, latest",
      `${short(newest.digest)}; made on 2026-10-01, 51 days ago; 1 kB; linux/amd64, linux/arm64`,
      "1.4.1*",
      `${short(old.digest)}; made on 2025-01-15, 22 months ago; 1 kB; linux/amd64, linux/arm64`,
      "1.4.1-slim*",
      `${short(slim.digest)}; made on 2025-02-15, 21 months ago; 1 kB; linux/amd64`,
      "nightly",
      `${short(nightly.digest)}; made on 2026-11-20, yesterday; 1 kB; linux/amd64`,
      "",
      LEGEND,
      "The repository has 7 tags.",
    ]);
  });

  it("asks for tags by HEAD alone, and describes each image once; the next run sends nothing until --refresh", async () => {
    const { run } = project({});
    await run("explain HOST/team/app:1 --online");
    const first = sent();
    expect(first.filter((request) => request.startsWith("HEAD")).length).toBeLessThanOrEqual(7);
    expect(new Set(first).size).toBe(first.length);
    await run("explain HOST/team/app:1 --online");
    expect(sent()).toEqual(first);
    await run("explain HOST/team/app:1 --online --refresh");
    expect(sent().length).toBe(2 * first.length);
  });

  it("a digest, with the tags that point at it", async () => {
    const { run } = project({});
    const { stdout } = await run(`explain HOST/team/app@${pushed.old.digest} --online ${today}`);
    expect(own(stdout)).toEqual(["→ 1.4.1*", expect.stringContaining(short(pushed.old.digest)) as string]);
  });

  it("an image that no tag points at any more", async () => {
    const { digest } = await pushImage(recorded.registry, "team/moved", "1.0.0", { text: "first" });
    await pushImage(recorded.registry, "team/moved", "1.0.0", { text: "second" });
    const { run } = project({});
    const { stdout } = await run(`explain HOST/team/moved@${digest} --online`);
    expect(own(stdout)).toEqual(["→ (no tag points at it)", expect.stringContaining(short(digest)) as string]);
  });

  it("of very many tags the newest of its line and variant, and says how many were left out", async () => {
    const image = await pushImage(recorded.registry, "team/many", "0.0.1", { text: "many" });
    const tags = Array.from({ length: 60 }, (_, index) => [`1.0.${index}`, `2.0.${index}`]).flat();
    for (const tag of tags) await putManifest(recorded.registry, "team/many", tag, image);
    const { run } = project({});
    recorded.forget();
    const { stdout } = await run("explain HOST/team/many:1.0.3 --online --format json");
    const { online } = JSON.parse(stdout) as {
      online: { groups: { tags: { tag: string }[] }[]; leftOut: number; count: number };
    };
    const shown = online.groups[0]?.tags.map(({ tag }) => tag) ?? [];
    expect(online).toMatchObject({ count: 121, leftOut: 81 });
    expect(shown).toHaveLength(40);
    expect(shown[0]).toBe("2.0.59");
    expect(shown).toEqual(expect.arrayContaining(["1.0.3", "1.0.59", "1.0.41"]));
    // What was asked about is described, and that says its digest.
    expect(sent().filter((request) => request.startsWith("HEAD"))).toHaveLength(39);
    const text = await run("explain HOST/team/many:1.0.3 --online", WIDE);
    expect(text.stdout).toContain(
      "The repository has 121 tags; 81 of them, older or of other variants, were not looked at.",
    );
  });

  it("the rules say what they would say with --online", async () => {
    const { run } = project({});
    const newer = await run(`explain HOST/team/app:1.4.1 --online --format json ${today}`);
    expect(findings(newer.stdout)).toEqual(expect.arrayContaining(["outdated-base"]));
    const gone = await run("explain HOST/team/app:9 --online --format json");
    expect(findings(gone.stdout)).toEqual(expect.arrayContaining(["base-exists"]));
    const offline = await run("explain HOST/team/app:9 --format json");
    expect(findings(offline.stdout)).not.toContain("base-exists");
  });

  it("nothing that a registry says acts on the terminal", async () => {
    const platform = "linux/\x1b[2J\u202e";
    await pushImage(recorded.registry, "team/odd", "1.0.0", { platform, created: "\x1b[31m2026-01-01" });
    const { run } = project({});
    for (const format of ["text", "json"]) {
      const { code, stdout } = await run(`explain HOST/team/odd:1.0.0 --online --format ${format}`);
      expect(code).toBe(0);
      expect(stdout).toContain("1.0.0");
      expect(stdout).not.toMatch(/[\0-\x09\x0b-\x1f\u202e]/);
    }
  });

  it("what is gone", async () => {
    const { digest } = await pushImage(recorded.registry, "team/gone", "1.0.0", { text: "gone" });
    await deleteManifest(recorded.registry, "team/gone", digest);
    const { run } = project({});
    const tag = await run("explain HOST/team/app:9 --online");
    expect([tag.code, registryPart(tag.stdout)[0]]).toEqual([0, "gone: the registry has no such tag"]);
    const gone = await run(`explain HOST/team/gone@${digest} --online`);
    expect([gone.code, registryPart(gone.stdout)]).toEqual([
      0,
      ["gone: the registry has no such digest", "The repository has 0 tags."],
    ]);
    const nothing = await run("explain HOST/team/none:1 --online");
    expect(registryPart(nothing.stdout)[0]).toBe("gone: the registry has no such repository");
  });

  it("never fails because of the network: it is said once, and the rest stands", async () => {
    const { run } = project({ "fromlint.yaml": 'registries: { insecure: ["127.0.0.1:1"] }\n' });
    const offline = await run("explain 127.0.0.1:1/x:1.0.0", WIDE);
    const { code, stdout, stderr } = await run("explain 127.0.0.1:1/x:1.0.0 --online", WIDE);
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout.split("\n").slice(0, 8)).toEqual(offline.stdout.split("\n").slice(0, 8));
    expect(registryPart(stdout)).toEqual([
      expect.stringMatching(/^not known: 127\.0\.0\.1:1 refuses the connection/) as string,
    ]);
  });

  it("asks nobody whom the policy does not allow, and nobody without --online", async () => {
    const closed = project({ "fromlint.yaml": "registries: { allow: [docker.io] }\n" });
    const { stdout } = await closed.run("explain HOST/team/app:1 --online", WIDE);
    expect(stdout).toMatch(/not known: HOST is not asked: the policy's registries\.allow does not list it/);
    await project({}).run("explain HOST/team/app:1");
    expect(sent()).toEqual([]);
  });
});
