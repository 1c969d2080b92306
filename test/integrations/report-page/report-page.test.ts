/** `--format html` in a real browser: what people see, find, print and reach by keyboard. */
import type { Browser, Page } from "playwright-core";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { BaseUse, LintResult } from "../../../src/index.js";
import { root } from "../../support/imports.js";
import { accessibilityProblems, openPage, startBrowser } from "./browser.js";
import { newProject, type Project } from "../support/project.js";
import { writeShop } from "./shop.js";

const command = join(root, "bin/fromlint.cjs");

let browser: Browser;
let shop: Project;
let report: string;
let results: LintResult[];
let uses: BaseUse[];

beforeAll(async () => {
  shop = newProject("report-page");
  writeShop(shop);
  report = reportOn(shop, "report.html");
  results = JSON.parse(fromlint(shop, "--format", "json").stdout) as LintResult[];
  uses = JSON.parse(fromlint(shop, "bases", "--format", "json").stdout) as BaseUse[];
  browser = await startBrowser();
});
afterAll(async () => {
  await browser.close();
  shop.remove();
});

describe("a report", () => {
  it("asks for nothing, complains of nothing, and counts what the run found", async () => {
    const { page, complaints, requests } = await openPage(browser, report);
    const tiles = await texts(page, "#tiles li");
    expect(tiles).toContain(`${sum(({ errorCount }) => errorCount)} errors`);
    expect(tiles).toContain(`${sum(({ warningCount }) => warningCount)} warnings`);
    expect(await page.locator(".finding").count()).toBe(messages().length);
    expect(await texts(page, ".finding .message")).toEqual(messages().map((each) => each.message.replaceAll("`", "")));
    await page.waitForTimeout(500);
    expect({ complaints, requests }).toEqual({ complaints: [], requests: [] });
    await page.context().close();
  });

  it("shows the code with the place marked, and a fix as a diff", async () => {
    const { page } = await openPage(browser, report);
    const finding = page.locator(".finding", { hasText: "no-eol-base" }).filter({ hasText: "debian:10.13-slim" });
    expect(await finding.locator("mark").innerText()).toBe("debian:10.13-slim");
    expect(await finding.locator(".removed").innerText()).toContain("COPY --from=debian:10.13-slim /usr/share");
    expect(await finding.locator(".added").innerText()).toMatch(/COPY --from=debian:1[1-9]\S* \/usr\/share/);
    await page.context().close();
  });

  it("is the same for the same input", () => {
    expect(shop.read("report.html")).toBe(shop.read(reportOn(shop, "again.html").slice(shop.folder.length + 1)));
  });
});

