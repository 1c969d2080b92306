/** `fromlint lock` and `--online`, against a real registry. */
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { deleteManifest, pushImage, pushIndex } from "../registry/support/push.js";
import { canRunRegistry, startRegistry, type RunningRegistry } from "../registry/support/start-registry.js";
import { folderWith } from "./folder.js";
import { runIn, type Ran } from "./run-in.js";

const HEADER = "# fromlint.lock 1: what each image is, written by `fromlint lock`\n";

describe.runIf(canRunRegistry())("with a registry", () => {
  let registry: RunningRegistry;
  let host: string;
  beforeAll(async () => {
    registry = await startRegistry();
    host = registry.host;
  });
  afterAll(() => registry.stop());

  /** A project whose policy allows the registry, plain HTTP included. Its home, and so its cache, is its own. */
  const project = (files: Readonly<Record<string, string>>, policy = ""): string => {
    const folder = folderWith({ "fromlint.yaml": `registries: { insecure: ["${host}"] }\n${policy}`, ...files });
    mkdirSync(join(folder, ".git"));
    return folder;
  };
  const run = (folder: string, line: string): Promise<Ran> => runIn(folder, line, { env: { HOME: join(folder, "home") } });
  const lockOf = (folder: string): string => readFileSync(join(folder, "fromlint.lock"), "utf8").replaceAll(host, "HOST");
  const shown = ({ code, stdout, stderr }: Ran): string => `${stdout}${stderr}exit ${code}\n`.replaceAll(host, "HOST");
  const short = (digest: string): string => digest.slice("sha256:".length, "sha256:".length + 12);

  describe("lock", () => {
    it("writes each image with its index digest, and the most exact tag of it", async () => {
      const index = await pushIndex(registry, "one/app", "1.4.2");
      await pushIndex(registry, "one/app", "1.4");
      await pushIndex(registry, "one/app", "1.4.1", { text: "older" });
      const tool = await pushImage(registry, "one/tool", "v2.0.0");
      const folder = project({
        "web/Dockerfile": `FROM ${host}/one/app:1.4 AS build\nFROM ${host}/one/app:1.4\nCOPY --from=${host}/one/tool:v2.0.0 /a /b\n`,
      });
      expect(shown(await run(folder, "lock"))).toBe(
        [
          "CHANGE  IMAGE                 DIGEST        EXACT TAG".replace("IMAGE                ", `IMAGE${" ".repeat(17)}`),
          `added   HOST/one/app:1.4      ${short(index.digest)}  1.4.2`,
          `added   HOST/one/tool:v2.0.0  ${short(tool.digest)}`,
          "fromlint.lock: 2 images, 2 added.",
          "exit 0",
          "",
        ]
          .join("\n")
          .replaceAll(`IMAGE${" ".repeat(17)}`, `IMAGE${" ".repeat(17 + host.length - "HOST".length)}`)
          .replaceAll(/(HOST\/one\/app:1\.4) {6}/g, "$1      "),
      );
      expect(lockOf(folder)).toBe(
        `${HEADER}HOST/one/app:1.4 ${index.digest} 1.4.2\nHOST/one/tool:v2.0.0 ${tool.digest}\n`,
      );
    });
  });
});
