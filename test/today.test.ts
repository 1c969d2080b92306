import { describe, expect, it } from "vitest";
import { utcDay } from "../src/today.js";

describe("utcDay", () => {
  it.each(["2026-11-22T00:00:00.000Z", "2027-01-09T23:59:59.999Z", "2028-02-29T12:00:00.000Z"])("of %s", (time) => {
    expect(utcDay(new Date(time))).toBe(time.slice(0, 10));
  });

  it("is this day's", () => {
    const days = [new Date(), new Date(Date.now() + 60_000)].map((time) => time.toISOString().slice(0, 10));
    expect(days).toContain(utcDay());
  });
});
