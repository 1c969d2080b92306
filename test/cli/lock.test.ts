/** `fromlint lock`, against a real registry. */
import { existsSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  deleteManifest,
  makeIndex,
  pushImage,
  pushIndex,
  putManifest,
  type Pushable,
} from "../registry/support/push.js";
import { canRunRegistry } from "../registry/support/start-registry.js";
import { HEADER, recordedRegistry, rows, short } from "./registry-project.js";
import { runIn } from "./run-in.js";

describe.runIf(canRunRegistry())("fromlint lock", () => {
  /** team/app: 1.4.1; 1.4, 1.4.2 and latest are one image. team/tool: v2.0.0. */
  let app: Pushable;
  let older: Pushable;
  let tool: Pushable;
  const recorded = recordedRegistry(async (registry) => {
    older = await pushIndex(registry, "team/app", "1.4.1", { text: "older" });
    app = await pushIndex(registry, "team/app", "1.4.2");
    for (const tag of ["1.4", "latest"]) await putManifest(registry, "team/app", tag, app);
    tool = await pushImage(registry, "team/tool", "v2.0.0", { format: "docker" });
  });
  const { sent, forget, project } = recorded;

  it("writes each image with its index digest, and the most exact tag of it", async () => {
    const { run, read } = project({
      "web/Dockerfile":
        "FROM HOST/team/app:1.4 AS build\nFROM HOST/team/app:1.4\nCOPY --from=HOST/team/tool:v2.0.0 /a /b\n",
    });
    const { code, stdout, stderr } = await run("lock");
    expect([code, stderr]).toEqual([0, ""]);
    expect(rows(stdout)).toEqual([
      "CHANGE  IMAGE  DIGEST  EXACT TAG",
      `added  HOST/team/app:1.4  ${short(app.digest)}  1.4.2`,
      `added  HOST/team/tool:v2.0.0  ${short(tool.digest)}`,
      "fromlint.lock: 2 images, 2 added.",
    ]);
    expect(read()).toBe(`${HEADER}HOST/team/app:1.4 ${app.digest} 1.4.2\nHOST/team/tool:v2.0.0 ${tool.digest}\n`);
    expect(sent().sort()).toEqual([
      "GET /v2/team/app/tags/list?n=1000",
      "HEAD /v2/team/app/manifests/1.4",
      "HEAD /v2/team/app/manifests/1.4.2",
      "HEAD /v2/team/tool/manifests/v2.0.0",
    ]);
  });

  it("finds every external image, by its ARG default too, and no stage", async () => {
    for (const name of ["syntax", "from", "arg", "copy", "mount", "onbuild", "context"]) {
      await pushImage(recorded.registry, `kinds/${name}`, "1.0.0", { text: name });
    }
    const { run, read } = project({
      "fromlint.yaml":
        'registries: { insecure: ["HOST"] }\ncontexts: { docs: "docker-image://HOST/kinds/context:1.0.0" }\n',
      Dockerfile: [
        "# syntax=HOST/kinds/syntax:1.0.0",
        "ARG NAME=HOST/kinds/arg",
        "ARG IMAGE=${NAME}:1.0.0",
        "FROM HOST/kinds/from:1.0.0 AS base",
        "FROM ${IMAGE}",
        "COPY --from=HOST/kinds/copy:1.0.0 /a /b",
        "COPY --from=base /a /b",
        "COPY --from=docs /a /b",
        "RUN --mount=type=bind,from=HOST/kinds/mount:1.0.0,target=/x true",
        "ONBUILD COPY --from=HOST/kinds/onbuild:1.0.0 /a /b",
        "FROM scratch",
        `FROM HOST/kinds/from@${app.digest}`,
        "",
      ].join("\n"),
    });
    expect((await run("lock")).code).toBe(0);
    expect(
      read()
        .split("\n")
        .slice(1, -1)
        .map((line) => line.split(" ")[0]),
    ).toEqual(
      ["arg", "context", "copy", "from", "mount", "onbuild", "syntax"].map((name) => `HOST/kinds/${name}:1.0.0`),
    );
  });

  it("counts what is not written as latest, and finds what it is", async () => {
    const { run, read } = project({ Dockerfile: "FROM HOST/team/app\n" });
    await run("lock");
    expect(read()).toBe(`${HEADER}HOST/team/app:latest ${app.digest} 1.4.2\n`);
  });

  it("asks for what is missing only, and drops what nobody uses", async () => {
    const { run, read, folder, host } = project({
      "a/Dockerfile": "FROM HOST/team/app:1.4.1\n",
      "b/Dockerfile": "FROM HOST/team/tool:v2.0.0\n",
    });
    await run("lock");
    forget();
    const again = await run("lock");
    expect(again).toMatchObject({ code: 0, stdout: "fromlint.lock: 2 images, nothing to change.\n" });
    expect(sent()).toEqual([]);

    writeFileSync(join(folder, "b/Dockerfile"), `FROM ${host}/team/app:1.4\n`);
    const changed = await run("lock");
    expect(rows(changed.stdout)).toEqual([
      "CHANGE  IMAGE  DIGEST  EXACT TAG",
      `added  HOST/team/app:1.4  ${short(app.digest)}  1.4.2`,
      `dropped  HOST/team/tool:v2.0.0  ${short(tool.digest)}`,
      "fromlint.lock: 2 images, 1 added, 1 dropped.",
    ]);
    expect(sent()).not.toContain("HEAD /v2/team/app/manifests/1.4.1");
    expect(read()).not.toContain("team/tool");
  });

  describe("drops nothing", () => {
    const LINE = `HOST/team/tool:v2.0.0 sha256:${"a".repeat(64)}\n`;
    it.each([
      ["when paths are named", "lock a"],
      ["when something is left out", "lock --exclude c"],
    ])("%s", async (_when, line) => {
      const { run, read } = project({ "a/Dockerfile": "FROM HOST/team/app:1.4.1\n", "fromlint.lock": HEADER + LINE });
      expect((await run(line)).code).toBe(0);
      expect(read()).toBe(`${HEADER}HOST/team/app:1.4.1 ${older.digest}\n${LINE}`);
    });

    it("below the folder of the lock file", async () => {
      const { folder, read } = project({
        "a/Dockerfile": "FROM HOST/team/app:1.4.1\n",
        "fromlint.lock": HEADER + LINE,
      });
      expect(await runIn(join(folder, "a"), "lock", { env: { HOME: folder } })).toMatchObject({ code: 0 });
      expect(read()).toContain(LINE);
      expect(existsSync(join(folder, "a/fromlint.lock"))).toBe(false);
    });

    it("while an image is not known, which is said", async () => {
      const { run, read } = project({
        Dockerfile: "ARG V\nFROM HOST/team/tool:${V}\nFROM HOST/team/app:1.4.1\n",
        "fromlint.lock": HEADER + LINE,
      });
      const { code, stderr } = await run("lock");
      expect([code, stderr]).toEqual([
        0,
        "fromlint: Dockerfile:2: HOST/team/tool:${V} cannot be locked (V has no value).\n",
      ]);
      expect(read()).toContain(LINE);
      expect((await run("lock --build-arg V=v2.0.0")).code).toBe(0);
    });
  });

  it("leaves out what locked-base is not to mind: an image that is built on the spot", async () => {
    const { run, read } = project({
      "fromlint.yaml":
        'registries: { insecure: ["HOST"] }\nexemptions: [{ rule: locked-base, image: "HOST/local/**", reason: built by make }]\n',
      Dockerfile: [
        "FROM HOST/local/base:1",
        "# fromlint-disable-next-line locked-base -- built by make",
        "FROM HOST/other/base:1",
        "FROM HOST/team/tool:v2.0.0",
        "",
      ].join("\n"),
    });
    expect((await run("lock")).code).toBe(0);
    expect(read()).toBe(`${HEADER}HOST/team/tool:v2.0.0 ${tool.digest}\n`);
    expect((await run("lock --check")).code).toBe(0);
    expect((await run("")).stdout).not.toMatch(/locked-base|valid-waiver/);
  });

  it("takes an exact tag that it knows without asking again", async () => {
    const { run, read, folder, host } = project({ Dockerfile: "FROM HOST/team/app:1.4\n" });
    await run("lock");
    writeFileSync(join(folder, "Dockerfile"), `FROM ${host}/team/app:1.4.2\n`);
    forget();
    expect((await run("lock")).code).toBe(0);
    expect(sent()).toEqual([]);
    expect(read()).toBe(`${HEADER}HOST/team/app:1.4.2 ${app.digest}\n`);
  });

  describe("--update", () => {
    const OLD = `sha256:${"a".repeat(64)}`;
    const stale = `${HEADER}HOST/team/app:1.4 ${OLD} 1.4.0\nHOST/team/app:1.4.1 ${OLD}\nHOST/team/tool:v2.0.0 ${OLD}\n`;
    const files = {
      Dockerfile: "FROM HOST/team/app:1.4\nFROM HOST/team/app:1.4.1\nFROM HOST/team/tool:v2.0.0\n",
      "fromlint.lock": stale,
    };

    it("moves every entry", async () => {
      const { run, read } = project(files);
      const { code, stdout } = await run("lock --update");
      expect(code).toBe(0);
      expect(rows(stdout)).toEqual([
        "CHANGE  IMAGE  DIGEST  EXACT TAG",
        `moved  HOST/team/app:1.4  aaaaaaaaaaaa -> ${short(app.digest)}  1.4.0 -> 1.4.2`,
        `moved  HOST/team/app:1.4.1  aaaaaaaaaaaa -> ${short(older.digest)}`,
        `moved  HOST/team/tool:v2.0.0  aaaaaaaaaaaa -> ${short(tool.digest)}`,
        "fromlint.lock: 3 images, 3 moved.",
      ]);
      expect(read()).toBe(
        `${HEADER}HOST/team/app:1.4 ${app.digest} 1.4.2\nHOST/team/app:1.4.1 ${older.digest}\nHOST/team/tool:v2.0.0 ${tool.digest}\n`,
      );
    });

    it.each([
      ["one image", "--update=HOST/team/tool:v2.0.0", ["HOST/team/tool:v2.0.0"]],
      ["all tags of a repository", "--update=HOST/team/app", ["HOST/team/app:1.4", "HOST/team/app:1.4.1"]],
      ["several", "--update=HOST/team/tool --update=HOST/team/app:1.4", ["HOST/team/app:1.4", "HOST/team/tool:v2.0.0"]],
    ])("%s", async (_what, flags, moved) => {
      const { run, read } = project(files);
      expect((await run(`lock ${flags}`)).code).toBe(0);
      const left = read()
        .split("\n")
        .filter((line) => line.includes(OLD))
        .map((line) => line.split(" ")[0] ?? "");
      expect(left).toEqual(
        ["HOST/team/app:1.4", "HOST/team/app:1.4.1", "HOST/team/tool:v2.0.0"].filter((name) => !moved.includes(name)),
      );
    });

    it.each([
      [
        "--update=HOST/team/ap:1.4",
        "--update=HOST/team/ap:1.4: no Dockerfile here uses it. Did you mean HOST/team/app:1.4?",
      ],
      ["--update=https://x", "--update=https://x: this is not the name of an image."],
      [
        "--update HOST/team/app:1.4",
        "HOST/team/app:1.4: there is no such file or folder. To update this image alone, write --update=HOST/team/app:1.4.",
      ],
      ["--update --check", "--check writes nothing, --update does: choose one."],
      ["--update=", "The value of --update is empty."],
    ])("%s: %s", async (flags, message) => {
      const { run, read } = project(files);
      expect(await run(`lock ${flags}`)).toEqual({ code: 2, stdout: "", stderr: `fromlint: ${message}\n` });
      expect(read()).toBe(stale);
    });
  });

  describe("--check", () => {
    it("is silent about a lock that is right, and writes nothing", async () => {
      const { run, folder } = project({ Dockerfile: `FROM HOST/team/app:1.4@${app.digest}\n` });
      await run("lock");
      const before = readdirSync(folder);
      expect(await run("lock --check")).toEqual({
        code: 0,
        stdout: "fromlint.lock: 1 image, all as they are locked.\n",
        stderr: "",
      });
      expect(readdirSync(folder)).toEqual(before);
    });

    it("says which images are missing, unused, moved, gone, or written otherwise", async () => {
      const gone = await pushImage(recorded.registry, "team/gone", "1.0.0", { text: "gone" });
      await deleteManifest(recorded.registry, "team/gone", gone.digest);
      const OLD = `sha256:${"a".repeat(64)}`;
      const lines = [
        `HOST/team/app:1.4 ${app.digest}`,
        `HOST/team/app:latest ${OLD}`,
        `HOST/team/gone:1.0.0 ${gone.digest}`,
        `HOST/team/unused:1 ${OLD}`,
        "",
      ];
      const { run, read } = project({
        "web/Dockerfile": `FROM HOST/team/app:1.4@${OLD}\nFROM HOST/team/app\nFROM HOST/team/gone:1.0.0\nFROM HOST/team/tool:v2.0.0\n`,
        "fromlint.lock": HEADER + lines.join("\n"),
      });
      const { code, stdout, stderr } = await run("lock --check");
      expect([code, stderr]).toEqual([1, ""]);
      expect(rows(stdout)).toEqual([
        "FOUND  IMAGE  DIGEST  WHAT TO DO",
        `differs  HOST/team/app:1.4  ${short(app.digest)} -> aaaaaaaaaaaa  web/Dockerfile:1 has another digest: run fromlint --fix`,
        `moved  HOST/team/app:latest  aaaaaaaaaaaa -> ${short(app.digest)}  look at it, then run fromlint lock --update`,
        `gone  HOST/team/gone:1.0.0  ${short(gone.digest)}  name an image that is there`,
        `missing  HOST/team/tool:v2.0.0  ${short(tool.digest)}  run fromlint lock`,
        "unused  HOST/team/unused:1  aaaaaaaaaaaa  run fromlint lock",
        "fromlint.lock: 4 images, 1 differs, 1 moved, 1 gone, 1 missing, 1 unused.",
      ]);
      expect(read()).toBe(HEADER + lines.join("\n"));

      const machine = await run("lock --check --format json");
      expect(machine.code).toBe(1);
      expect((JSON.parse(machine.stdout) as object[])[1]).toEqual({
        file: "fromlint.lock",
        change: "moved",
        image: "HOST/team/app:latest",
        from: { digest: OLD, exactTag: null },
        to: { digest: app.digest, exactTag: null },
        reason: null,
      });
    });

    it("finds a lock that is not there", async () => {
      const { run } = project({ Dockerfile: "FROM HOST/team/app:1.4\n" });
      expect(await run("lock --check")).toMatchObject({
        code: 1,
        stdout: expect.stringContaining("missing") as string,
      });
    });

    it("asks even for what a run asked just before", async () => {
      const moving = await pushImage(recorded.registry, "team/moving", "1.0.0", { text: "one" });
      const { run } = project({ Dockerfile: "FROM HOST/team/moving:1.0.0\n" });
      await run("lock");
      await run("--online");
      const next = await pushImage(recorded.registry, "team/moving", "1.0.0", { text: "two" });
      const { code, stdout } = await run("lock --check");
      expect([code, rows(stdout)[1]]).toEqual([
        1,
        `moved  HOST/team/moving:1.0.0  ${short(moving.digest)} -> ${short(next.digest)}  look at it, then run fromlint lock --update`,
      ]);
    });
  });

  describe("where an image cannot be looked up, nothing is written", () => {
    const KEPT = `${HEADER}HOST/team/app:1.4.1 sha256:${"a".repeat(64)}\n`;
    it("a tag that is not there", async () => {
      const { run, read } = project({
        Dockerfile: "FROM HOST/team/app:1.4.1\nFROM HOST/team/app:9\nFROM HOST/team/tool:v2.0.0\n",
        "fromlint.lock": KEPT,
      });
      expect(await run("lock --update")).toEqual({
        code: 2,
        stdout: "",
        stderr: "fromlint: HOST/team/app:9: its registry has no such tag.\nfromlint: nothing was written.\n",
      });
      expect(read()).toBe(KEPT);
    });

    it("a registry that is down, in one of two lock files", async () => {
      const { run, read, folder } = project({
        "fromlint.yaml": 'registries: { insecure: ["HOST", "127.0.0.1:1"] }\n',
        "a/fromlint.yaml": "extends: [../fromlint.yaml]\n",
        "a/Dockerfile": "FROM 127.0.0.1:1/x:1.0.0\n",
        Dockerfile: "FROM HOST/team/app:1.4.1\nFROM HOST/team/tool:v2.0.0\n",
        "fromlint.lock": KEPT,
      });
      for (const line of ["lock", "lock --check"]) {
        const { code, stderr } = await run(line);
        expect([code, stderr]).toEqual([
          2,
          expect.stringMatching(/^fromlint: 127\.0\.0\.1:1\/x:1\.0\.0: 127\.0\.0\.1:1 refuses/),
        ]);
      }
      expect(read()).toBe(KEPT);
      expect(
        readdirSync(folder)
          .concat(readdirSync(join(folder, "a")))
          .filter((name) => name.includes("lock")),
      ).toEqual(["fromlint.lock"]);
    });

    it("a registry that nobody allowed, which hears nothing of it", async () => {
      const { run } = project({
        "fromlint.yaml": "registries: { allow: [docker.io] }\n",
        Dockerfile: "FROM HOST/team/app:1.4\n",
      });
      const { code, stderr } = await run("lock");
      expect([code, stderr]).toEqual([
        2,
        expect.stringMatching(
          /^fromlint: HOST\/team\/app:1\.4: HOST is not asked: the policy's registries\.allow does not list it\.\n/,
        ),
      ]);
      expect(sent()).toEqual([]);
    });

    it("a Dockerfile that cannot be read", async () => {
      const { run, folder, read } = project({ "a/Dockerfile": "FROM HOST/team/app:1.4\n", "fromlint.lock": KEPT });
      symlinkSync("nowhere", join(folder, "Dockerfile"));
      expect(await run("lock")).toMatchObject({
        code: 2,
        stderr: "fromlint: Dockerfile: this file cannot be read (it is a link that leads nowhere).\n",
      });
      expect(read()).toBe(KEPT);
    });

    it("a lock file that is broken", async () => {
      const broken = `${HEADER}<<<<<<< ours\n${KEPT}`;
      const { run, read } = project({ Dockerfile: "FROM HOST/team/app:1.4\n", "fromlint.lock": broken });
      const { code, stdout, stderr } = await run("lock");
      expect([code, stdout]).toEqual([2, ""]);
      expect(stderr).toMatch(
        /^fromlint: fromlint\.lock:2: a merge was not finished here; .*\nfromlint: fromlint\.lock:3: a lock file has no comments/,
      );
      expect(read()).toBe(broken);
    });
  });

  describe("where the file lies", () => {
    it("beside each policy, of several in one run", async () => {
      const { run, read } = project({
        "services/fromlint.yaml": 'registries: { insecure: ["HOST"] }\n',
        "services/web/Dockerfile": "FROM HOST/team/app:1.4\n",
        Dockerfile: "FROM HOST/team/tool:v2.0.0\n",
      });
      const { code, stdout } = await run("lock");
      expect(code).toBe(0);
      expect(rows(stdout).filter((line) => line.includes("images") || line.includes("image,"))).toEqual([
        "fromlint.lock: 1 image, 1 added.",
        "services/fromlint.lock: 1 image, 1 added.",
      ]);
      expect(read("services/fromlint.lock")).toBe(`${HEADER}HOST/team/app:1.4 ${app.digest} 1.4.2\n`);
      expect(read()).toBe(`${HEADER}HOST/team/tool:v2.0.0 ${tool.digest}\n`);
    });

    it("through a link, in the file behind it", async () => {
      const { run, read, folder } = project({ Dockerfile: "FROM HOST/team/tool:v2.0.0\n", "locks/all": HEADER });
      symlinkSync("locks/all", join(folder, "fromlint.lock"));
      expect((await run("lock")).code).toBe(0);
      expect(read("locks/all")).toContain("HOST/team/tool:v2.0.0 ");
    });

    it("nowhere, where there is nothing to lock", async () => {
      const { run, folder } = project({ Dockerfile: "FROM scratch\n" });
      expect(await run("lock")).toEqual({
        code: 0,
        stdout: "fromlint.lock: 0 images, nothing to change.\n",
        stderr: "",
      });
      expect(existsSync(join(folder, "fromlint.lock"))).toBe(false);
    });

    it("or cannot lie, which is said", async () => {
      const { run, folder } = project({ Dockerfile: "FROM HOST/team/tool:v2.0.0\n" });
      mkdirSync(join(folder, "fromlint.lock"));
      expect(await run("lock")).toMatchObject({
        code: 2,
        stderr: "fromlint: fromlint.lock:1: cannot be read: it is a folder\n",
      });
    });
  });

  describe("with a lock, fromlint --fix", () => {
    it("writes digests where the policy asks for them, and keeps them in step after an update", async () => {
      const moving = await pushImage(recorded.registry, "fix/base", "2.1", { text: "one" });
      const { run, read, folder } = project({
        "fromlint.yaml":
          'registries: { insecure: ["HOST"] }\nbases: { verified: ["HOST/**"] }\npinning: [{ image: "**", require: digest }]\n',
        Dockerfile:
          "ARG BASE=2.1\nFROM HOST/fix/base:${BASE} AS build\nFROM HOST/fix/base:${BASE}\nCOPY --from=build /a /b\n",
      });
      await run("lock");
      expect((await run("--fix")).code).toBe(0);
      const pinned = (digest: string): string =>
        `ARG BASE=2.1@${digest}\nFROM HOST/fix/base:\${BASE} AS build\nFROM HOST/fix/base:\${BASE}\nCOPY --from=build /a /b\n`;
      expect(read("Dockerfile")).toBe(pinned(moving.digest));

      const next = await pushImage(recorded.registry, "fix/base", "2.1", { text: "two" });
      expect((await run("lock --update")).code).toBe(0);
      const { stdout } = await run("");
      expect(stdout).toContain("warning[locked-base]");
      await run("--fix");
      expect(read("Dockerfile")).toBe(pinned(next.digest));
      expect((await run("lock --check")).code).toBe(0);
      rmSync(join(folder, "fromlint.lock"));
    });
  });

  it("an index is locked as a whole, in Docker's format too", async () => {
    const images = await Promise.all(
      ["linux/amd64", "linux/arm64"].map((platform) =>
        pushImage(recorded.registry, "many/app", null, { platform, format: "docker" }),
      ),
    );
    const index = makeIndex(images, "docker", true);
    await putManifest(recorded.registry, "many/app", "3.0.0", index);
    const { run, read } = project({ Dockerfile: "FROM HOST/many/app:3.0.0\n" });
    await run("lock");
    expect(read()).toBe(`${HEADER}HOST/many/app:3.0.0 ${index.digest}\n`);
  });
});
