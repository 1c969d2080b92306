/** How a digest is shown to people. */
import { describe, expect, it } from "vitest";
import { abridged, shortDigest } from "../src/digests.js";

const HEX = "0123456789abcdef".repeat(4);

describe("a digest for people", () => {
  it.each<[title: string, text: string, shown: string]>([
    ["of a reference", `node:22@sha256:${HEX}`, "node:22@sha256:0123456789ab…"],
    ["behind a registry with a port", `[::1]:5000/a@sha512:${HEX}${HEX}`, "[::1]:5000/a@sha512:0123456789ab…"],
    ["of an algorithm in parts", `a@sha256+b64u.x:${HEX}`, "a@sha256+b64u.x:0123456789ab…"],
    ["alone", `sha256:${HEX}`, "sha256:0123456789ab…"],
    ["as short as it is shown", "a@sha256:0123456789ab", "a@sha256:0123456789ab"],
    ["is no tag of a date", "app:202611210312591", "app:202611210312591"],
    ["is no tag of a commit", `app:${HEX.slice(0, 40)}`, `app:${HEX.slice(0, 40)}`],
    ["is no image of another kind", "a@b", "a@b"],
    ["nor nothing", "", ""],
  ])("%s", (_title, text, shown) => {
    expect(abridged(text)).toBe(shown);
  });

  it.each([
    [`sha256:${HEX}`, "0123456789ab"],
    ["sha256:012", "012"],
    ["", ""],
  ])("its digits alone: %s", (digest, digits) => {
    expect(shortDigest(digest)).toBe(digits);
  });
});