describe("search and filters", () => {
  const rule = "approved-base";
  const image = "node:24.19-alpine";
  it.each([
    ["rule", "#filter-rule", rule, () => messages().filter(({ ruleId }) => ruleId === rule).length],
    ["severity", "#filter-severity", "warning", () => messages().filter(({ severity }) => severity === 1).length],
    ["folder", "#filter-folder", "data", () => messagesBelow("/data/").length],
  ])("by %s", async (_name, select, value, expected) => {
    const { page } = await openPage(browser, report);
    await page.selectOption(select, value);
    expect(expected()).toBeGreaterThan(0);
    expect(await page.locator(".finding").count()).toBe(expected());
    expect(await page.locator("#count").innerText()).toMatch(new RegExp(`^${expected()} findings? `));
    await page.locator("#reset").click();
    expect(await page.locator(".finding").count()).toBe(messages().length);
    await page.context().close();
  });

  it("by image: what stands on it, in the picture, the table and the findings", async () => {
    const { page } = await openPage(browser, report);
    await page.selectOption("#filter-image", image);
    const where = uses.filter(({ reference }) => reference === `docker.io/library/${image}`);
    await page.locator("#table summary").click();
    expect(await page.locator("#table tbody tr").count()).toBe(where.length);
    expect(await page.locator("#picture .image").count()).toBe(1);
    expect(await page.locator("#picture .place").count()).toBe(new Set(where.map(({ file }) => file)).size);
    await page.context().close();
  });

  it("by tier, with a button of the legend that stays pressed", async () => {
    const { page } = await openPage(browser, report);
    await page.locator("#legend button", { hasText: "verified" }).click();
    const verified = uses.filter(({ tier }) => tier === "verified");
    expect(await page.locator("#filter-tier").inputValue()).toBe("verified");
    expect(await page.locator("#picture .image").count()).toBe(
      new Set(verified.map(({ reference }) => reference)).size,
    );
    expect(await page.locator('#legend [aria-pressed="true"]').innerText()).toContain("verified");
    await page.locator('#legend [aria-pressed="true"]').click();
    expect(await page.locator("#filter-tier").inputValue()).toBe("");
    await page.context().close();
  });

  it("by words, and the address keeps the view", async () => {
    const { page } = await openPage(browser, report);
    await page.locator("#search").fill("billing end of life");
    await page.locator("#count", { hasText: "in 0 files" }).waitFor();
    await page.locator("#search").fill("billing aspnet");
    await page.locator("#count", { hasText: "in 1 file" }).waitFor();
    const shown = await texts(page, "#findings h3");
    expect(shown).toEqual(["legacy/billing/Dockerfile"]);
    await page.reload();
    expect(await page.locator("#search").inputValue()).toBe("billing aspnet");
    expect(await texts(page, "#findings h3")).toEqual(shown);
    await page.context().close();
  });
});

describe("the picture", () => {
  it("has each image with its tier, its pinning and its end of life", async () => {
    const { page } = await openPage(browser, report);
    const node = page.getByRole("button", { name: /^aspnet:6\.0 / });
    expect((await node.textContent())?.replace(/\s+/g, " ")).toBe(
      "aspnet:6.0 mcr.microsoft.com/dotnet · minor ended 2024-11-12 verified publisher, 1 use in legacy/billing/Dockerfile",
    );
    expect(await node.locator("svg.tier-verified").count()).toBe(1);
    expect(await node.locator(".ended").innerText()).toBe("ended 2024-11-12");
    await page.context().close();
  });

  it("draws a tighter pin heavier, and every line from an image to what stands on it", async () => {
    const { page } = await openPage(browser, report);
    const weights = await page
      .locator("#picture .line")
      .evaluateAll((lines) =>
        lines.map(
          (line) =>
            [
              /pin-(\w+)/.exec(line.getAttribute("class") ?? "")?.[1],
              Number(line.getAttribute("stroke-width")),
            ] as const,
        ),
      );
    const weightOf = Object.fromEntries(weights) as Record<string, number>;
    expect(weightOf.patch).toBeGreaterThan(weightOf.minor!);
    expect(weightOf.minor).toBeGreaterThan(weightOf.major!);
    expect(weightOf.major).toBeGreaterThan(weightOf.none!);
    const inPicture = uses.filter(({ kind, status }) => kind !== "syntax" && status !== "stage");
    expect(weights).toHaveLength(inPicture.length);
    const ends = await page.evaluate(() => {
      const box = (element: Element): DOMRect => element.getBoundingClientRect();
      const drawing = box(document.querySelector("#picture > svg")!);
      const inside = (kind: string, x: number, y: number): boolean =>
        [...document.querySelectorAll(`#picture .${kind}`)].some((node) => {
          const { left, right, top, bottom } = box(node);
          return Math.abs((kind === "image" ? right : left) - x) < 1 && y > top && y < bottom;
        });
      return [...document.querySelectorAll<SVGPathElement>("#picture .line")].map((line) => {
        const [from, to] = [line.getPointAtLength(0), line.getPointAtLength(line.getTotalLength())];
        return [
          inside("image", drawing.left + from.x, drawing.top + from.y),
          inside("place", drawing.left + to.x, drawing.top + to.y),
        ];
      });
    });
    expect(ends.flat()).not.toContain(false);
    await page.context().close();
  });

  it("names the stages of a Dockerfile, and what they take from one another", async () => {
    const { page } = await openPage(browser, report);
    const place = page.locator("#picture .place", { hasText: "services/stock" });
    expect(await place.locator(".stage").allInnerTexts()).toEqual([
      "modules",
      "build\nfrom modules",
      "stage 2\ncopies build\nfinal",
    ]);
    await page.context().close();
  });

  it.each([
    ["stages", 10, "services/cart"],
    ["files", 10, "services/cart"],
    ["folders", 10, "services/cart"],
  ])("by %s", async (detail, places, name) => {
    const { page } = await openPage(browser, report);
    await page.selectOption("#detail-choice", detail);
    expect(await page.locator("#picture .place").count()).toBe(places);
    expect(await page.locator("#picture .place", { hasText: name }).count()).toBe(1);
    await page.context().close();
  });

  it("shows an image or a Dockerfile alone, and all again", async () => {
    const { page } = await openPage(browser, report);
    await page.getByRole("button", { name: /^golang:1\.26\.4 / }).click();
    expect(await page.locator("#picture .place").count()).toBe(2);
    await page.getByRole("button", { name: /^golang:1\.26\.4 / }).click();
    await page.getByRole("button", { name: /^data\/ ?reports/ }).click();
    expect(await texts(page, "#findings h3")).toEqual(["data/reports/Dockerfile"]);
    expect(await page.locator("#picture .image").count()).toBe(2);
    await page.context().close();
  });
});

