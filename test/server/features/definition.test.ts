/** Definitions, references and new names of stages and variables. */
import { describe, expect, it } from "vitest";
import { definitionAt, referencesAt } from "../../../server/features/definition.js";
import { renameEditsAt, renameRangeAt } from "../../../server/features/rename.js";
import type { Edit } from "../../../src/editor.js";
import { marked, shown, sourceFor, type Given } from "./marked.js";

/** The text with the declaration's name in guillemets; "" where there is none. */
function defined(text: string): string {
  const { source, offset } = marked(text);
  const found = definitionAt(source, offset);
  return found ? shown(source.text, [found.name]) : "";
}

/** The text with all places in guillemets. */
function referred(text: string, includeDeclaration = true): string {
  const { source, offset } = marked(text);
  return shown(source.text, referencesAt(source, offset, includeDeclaration));
}

/** The text under the new name, or why not. */
function renamed(text: string, name: string, given: Given = {}): string {
  const { source, offset } = marked(text, given);
  const { edits, problem } = renameEditsAt(source, offset, name);
  if (!edits) return problem;
  return applied(source.text, edits);
}

function applied(text: string, edits: readonly Edit[]): string {
  const sorted = edits.toSorted((a, b) => b.range[0] - a.range[0]);
  return sorted.reduce((so, { range, text: to }) => so.slice(0, range[0]) + to + so.slice(range[1]), text);
}

