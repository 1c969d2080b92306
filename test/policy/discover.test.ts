/** Which policy file holds for a folder. */
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { discoverPolicy, type Discovery } from "../../src/policy/discover.js";
import { asOrdinaryUser, folderWith } from "../cli/folder.js";

function discover(folder: string): Discovery {
  return discoverPolicy(folder, new Map());
}

describe("the nearest policy file", () => {
  it("is the one in the folder itself", () => {
    const folder = folderWith({ "fromlint.yaml": "", "app/fromlint.yaml": "" });
    expect(discover(join(folder, "app"))).toEqual({ file: join(folder, "app/fromlint.yaml"), error: null });
  });

  it("is the first one above it otherwise", () => {
    const folder = folderWith({ "fromlint.yaml": "", "app/deep/er/Dockerfile": "" });
    expect(discover(join(folder, "app/deep/er"))).toEqual({ file: join(folder, "fromlint.yaml"), error: null });
  });

  it("may be JSON", () => {
    const folder = folderWith({ "fromlint.json": "{}" });
    expect(discover(folder).file).toBe(join(folder, "fromlint.json"));
  });

  it("is none when no folder up to the root has one", () => {
    expect(discover(folderWith({ "app/Dockerfile": "" }))).toEqual({ file: null, error: null });
  });

  it("is no folder of that name", () => {
    const folder = folderWith({ "fromlint.yaml": "", "app/fromlint.yaml/x": "" });
    expect(discover(join(folder, "app")).file).toBe(join(folder, "fromlint.yaml"));
  });

  it("is also a dangling link, so that reading it fails loudly", () => {
    const folder = folderWith({});
    symlinkSync(join(folder, "gone.yaml"), join(folder, "fromlint.yaml"));
    expect(discover(folder).file).toBe(join(folder, "fromlint.yaml"));
  });
});

describe("errors", () => {
  it("both names in one folder", () => {
    const folder = folderWith({ "fromlint.yaml": "", "fromlint.json": "{}", "app/Dockerfile": "" });
    expect(discover(join(folder, "app"))).toEqual({
      file: null,
      error: {
        file: join(folder, "fromlint.json"),
        line: 1,
        column: 1,
        message: "this folder has both `fromlint.yaml` and `fromlint.json`; keep one of them",
      },
    });
  });

  it("fromlint.yml, which would be passed over in silence", () => {
    const { file, error } = discover(folderWith({ "fromlint.yml": "" }));
    expect(file).toBeNull();
    expect(error?.message).toBe("a policy is named `fromlint.yaml`; rename this file");
  });

  it("a folder that cannot be looked into", async () => {
    const folder = folderWith({ "closed/app/Dockerfile": "" });
    chmodSync(join(folder, "closed"), 0o000);
    const { error } = await asOrdinaryUser(folder, () => discover(join(folder, "closed/app")));
    chmodSync(join(folder, "closed"), 0o755);
    expect(error?.message).toBe("cannot see whether a policy is here (EACCES)");
  });
});

describe("the cache", () => {
  it("holds the answer for every folder that was passed", () => {
    const folder = folderWith({ "fromlint.yaml": "", "a/b/Dockerfile": "" });
    const cache = new Map<string, Discovery>();
    discoverPolicy(join(folder, "a/b"), cache);
    expect([...cache.keys()]).toEqual([join(folder, "a/b"), join(folder, "a"), folder]);
  });

  it("is what counts, for a folder that it knows", () => {
    const folder = folderWith({ "fromlint.yaml": "", "a/Dockerfile": "" });
    const cache = new Map<string, Discovery>();
    discoverPolicy(folder, cache);
    mkdirSync(join(folder, "a/b"));
    writeFileSync(join(folder, "fromlint.json"), "{}");
    expect(discoverPolicy(join(folder, "a/b"), cache)).toEqual({ file: join(folder, "fromlint.yaml"), error: null });
  });
});
