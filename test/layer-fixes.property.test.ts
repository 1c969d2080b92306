/** `--fix` of the rules about layers means the same build. */
import fc from "fast-check";
import * as unbash from "unbash";
import { describe, expect, it } from "vitest";
import { rules } from "../rules/index.js";
import { openCatalog } from "../src/catalog.js";
import { filesInMemory } from "../src/context.js";
import { fixText, lintText, type LintOptions } from "../src/lint.js";
import type { RuleSetting } from "../src/policy/policy.js";
import { testPolicy } from "./rules/test-policy.js";
import { build, type BuildResult, type Context } from "./support/simulated-build.js";

const ABOUT_LAYERS = Object.fromEntries(
  Object.entries(rules).filter(([, { meta }]) => meta.docs.category === "layers"),
);
const FIXING = Object.keys(ABOUT_LAYERS).filter((name) => ABOUT_LAYERS[name]?.meta.fixable);
const catalog = openCatalog();

/** Dockerfiles a rule. */
const RUNS = 1000;

/** Each rule that fixes on its own, so that it is not in the shadow of another, and all together. */
const GROUPS: readonly (readonly [title: string, names: readonly string[]])[] = [
  ...FIXING.map((name): [string, string[]] => [name, [name]]),
  ["all together", Object.keys(ABOUT_LAYERS)],
];

/** A Dockerfile, the context that it is built with, and how it is linted. */
interface Project {
  readonly text: string;
  readonly context: Context;
  /** Whether fromlint may look into the context. */
  readonly isContextKnown: boolean;
  readonly builder: string;
  /** Each instruction that has one under its comment, as lines; instructions without a comment are left out. */
  readonly commented: readonly (readonly [comment: string, instruction: string])[];
}

function optionsFor(names: readonly string[], { builder, context, isContextKnown }: Project): LintOptions {
  const settings = Object.fromEntries(names.map((name): [string, RuleSetting] => [name, { severity: 2, options: [] }]));
  return {
    filePath: "/project/Dockerfile",
    rules: ABOUT_LAYERS,
    policies: [{ ...testPolicy({ builder }), rules: settings }],
    catalog,
    today: "2026-11-21",
    shell: unbash,
    contextFor: () => (isContextKnown ? filesInMemory(context) : null),
  };
}

// An instruction: its text with `#` where a number makes it one of its kind.
const anyOf = (...texts: readonly string[]): fc.Arbitrary<string> => fc.constantFrom(...texts);

const FOLDERS = ["/app", "/srv", "/data", "/app/web", "/opt/x"];
const apt = "apt-get install -y --no-install-recommends pkg#";

const instruction: fc.Arbitrary<string> = fc.oneof(
  {
    weight: 5,
    arbitrary: anyOf("COPY . .", "COPY . /app", "COPY src ./src", "COPY --chown=1000 . .", "COPY main.js /srv/"),
  },
  {
    weight: 6,
    arbitrary: anyOf(
      `RUN apt-get update && ${apt}`,
      `RUN apt-get update && ${apt} && rm -rf /var/lib/apt/lists/*`,
      `RUN apt-get update \\\n    # which one\n  && ${apt} \\\n  && rm -rf /var/lib/apt/lists/*`,
      `RUN <<EOF\napt-get update\n${apt}\nEOF`,
      "RUN apk add --no-cache pkg#",
    ),
  },
  { weight: 3, arbitrary: anyOf("RUN apt-get update", `RUN ${apt}`, `RUN ${apt} && rm -rf /var/lib/apt/lists/*`) },
  {
    weight: 4,
    arbitrary: anyOf("RUN npm ci", "RUN npm install", "RUN pip install -r requirements.txt", "RUN pip install flask#"),
  },
  {
    weight: 3,
    arbitrary: anyOf("COPY package.json package-lock.json ./", "COPY requirements.txt .", "COPY package*.json ./"),
  },
  { weight: 2, arbitrary: anyOf("RUN npm run build", "RUN make it#", "RUN cd /srv && make it#") },
  {
    weight: 4,
    arbitrary: anyOf(
      "ARG GIT_SHA",
      "ARG GIT_SHA=unknown",
      "ARG BUILD_DATE",
      "ENV BUILD=$GIT_SHA",
      "ENV V#=$BUILD_DATE",
    ),
  },
  { weight: 2, arbitrary: anyOf("ENV A=#", "ENV TZ=UTC", "ENV PATH=/app/bin:$PATH", "ARG DEBIAN_FRONTEND=x#") },
  {
    weight: 4,
    arbitrary: anyOf(
      "LABEL l#=1",
      "LABEL l=$GIT_SHA",
      "EXPOSE 80#",
      'CMD ["c#"]',
      "CMD c#",
      'ENTRYPOINT ["e#"]',
      "STOPSIGNAL SIG#",
    ),
  },
  {
    weight: 4,
    arbitrary: anyOf(
      "WORKDIR /app",
      "WORKDIR /app",
      "WORKDIR /srv",
      "WORKDIR web",
      "WORKDIR /app/web",
      "WORKDIR /app/$A",
    ),
  },
  { weight: 1, arbitrary: anyOf("USER app", "USER 1000", "USER root", 'SHELL ["/bin/bash", "-c"]') },
  {
    weight: 3,
    arbitrary: fc
      .constantFrom(...FOLDERS)
      .chain((folder) =>
        anyOf(
          `RUN mkdir -p ${folder}/d#`,
          `RUN touch ${folder}/f#`,
          `RUN chown -R 1000:1000 ${folder}`,
          `RUN curl -fsSL -o ${folder}/x#.tgz https://example.com/x.tgz`,
          `RUN rm -rf ${folder}/x`,
          `RUN echo $GIT_SHA > ${folder}/sha#`,
          `COPY <<EOF ${folder}/made#\nfrom $A\nEOF`,
        ),
      ),
  },
  {
    weight: 1,
    arbitrary: anyOf("RUN useradd app#", "RUN rm -rf /var/lib/apt/lists/*", "RUN rm -rf /app/node_modules"),
  },
);