describe("the definition", () => {
  it.each<[title: string, text: string, expected: string]>([
    ["of a stage in FROM", "FROM a AS b\nFROM ‸b", "FROM a AS «b»\nFROM b"],
    [
      "of a stage in COPY, in any case",
      "FROM a AS Build\nFROM c\nCOPY --from=BU‸ILD x y",
      "FROM a AS «Build»\nFROM c\nCOPY --from=BUILD x y",
    ],
    ["of a stage by its number", "FROM a\nFROM c\nCOPY --from=‸0 x y", "«FROM» a\nFROM c\nCOPY --from=0 x y"],
    [
      "of a stage in a mount",
      "FROM a AS b\nFROM c\nRUN --mount=type=bind,from=‸b,target=/x ls",
      "FROM a AS «b»\nFROM c\nRUN --mount=type=bind,from=b,target=/x ls",
    ],
    [
      "of a stage in ONBUILD",
      "FROM a AS b\nFROM c\nONBUILD COPY --from=‸b x y",
      "FROM a AS «b»\nFROM c\nONBUILD COPY --from=b x y",
    ],
    ["of a stage at its own name", "FROM a AS ‸b", "FROM a AS «b»"],
    ["of a variable in FROM", "ARG V=1\nFROM node:$‸{V}", "ARG «V»=1\nFROM node:${V}"],
    [
      "of one in the default of another",
      "ARG A=1\nARG B=${A‸}\nARG A=2\nFROM x",
      "ARG «A»=1\nARG B=${A}\nARG A=2\nFROM x",
    ],
    ["of one in RUN", 'FROM x\nARG V=1\nRUN echo "${V‸:-2}"', 'FROM x\nARG «V»=1\nRUN echo "${V:-2}"'],
    [
      "of one in a heredoc",
      "FROM x\nARG V=1\nRUN <<EOF\necho $‸V\nEOF\n",
      "FROM x\nARG «V»=1\nRUN <<EOF\necho $V\nEOF\n",
    ],
    [
      "of one in a COPY's heredoc",
      "FROM x\nARG V=1\nCOPY <<EOF /f\n$‸V\nEOF\n",
      "FROM x\nARG «V»=1\nCOPY <<EOF /f\n$V\nEOF\n",
    ],
    ["of one in a flag", "FROM x\nARG V=1\nCOPY --chown=$‸V a b", "FROM x\nARG «V»=1\nCOPY --chown=$V a b"],
    [
      "of one in a mount",
      "FROM x\nARG V=1\nRUN --mount=type=cache,target=/$‸V ls",
      "FROM x\nARG «V»=1\nRUN --mount=type=cache,target=/$V ls",
    ],
    ["of one in CMD", "FROM x\nENV V=1\nCMD echo $‸V", "FROM x\nENV «V»=1\nCMD echo $V"],
    [
      "the last one before it",
      "FROM x\nENV V=1\nENV V=2\nWORKDIR /$‸V\nENV V=3",
      "FROM x\nENV V=1\nENV «V»=2\nWORKDIR /$V\nENV V=3",
    ],
    ["in one ENV what stood before it", "FROM x\nENV V=1\nENV V=2 W=$‸V", "FROM x\nENV «V»=1\nENV V=2 W=$V"],
    ["in one ARG what stands before it there", "FROM x\nARG V=1 W=$‸V", "FROM x\nARG «V»=1 W=$V"],
    [
      "in a stage that is built FROM another",
      "FROM x AS a\nENV V=1\nFROM a\nUSER $‸V",
      "FROM x AS a\nENV «V»=1\nFROM a\nUSER $V",
    ],
    [
      "what an ONBUILD of the base brings",
      "FROM x AS a\nONBUILD ENV V=1\nFROM a\nUSER $‸V",
      "FROM x AS a\nONBUILD ENV «V»=1\nFROM a\nUSER $V",
    ],
    [
      "of an ARG without a value is the global one",
      "ARG V=1\nFROM x\nARG ‸V\nRUN $V",
      "ARG «V»=1\nFROM x\nARG V\nRUN $V",
    ],
    ["of one with a value is itself", "ARG V=1\nFROM x\nARG ‸V=2", "ARG V=1\nFROM x\nARG «V»=2"],
  ])("%s", (_title, text, expected) => {
    expect(defined(text)).toBe(expected);
  });

  it.each<[title: string, text: string]>([
    ["an image", "FROM no‸de"],
    ["a later stage", "FROM ‸b\nFROM a AS b"],
    ["a global ARG that the stage does not declare", "ARG V=1\nFROM x\nRUN echo $‸V"],
    ["a variable of another stage", "FROM x\nENV V=1\nFROM y\nRUN echo $‸V"],
    ["a stage's variable in FROM", "FROM x\nARG V=1\nFROM y:$‸V"],
    ["what the script sets itself", "FROM x\nARG V=1\nRUN V=2; echo $‸V"],
    ["in single quotes", "FROM x\nARG V=1\nRUN echo '$‸V'"],
    ["in the exec form", 'FROM x\nARG V=1\nRUN ["echo", "$‸V"]'],
    ["in a quoted heredoc", "FROM x\nARG V=1\nCOPY <<'EOF' /f\n$‸V\nEOF\n"],
    ["in COPY --from", "FROM x\nARG V=1\nCOPY --from=$‸V a b"],
  ])("none: %s", (_title, text) => {
    expect(defined(text)).toBe("");
  });
});

