/** `fromlint explain`: what a rule wants and why, and what is known of an image, without a network. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { rules } from "../../rules/index.js";
import { folderWith } from "./folder.js";
import { runIn, type Surroundings } from "./run-in.js";

type Files = Readonly<Record<string, string>>;

async function explain(what: string, files: Files = {}, around: Surroundings = {}): Promise<string> {
  const { code, stdout, stderr } = await runIn(folderWith(files), `explain ${what}`, around);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return stdout;
}

/** All on one line, however wide it is. */
function flat(text: string): string {
  return text.replace(/\s+/g, " ");
}

/** Lines without what stands before and behind them. */
function lines(text: string): string[] {
  return text.split("\n").map((line) => line.trim().replace(/ {2,}/g, "  "));
}

describe("a rule", () => {
  it("is told with its presets, what holds here, why, examples, options and page", async () => {
    const text = lines(await explain("no-eol-base"));
    expect(text.slice(0, 8)).toEqual([
      "no-eol-base: An image with a release past its end of life, or one that left the",
      "official set.",
      "",
      "Presets  recommended: warn; strict: error",
      "Here  warn (the preset recommended; there is no fromlint.yaml here)",
      "Fixes  --fix --apply no-eol-base takes the first suggestion",
      expect.stringMatching(/^Page {2}https:\/\/.*\/docs\/rules\/no-eol-base\.md$/) as string,
      "",
    ]);
    for (const heading of ["Why", "What it reports", "What it leaves alone", "Options"])
      expect(text).toContain(heading);
    expect(text).toContain("warnDays (integer, 0 when left out)");
    expect(text.some((line) => line.startsWith("FROM "))).toBe(true);
  });

  it.each<[title: string, policy: string, saying: RegExp]>([
    ["where the policy sets it", "rules: { no-latest: off }", /Here {9}off \(fromlint\.yaml:1:\d+\)/],
    ["locked", "locked: [no-latest]", /Here {9}error \(the preset recommended\), locked \(fromlint\.yaml:1:10\)/],
    ["under strict", "extends: [strict]", /Here {9}error \(the preset strict\)/],
    ["without a preset", "extends: []", /Here {9}off \(default\)/],
  ])("says what holds here: %s", async (_title, policy, saying) => {
    expect(await explain("no-latest", { "fromlint.yaml": policy })).toMatch(saying);
  });

  it("says what its options hold here", async () => {
    const policy = "rules: { no-eol-base: [error, { warnDays: 90 }] }";
    expect(await explain("no-eol-base", { "fromlint.yaml": policy })).toContain(
      "warnDays (integer, 0 when left out; here: 90)",
    );
  });

  it("says what holds under an outer policy, too", async () => {
    const files = { "outer.yaml": "rules: { no-latest: warn }", "fromlint.yaml": "" };
    expect(
      lines(await explain("no-latest --policy outer.yaml", files)).filter((each) => each.startsWith("Here")),
    ).toEqual(["Here  warn (outer.yaml:1:10)", "Here  error (the preset recommended)"]);
  });

  it.each([
    ["fromlint/no-latest", "no-latest"],
    ["DL3007", "no-latest"],
    ["hadolint:DL3007", "no-latest"],
    ["UndefinedArgInFrom", "unresolved-base"],
  ])("is found as %s", async (name, rule) => {
    expect(await explain(name)).toMatch(new RegExp(`^${rule}: `));
  });

  it.each(Object.keys(rules))("%s fits 100 columns but for code, and is whole in JSON", async (name) => {
    const text = await explain(name);
    const prose = text.split("\n").filter((line) => !line.startsWith("      ") && !line.includes("https://"));
    expect(prose.filter((line) => line.length > 100)).toEqual([]);
    const json = JSON.parse(await explain(`${name} --format json`)) as Record<string, unknown>;
    const meta = rules[name]?.meta;
    expect(json).toMatchObject({ rule: name, description: meta?.docs.description, reason: meta?.docs.reason });
    expect(json.examples).toEqual(JSON.parse(JSON.stringify(meta?.docs.examples)));
    expect(Object.keys(json)).toEqual(expect.arrayContaining(["here", "options", "page", "related"]));
  });

  it("is coloured on a terminal, and plain elsewhere", async () => {
    expect(await explain("no-latest", {}, { isTerminal: true })).toContain("\x1b[1mno-latest\x1b[22m");
    expect(await explain("no-latest")).not.toContain("\x1b");
    expect(await explain("no-latest --no-color", {}, { isTerminal: true })).not.toContain("\x1b");
  });
});

