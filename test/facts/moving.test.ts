import { expect, it } from "vitest";
import { openReleases } from "../../src/facts/moving.js";

it.each([
  ["22", "22.23.2", "22.x.y"],
  ["22-alpine", "22.23.2-alpine", "22.x.y"],
  ["24.19", "24.19.0", "24.19.x"],
  ["18", "18.6", "18.x"],
  ["2023", "2023.12.20260817.0", "2023.x.y.z"],
  // Nothing is known: major.minor.patch.
  ["1", null, "1.x.y"],
  ["1.10", null, "1.10.x"],
  ["1809-amd64", null, null],
  // No version, or no part of one left.
  ["lts", "24.19.0", null],
  ["24.04", "noble-20260810", null],
] as const)("%s (exactly %s) moves with every %s", (tag, exact, releases) => {
  expect(openReleases(tag, exact)).toBe(releases);
});