describe("the references", () => {
  it.each<[title: string, text: string, expected: string]>([
    [
      "of a stage",
      "FROM a AS ‸b\nFROM b\nCOPY --from=b x y\nCOPY --from=0 x y\nRUN --mount=from=B,target=/x ls\nFROM b AS c\nCOPY --from=c x y",
      "FROM a AS «b»\nFROM «b»\nCOPY --from=«b» x y\nCOPY --from=«0» x y\nRUN --mount=from=«B»,target=/x ls\nFROM «b» AS c\nCOPY --from=c x y",
    ],
    [
      "of a global ARG, with the stages that take its value",
      "ARG ‸V=1\nFROM a:$V AS a\nARG V\nRUN echo $V\nFROM b:${V}\nRUN echo $V\nENV W=$V",
      "ARG «V»=1\nFROM a:$«V» AS a\nARG «V»\nRUN echo $«V»\nFROM b:${«V»}\nRUN echo $V\nENV W=$V",
    ],
    [
      "of a stage's own ARG, which hides the global one",
      "ARG V=1\nFROM a:$V\nARG V=2\nRUN echo $‸V",
      "ARG V=1\nFROM a:$V\nARG «V»=2\nRUN echo $«V»",
    ],
    [
      "of ENV, in the stages that are built FROM its own",
      "FROM x AS a\nENV V=1\nFROM a AS b\nENV V=2$V\nRUN echo $V\nFROM x\nENV V=3\nRUN echo $‸V",
      "FROM x AS a\nENV V=1\nFROM a AS b\nENV V=2$V\nRUN echo $V\nFROM x\nENV «V»=3\nRUN echo $«V»",
    ],
    [
      "of the same, from inside",
      "FROM x AS a\nENV ‸V=1\nFROM a AS b\nENV V=2$V\nRUN echo $V\nFROM x\nENV V=3\nRUN echo $V",
      "FROM x AS a\nENV «V»=1\nFROM a AS b\nENV «V»=2$«V»\nRUN echo $«V»\nFROM x\nENV V=3\nRUN echo $V",
    ],
    [
      "of what BuildKit sets",
      "FROM --platform=$BUILD‸PLATFORM a\nFROM --platform=$BUILDPLATFORM b",
      "FROM --platform=$«BUILDPLATFORM» a\nFROM --platform=$«BUILDPLATFORM» b",
    ],
  ])("%s", (_title, text, expected) => {
    expect(referred(text)).toBe(expected);
  });

  it("without the declaration", () => {
    expect(referred("FROM a AS ‸b\nFROM b", false)).toBe("FROM a AS b\nFROM «b»");
    expect(referred("ARG ‸V=1\nFROM a:$V", false)).toBe("ARG V=1\nFROM a:$«V»");
  });
});