describe("everyone can read it", () => {
  it.each([
    ["light", { colorScheme: "light" }],
    ["dark", { colorScheme: "dark" }],
    ["on a phone", { viewport: { width: 360, height: 740 } }],
  ] as const)("axe-core has nothing against it: %s", async (_name, options) => {
    const { page } = await openPage(browser, report, options);
    await page.locator("#table summary").click();
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.context().close();
  });

  it("follows the system into the dark, and the reader out of it", async () => {
    const { page } = await openPage(browser, report, { colorScheme: "dark" });
    const isDark = (): Promise<boolean> =>
      page.evaluate(() => Number(/\d+/.exec(getComputedStyle(document.documentElement).backgroundColor)?.[0]) < 60);
    expect(await isDark()).toBe(true);
    const toggle = page.getByRole("button", { name: "Dark mode" });
    expect(await toggle.getAttribute("aria-pressed")).toBe("true");
    await toggle.click();
    expect(await isDark()).toBe(false);
    await page.reload();
    expect(await isDark()).toBe(false);
    await page.context().close();
  });

  it("by keyboard alone", async () => {
    const { page } = await openPage(browser, report);
    const focused = (): Promise<string> =>
      page.evaluate(() => {
        const element = document.activeElement!;
        return element.id === "" ? element.textContent : element.id;
      });
    const reach = async (name: RegExp): Promise<void> => {
      for (let step = 0; step < 80; step++) {
        if (name.test(await focused())) return;
        await page.keyboard.press("Tab");
      }
      throw new Error(`Tab does not reach ${String(name)}`);
    };
    await page.keyboard.press("Tab");
    expect(await focused()).toBe("Skip to the results");
    await reach(/^search$/);
    expect(await page.evaluate(() => getComputedStyle(document.activeElement!).outlineStyle)).toBe("solid");
    await page.keyboard.type("node");
    await page.locator("#count", { hasText: "in 3 files" }).waitFor();
    await reach(/^filter-tier$/);
    await page.keyboard.press("ArrowDown");
    expect(await page.locator("#picture .image").allInnerTexts()).toHaveLength(1);
    await reach(/^reset$/);
    await page.keyboard.press("Enter");
    expect(await focused()).toBe("search");
    await reach(/^static:2\.1 /);
    await page.keyboard.press("Enter");
    expect(await page.locator("#filter-image").inputValue()).toBe("registry.example.com/golden/static:2.1");
    // The picture is drawn anew, and the focus stays on what was chosen.
    expect(await focused()).toMatch(/^static:2\.1 /);
    await page.context().close();
  });

  it("on a phone without scrolling sideways", async () => {
    const { page } = await openPage(browser, report, { viewport: { width: 360, height: 740 } });
    await page.locator("#table summary").click();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
    const outside = await page
      .locator("#picture li, table td, .finding, .code")
      .evaluateAll((all) => all.filter((element) => element.getBoundingClientRect().right > 360).length);
    expect(outside).toBe(0);
    await page.context().close();
  });

  it("on paper", async () => {
    const { page } = await openPage(browser, report, { colorScheme: "dark" });
    const pdf = await page.pdf({ format: "A4" });
    expect(pdf.subarray(0, 5).toString()).toBe("%PDF-");
    await page.emulateMedia({ media: "print" });
    expect(await page.locator("#filters").isVisible()).toBe(false);
    expect(await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor)).toBe(
      "rgb(255, 255, 255)",
    );
    await page.context().close();
  });
});

