/** Which folder is the build context. */
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { contextOf } from "../../src/context/context-of.js";
import { folderWith } from "../cli/folder.js";

describe("the build context of a Dockerfile", () => {
  const folder = (): string => folderWith({ "app/Dockerfile": "FROM a\n", "app/here": "", "lib/there": "" });

  it("is the folder that the policy names, for certain", () => {
    const root = folder();
    const context = contextOf(join(root, "app/Dockerfile"))({ context: join(root, "lib") });
    expect([context?.certain, context?.files.has("there"), context?.files.has("here")]).toEqual([true, true, false]);
  });

  it("else may be the Dockerfile's own", () => {
    const context = contextOf(join(folder(), "app/Dockerfile"))({ context: null });
    expect([context?.certain, context?.files.has("there"), context?.files.has("here")]).toEqual([false, false, true]);
  });

  it("is also known for a text that will be saved in a folder that is there", () => {
    const context = contextOf(join(folder(), "app/not-yet.Dockerfile"))({ context: null });
    expect([context?.certain, context?.files.has("here")]).toEqual([false, true]);
  });

  it.each<[title: string, file: string, context: string | null]>([
    ["a text without a name", "<stdin>", null],
    ["a Dockerfile in a folder that is not there", "/not/there/Dockerfile", null],
    ["a policy that names a folder that is not there", "/Dockerfile", "/not/there"],
    ["a policy that names a file", "/Dockerfile", import.meta.filename],
  ])("is not known for %s", (_title, file, context) => {
    expect(contextOf(file)({ context })).toBeNull();
  });

  it("of a text without a name is what the policy names", () => {
    const root = folder();
    expect(contextOf("<stdin>")({ context: join(root, "lib") })?.files.has("there")).toBe(true);
  });

  it("is opened once for several policies", () => {
    const of = contextOf(join(folder(), "app/Dockerfile"));
    expect(of({ context: null })?.files).toBe(of({ context: null })?.files);
  });
});