const GOLDEN = `bases:
  golden: [{ image: golden/node, replaces: [node] }]
  deny: [busybox]
registries: { allow: [docker.io] }
pinning: [{ image: "**", require: patch }]
`;

describe("an image", () => {
  it("is told with tier, tag, end of life, the policy, and what the rules say", async () => {
    const text = await explain("node:22-alpine --date 2026-11-21", { "fromlint.yaml": GOLDEN });
    const [facts = "", findings = ""] = text.split("\nWhat the rules say of `FROM node:22-alpine` here\n");
    expect(lines(facts)).toEqual([
      "node:22-alpine  docker.io/library/node:22-alpine",
      "",
      "Tier  official: it is a Docker Official Image",
      "Tag  pinned at major level, moves with every `22.x.y` release; the",
      "policy asks for patch level (`**`, fromlint.yaml:5:20)",
      "most exact tag: `22.23.2-alpine`",
      "the same image as `22-alpine3.24`, `22.23-alpine`,",
      "`22.23-alpine3.24`, `22.23.2-alpine`, `22.23.2-alpine3.24`,",
      "`jod-alpine` and 1 more",
      "End of life  node 22 ends on 2027-04-30",
      "alpine 3.24 ends on 2028-06-01",
      "Policy  fromlint.yaml",
      "⚠ may be a base of another stage or a source of files, not a base",
      "of the exported image",
      "golden image for it: `golden/node:22-alpine`",
      "",
    ]);
    expect(lines(findings).filter((line) => /^(?:error|warning|help|Catalog)/.test(line))).toEqual([
      expect.stringMatching(/^error\[approved-base\] \S/) as string,
      "help: Use `golden/node:22-alpine`",
      expect.stringMatching(/^warning\[pin-precision\] \S/) as string,
      "Catalog: tags of 2026-08-21, end of life of 2026-08-22, publishers of",
    ]);
  });

  it.each<[title: string, image: string, saying: RegExp]>([
    [
      "golden, with its place in the policy",
      "golden/node:22",
      /golden: it matches the golden image .*\(fromlint\.yaml:2:/,
    ],
    ["ended", "python:3.12-buster", /⚠ debian 10 \(buster\) ended on 2024-06-30; the nearest that lives: `3\.12-/],
    ["denied", "busybox:1.37", /⚠ denied by the policy: `busybox`, fromlint\.yaml:3:10/],
    ["of another registry", "quay.io/a/b:1", /⚠ the policy does not allow the registry `quay\.io`/],
    ["of nobody known", "ghcr.io/acme/base:1", /other: it is neither golden/],
    [
      "of nobody known, what to do",
      "ghcr.io/acme/base:1",
      /It does not know this tag; fromlint explain ghcr\.io\/acme\/base:1 --online asks its/,
    ],
    ["without a tag", "node", /not pinned: whatever `latest` is/],
    ["a digest", `gallery/ui@sha256:${"a".repeat(64)}`, /pinned by digest/],
    ["retired", "centos:7", /⚠ centos left the Docker Official Images on/],
    ["a lookalike", "ngnix:1.29", /error\[no-lookalike-base\]/],
    ["nothing to say", "golden/node:24.19.0", /nothing: it may stand there as it is/],
  ])("%s", async (_title, image, saying) => {
    expect(flat(await explain(image, { "fromlint.yaml": GOLDEN }))).toMatch(saying);
  });

  it("with the digest that the lock file has", async () => {
    const digest = `sha256:${"b".repeat(64)}`;
    const lock = `# fromlint.lock 1: what each image is, written by \`fromlint lock\`\ndocker.io/library/node:22 ${digest}\n`;
    expect(flat(await explain("node:22", { "fromlint.yaml": "", "fromlint.lock": lock }))).toContain(
      `in fromlint.lock: \`${digest}\``,
    );
  });

  it("says what an exemption silences, and why", async () => {
    const policy = `exemptions: [{ rule: no-latest, image: "nginx:latest", reason: "rebuilt every night" }]`;
    expect(await explain("nginx:latest", { "fromlint.yaml": policy })).toContain(
      "no-latest: silenced by the exemption, rebuilt every night",
    );
  });

  it("in JSON, places as text", async () => {
    const json = JSON.parse(await explain("golden/node:22 --format json", { "fromlint.yaml": GOLDEN })) as object;
    expect(json).toMatchObject({
      reference: "docker.io/golden/node:22",
      tier: "golden",
      tierFrom: { pattern: "golden/node", place: "fromlint.yaml:2:21" },
      policies: ["fromlint.yaml"],
      findings: [{ rule: "pin-precision", severity: 1, message: expect.any(String) as string }],
    });
  });

  it("whose name is that of a folder here", async () => {
    const folder = folderWith({});
    mkdirSync(join(folder, "golang"));
    expect((await runIn(folder, "explain golang")).stdout).toMatch(/^golang {2}docker\.io\/library\/golang\n/);
  });
});

describe("what cannot be explained", () => {
  it.each<[what: string, saying: RegExp]>([
    ["", /takes a rule or an image: fromlint explain no-latest, fromlint explain node:22\./],
    [
      "no-latst",
      /There is no rule `no-latst`\. Did you mean `no-latest`\? An image of that name is docker\.io\/library\/no-latst\./,
    ],
    ["No-Latest", /There is no rule `No-Latest`\. Did you mean `no-latest`\?/],
    ["fromlint/no-latst", /There is no rule `no-latst`\. Did you mean `no-latest`\?/],
    ["Dockerfile", /Dockerfile is a Dockerfile, not an image: `fromlint Dockerfile` lints it/],
    ["app/api.dockerfile", /is a Dockerfile, not an image/],
    ["notes", /notes is a file, not an image/],
    ["./app", /\.\/app is a folder, not an image: `fromlint bases \.\/app` lists the images/],
    ["node:${V}", /node:\$\{V\} rests on a variable, so it may be any image/],
    ["Node:22", /neither a rule nor an image\. .*`node:22`/],
    ["https://ghcr.io/a/b", /neither a rule nor an image\. .*`ghcr\.io\/a\/b`/],
    ["node@sha256:abc", /neither a rule nor an image\. .*64/],
    ["scratch", /scratch is no image: `FROM scratch` starts from nothing/],
    ["a b", /takes one rule or image/],
    ["no-latest --online", /--online is for images/],
    ["node --refresh", /--refresh needs --online/],
    ["node --fix", /--fix does not go with `fromlint explain`/],
    ["node --format sarif", /--format sarif is for findings/],
    ["\x1b[2J\u202e", /^fromlint: \\x1b\[2J\\u202e is neither a rule nor an image/],
  ])("%j", async (what, saying) => {
    const folder = folderWith({ "app/Dockerfile": "", notes: "" });
    const { code, stdout, stderr } = await runIn(folder, `explain ${what}`);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(saying);
    expect(stderr.trimEnd().split("\n")).toHaveLength(1);
  });

  it("with a broken policy or lock file", async () => {
    for (const files of [{ "fromlint.yaml": "nothing: 1" }, { "fromlint.yaml": "", "fromlint.lock": "broken" }]) {
      expect(await runIn(folderWith(files), "explain node:22")).toMatchObject({ code: 2, stdout: "" });
    }
  });
});