describe("1,000 Dockerfiles", () => {
  let many: Project;
  beforeAll(() => {
    many = newProject("report-many");
    const bases = ["node", "python:3", "golang:1.26.4", "debian:10.13-slim", "ubuntu:24.04", "acme/tool:7"];
    for (let number = 0; number < 1000; number++) {
      const base = bases[number % bases.length]!;
      const stages = `FROM ${base} AS build\nCOPY . .\nRUN npm ci\nFROM ${base}${number % 7 === 0 ? "-slim" : ""}\n`;
      many.write(`team-${number % 40}/service-${number}/Dockerfile`, stages);
    }
  });
  afterAll(() => many.remove());

  it("only what is near is put into the page; the rest comes as one reads on, or at a click", async () => {
    const { page, complaints } = await openPage(browser, reportOn(many, "report.html"));
    expect(await page.locator("#count").innerText()).toMatch(/in 1,000 files$/);
    const elements = (): Promise<number> => page.evaluate(() => document.querySelectorAll("*").length);
    expect(await elements()).toBeLessThan(5000);
    const before = await page.locator(".finding").count();
    expect(before).toBeLessThanOrEqual(100);
    await page.locator("#results .more").scrollIntoViewIfNeeded();
    await page.waitForFunction((count) => document.querySelectorAll(".finding").length > count, before);
    await page.locator("#search").fill("service-7/");
    await page.locator("#count", { hasText: "in 1 file" }).waitFor();
    expect(await texts(page, "#findings h3")).toEqual(["team-7/service-7/Dockerfile"]);
    expect(await elements()).toBeLessThan(3000);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it("on paper there are many more, and not without end", async () => {
    const { page } = await openPage(browser, reportOn(many, "report.html"));
    await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
    expect(await page.locator(".finding").count()).toBe(1000);
    await page.context().close();
  });

  it("the picture is drawn by folders, and finer where a folder is chosen", async () => {
    const { page } = await openPage(browser, reportOn(many, "report.html"));
    expect(await page.locator("#picture .place").count()).toBeLessThanOrEqual(60);
    expect(await page.locator("#picture-note").innerText()).toContain("by folders");
    await page.getByRole("button", { name: /^team-3 25 files$/ }).click();
    expect(await page.locator("#picture-note").innerText()).toContain("by folders");
    await page.selectOption("#detail-choice", "stages");
    expect(await page.locator("#picture .stage").count()).toBe(50);
    await page.context().close();
  });
});

describe("whatever is written in it", () => {
  it("stays text: names, images and code that would like to be markup", async () => {
    const hostile = newProject("report-hostile");
    const bidi = "\u202e";
    hostile.write("x<img src=a onerror=alert(1)>&'\"/Dockerfile", `FROM "node<script>alert(2)<` + `/script>"\n`);
    hostile.write(
      "y]]>--><!--/Dockerfile",
      `FROM node:1${bidi}2 AS a\nLABEL x="<` + `/script><script>alert(3)<` + `/script>"\n`,
    );
    hostile.write("z\u2028${alert(4)}`::error::x/Dockerfile", "FROM node:latest\nFROM javascript:alert(5)\n");
    const { page, complaints, requests } = await openPage(browser, reportOn(hostile, "report.html"));
    await page.locator("#table summary").click();
    expect(await page.locator("img, #findings script, #picture script, iframe").count()).toBe(0);
    const heads = await texts(page, "#findings h3");
    expect(heads).toEqual([
      "x<img src=a onerror=alert(1)>&'\"/Dockerfile",
      "y]]>--><!--/Dockerfile",
      "z\\u2028${alert(4)}`::error::x/Dockerfile",
    ]);
    const text = await page.locator("body").innerText();
    expect(text).toContain("\\u202e");
    expect(text).not.toMatch(/[\u202e\u2028]/);
    expect(await accessibilityProblems(page)).toEqual([]);
    for (const folder of await page.locator("#filter-folder option").allInnerTexts()) {
      await page.selectOption("#filter-folder", { label: folder });
    }
    expect({ complaints, requests }).toEqual({ complaints: [], requests: [] });
    await page.context().close();
    hostile.remove();
  });

  it("its policy lets nothing run but its own script, and nothing be fetched", async () => {
    const { page, complaints, requests } = await openPage(browser, report);
    await page.evaluate(() => {
      const script = document.createElement("script");
      script.textContent = "document.title = 'ran'";
      const image = document.createElement("img");
      image.src = "https://example.com/x.png";
      document.body.append(script, image);
    });
    await page.waitForTimeout(300);
    expect(await page.title()).toBe("fromlint report");
    expect(complaints.filter((each) => each.includes("Content Security Policy")).length).toBeGreaterThanOrEqual(2);
    expect(requests.filter((address) => !address.startsWith("https://example.com/"))).toEqual([]);
    await page.context().close();
  });
});

describe("fromlint bases --format html", () => {
  it("is the picture and the table alone", async () => {
    shop.write("bases.html", fromlint(shop, "bases", "--format", "html").stdout);
    const { page, complaints, requests } = await openPage(browser, join(shop.folder, "bases.html"));
    expect(await page.title()).toBe("fromlint bases");
    expect(await page.locator("#results").isVisible()).toBe(false);
    expect(await page.locator("#filter-rule").count()).toBe(0);
    expect(await page.locator("#picture .image").count()).toBeGreaterThan(5);
    const images = uses.filter(({ status }) => status !== "stage");
    expect(await page.locator("#table tbody tr").count()).toBe(images.length);
    expect(await accessibilityProblems(page)).toEqual([]);
    expect({ complaints, requests }).toEqual({ complaints: [], requests: [] });
    await page.context().close();
  });

  it("without any Dockerfile says that there is nothing", async () => {
    const empty = newProject("report-empty");
    empty.write("bases.html", fromlint(empty, "bases", "--format", "html").stdout);
    const { page, complaints } = await openPage(browser, join(empty.folder, "bases.html"));
    expect(await page.locator("#count").innerText()).toBe("0 uses of images in 0 files");
    expect(complaints).toEqual([]);
    await page.context().close();
    empty.remove();
  });
});

function fromlint(project: Project, ...args: string[]): ReturnType<Project["run"]> {
  return project.run(process.execPath, [command, ...args, "--date", "2026-08-22"]);
}

/** Returns the absolute path of the page. */
function reportOn(project: Project, file: string): string {
  const { status, stderr } = fromlint(project, "--format", `html=${file}`);
  if (status !== 0 && status !== 1) throw new Error(stderr);
  return join(project.folder, file);
}

async function texts(page: Page, selector: string): Promise<string[]> {
  const all = await page.locator(selector).evaluateAll((found) => found.map((each) => each.textContent));
  return all.map((text) => text.trim());
}

function messages(): LintResult["messages"] {
  return results.flatMap((result) => result.messages);
}

function messagesBelow(folder: string): LintResult["messages"] {
  return results.filter(({ filePath }) => filePath.includes(folder)).flatMap((result) => result.messages);
}

function sum(count: (result: LintResult) => number): number {
  return results.reduce((total, result) => total + count(result), 0);
}