describe("a new name", () => {
  it.each<[title: string, text: string, name: string, expected: string]>([
    [
      "for a stage",
      "FROM a AS Bui‸ld\nFROM build\nCOPY --from=BUILD x y\nCOPY --from=0 x y",
      "deps",
      "FROM a AS deps\nFROM deps\nCOPY --from=deps x y\nCOPY --from=0 x y",
    ],
    [
      "for a global ARG",
      'ARG V=1\nFROM a:${V‸}-x\nARG V\nRUN echo "${V%.*}" $V',
      "TAG",
      'ARG TAG=1\nFROM a:${TAG}-x\nARG TAG\nRUN echo "${TAG%.*}" $TAG',
    ],
    [
      "for an ARG that an ENV hands on",
      "FROM a\nARG ‸V=1\nENV V=$V\nRUN echo $V",
      "W",
      "FROM a\nARG W=1\nENV V=$W\nRUN echo $V",
    ],
  ])("%s", (_title, text, name, expected) => {
    expect(renamed(text, name)).toBe(expected);
  });

  it.each<[title: string, text: string, name: string, problem: RegExp]>([
    ["a stage's that exists", "FROM a AS ‸b\nFROM x AS c", "c", /a stage c already/],
    ["one that is an image", "FROM a AS ‸b\nFROM node", "node", /node is an image/],
    ["one that is reserved", "FROM a AS ‸b", "scratch", /reserved/],
    ["one that no stage can have", "FROM a AS ‸b", "B c", /no name of a stage/],
    ["a stage without a name", "FROM a\nFROM c\nCOPY --from=‸0 x y", "b", /has no name/],
    ["a stage whose name a variable makes up", "ARG S=b\nFROM a AS ‸b\nFROM $S", "c", /a variable makes up/],
    ["a stage of each platform", "FROM a AS b-‸arm64\nFROM b-$TARGETARCH", "c", /a variable makes up|a build context/],
    ["of two stages with one name", "FROM a AS ‸b\nFROM c AS b", "d", /several stages/],
    ["ENV", "FROM a\nENV ‸V=1", "W", /is an ENV/],
    ["a name that is taken", "ARG ‸V=1\nARG W=2\nFROM a:$V", "W", /already/],
    ["no name", "ARG ‸V=1\nFROM a:$V", "1 x", /no name of a variable/],
    ["what BuildKit sets", "ARG ‸TARGETARCH\nFROM a:$TARGETARCH", "X", /BuildKit knows TARGETARCH/],
    ["what BuildKit would set", "ARG ‸V\nFROM a:$V", "HTTP_PROXY", /BuildKit knows HTTP_PROXY/],
    ["a value of the policy", "ARG ‸GIVEN=1\nFROM a:$GIVEN", "W", /the policy gives GIVEN/],
    ["a script that sets it, too", "FROM a\nARG ‸V=1\nRUN V=2; echo $V", "W", /line 3 names V/],
    ["a script that hands it to another", "FROM a\nARG ‸V=1\nRUN sh -c 'echo $V'", "W", /line 3 names V/],
    [
      "a shell that is not read",
      'FROM a\nSHELL ["pwsh", "-c"]\nARG ‸V=1\nRUN echo $env:V $V',
      "W",
      /line 4 does with V is not known/,
    ],
    ["a name that only BuildKit takes for one", "ARG ‸a.*b=1\nFROM x", "W", /no plain name/],
    ["nothing at all", "FROM ‸a", "W", /no stage and no ARG/],
  ])("is refused: %s", (_title, text, name, problem) => {
    expect(renamed(text, name, { policy: { args: { GIVEN: "1" } } })).toMatch(problem);
  });

  it.each<[text: string, name: string | null]>([
    ["FROM a AS b\nCOPY --from=‸b x y", null],
    ["FROM a AS b\nFROM c\nCOPY --from=‸b x y", "b"],
    ["ARG V=1\nFROM a:${‸V}", "V"],
    ["FROM a\nENV ‸V=1", null],
    ["FROM ‸node", null],
  ])("asks for it at %j: %s", (text, name) => {
    const { source, offset } = marked(text);
    const range = renameRangeAt(source, offset);
    expect(range && source.text.slice(...range)).toBe(name);
  });

  it("leaves every image and every layer what it was", () => {
    const text =
      "ARG NODE=22\nARG BASE=node:${NODE}\nFROM ${BASE}-alpine AS deps\nARG NODE\nARG MIRROR=https://a.example/${NODE}\n" +
      'RUN curl "${MIRROR:-x}/$NODE" && echo ${NODE%.*}\nFROM deps AS build\nCOPY --from=deps /a /b\n' +
      "RUN --mount=type=bind,from=deps,target=/d ls $MIRROR\nFROM ${BASE} AS other\nRUN echo $NODE\nFROM build\nCOPY --from=1 /x /y\n";
    const meaning = (content: string): unknown => {
      const { facts } = sourceFor(content);
      const images = facts.images.map(({ status, target, reference }) => [status, target?.index, reference]);
      return [images, facts.layers.steps.map(({ kind, work }) => [kind, work.cost, work.script])];
    };
    // Positions of commands move with the length of a name, so the new one has the same.
    const before = JSON.stringify(meaning(text));
    const names = new Set<string>();
    for (let offset = 0; offset < text.length; offset++) {
      const source = sourceFor(text);
      const range = renameRangeAt(source, offset);
      if (!range) continue;
      const old = text.slice(...range);
      const name = old.toLowerCase() === old ? "z".repeat(old.length) : "Z".repeat(old.length);
      const { edits, problem } = renameEditsAt(source, offset, name);
      expect(problem).toBeNull();
      const after = applied(text, edits ?? []);
      expect(after).not.toBe(text);
      expect(JSON.stringify(meaning(after))).toBe(before);
      names.add(old);
    }
    expect([...names].sort()).toEqual(["BASE", "MIRROR", "NODE", "build", "deps", "other"]);
  });
});