/** Something that one instruction leaves, and the next takes away. */
const pairs: fc.Arbitrary<readonly string[]> = fc.constantFrom<readonly string[]>(
  ["RUN apt-get update", `RUN ${apt}`],
  [`RUN apt-get update && ${apt}`, "RUN rm -rf /var/lib/apt/lists/*"],
  ["RUN curl -fsSL -o /tmp/x#.tgz https://example.com/x.tgz", "RUN rm -rf /tmp/x#.tgz"],
  ["WORKDIR /app", "WORKDIR /app"],
  ["WORKDIR /app", "COPY . .", `RUN apt-get update && ${apt}`],
  ["WORKDIR /app", "COPY . .", "RUN npm ci"],
  ["WORKDIR /app/web", "COPY --chown=1000 . /app/web", "RUN npm ci"],
  ["WORKDIR /srv", "COPY . .", "RUN pip install -r requirements.txt"],
  ["ARG GIT_SHA", "RUN apk add --no-cache pkg#", "LABEL sha=$GIT_SHA"],
  ["ARG BUILD_DATE", "WORKDIR /app", "RUN npm ci", "RUN echo $BUILD_DATE > /srv/date#"],
);

const context: fc.Arbitrary<Context> = fc
  .record({
    scripts: anyOf("{}", '{"postinstall":"node main.js"}', '{"build":"x"}'),
    ignored: fc.subarray(["node_modules", "dist", "src"]),
    others: fc.subarray([
      "node_modules/old",
      "package-lock.json",
      ".npmrc",
      "d1",
      "f2",
      "x",
      "web/page",
      "patches/a.patch",
    ]),
  })
  .map(({ scripts, ignored, others }) => ({
    "package.json": `{"name":"app","scripts":${scripts}}`,
    "requirements.txt": "flask==3.1.2\n",
    "main.js": "main",
    "src/index.js": "index",
    ...Object.fromEntries(others.map((name) => [name, `text of ${name}`])),
    ...(ignored.length > 0 ? { ".dockerignore": `${ignored.join("\n")}\n` } : {}),
  }));

/** What stands before an instruction: nothing, its own comment, or lines that belong to nobody. */
const lead = fc.constantFrom("none", "none", "none", "own", "own", "blank", "section");

const body = fc.array(fc.oneof({ weight: 5, arbitrary: fc.tuple(instruction) }, { weight: 2, arbitrary: pairs }), {
  minLength: 2,
  maxLength: 7,
});

const project: fc.Arbitrary<Project> = fc
  .record({
    stages: fc.array(fc.record({ from: fc.constantFrom("debian:13.3", "FIRST", "FIRST copied"), body }), {
      minLength: 1,
      maxLength: 2,
    }),
    leads: fc.array(lead, { minLength: 40, maxLength: 40 }),
    context,
    isContextKnown: fc.boolean(),
    builder: fc.constantFrom("buildkit", "kaniko"),
    isWindows: fc.boolean(),
    hasLastLineEnd: fc.boolean(),
    global: fc.constantFrom("ARG GIT_SHA=global", "ARG GIT_SHA", "ARG OTHER=1"),
  })
  .map(({ stages, leads, isWindows, hasLastLineEnd, global, ...rest }) => {
    const lines: string[] = [global];
    const commented: [string, string][] = [];
    let number = 0;
    stages.forEach(({ from, body: steps }, index) => {
      const isFirst = index === 0;
      lines.push(`FROM ${isFirst || from !== "FIRST" ? "debian:13.3" : "first"} AS ${isFirst ? "first" : "second"}`);
      if (!isFirst && from === "FIRST copied") lines.push("COPY --from=first /app /app");
      for (const group of steps) {
        number++;
        for (const text of group) {
          const one = text.replaceAll(/#(?=\W|$)(?! which)/g, String(number));
          const before = leads[lines.length % leads.length];
          const comment = `# about ${String(lines.length)}`;
          if (before === "blank") lines.push("");
          if (before === "section") lines.push("", "# part", "");
          if (before === "own") {
            lines.push(comment);
            commented.push([comment, one]);
          }
          lines.push(one);
        }
      }
    });
    const eol = isWindows ? "\r\n" : "\n";
    const text = lines.join("\n").replaceAll("\n", eol) + (hasLastLineEnd ? eol : "");
    return {
      text,
      commented: commented.map(([comment, one]) => [comment, one.replaceAll("\n", eol)] as const),
      ...rest,
    };
  });

/** What the steps saw. A fix may put in copies of manifests, and take out a WORKDIR that is said twice. */
function seenOf({ seen }: BuildResult, before: BuildResult): unknown {
  const kept = [...seen].flatMap(([what, saw]) => {
    const known = before.seen.get(what);
    if (what.startsWith("COPY ") && !known) return [];
    // The same line may have been there before, in this stage or another one.
    const isOnceEnough = /^WORKDIR |^COPY (?:--chown=\S+ )?(?:package|requirements)/.test(what);
    return [[what, isOnceEnough ? [...new Set(saw)].filter((one) => known?.includes(one)) : saw] as const];
  });
  return kept.sort(([a], [b]) => (a < b ? -1 : 1));
}

describe.each(GROUPS)("%s", (title, names) => {
  it("means the same build", () => {
    let fixed = 0;
    fc.assert(
      fc.property(project, (each) => {
        const options = optionsFor(names, each);
        const { output } = fixText(each.text, options).result;
        if (output === undefined) return;
        fixed++;
        for (const args of [{}, { GIT_SHA: "abc", BUILD_DATE: "today" }]) {
          const [before, after] = [build(each.text, each.context, args), build(output, each.context, args)];
          expect({ output, image: after.image, seen: seenOf(after, before) }).toEqual({
            output,
            image: before.image,
            seen: seenOf(before, before),
          });
        }
        expect(commentsAstray(each, output)).toEqual([]);
        expect(strayLineEnds(output, each.text)).toEqual([]);
        // A second run has nothing left to do.
        const left = lintText(output, options).result.messages;
        expect(left.filter(({ fix }) => fix !== undefined)).toEqual([]);
      }),
      { numRuns: RUNS },
    );
    expect(fixed, `${title} is put to the test`).toBeGreaterThan(30);
  }, 240_000);
});

/** Comments that are gone, or stand above another instruction although theirs is still there as it was. */
function commentsAstray({ commented, text }: Project, output: string): string[] {
  const eol = text.includes("\r\n") ? "\r\n" : "\n";
  return commented.flatMap(([comment, one]) => {
    const count = (what: string, where: string): number => where.split(what).length - 1;
    const line = comment + eol;
    const isGone = count(line, output + eol) !== 1;
    // Of an instruction that stands there twice, one may be gone.
    const isKept = count(one + eol, output + eol) >= count(one + eol, text + eol);
    const isAbove = (output + eol).includes(line + one);
    return isGone || (isKept && !isAbove) ? [comment] : [];
  });
}

function strayLineEnds(output: string, text: string): string[] {
  const isWindows = text.includes("\r\n");
  return output
    .split("\n")
    .slice(0, -1)
    .filter((line) => line.endsWith("\r") !== isWindows);
}
