/**
 * Types into a large Dockerfile, as an editor would, and prints what that takes as JSON: the median of the CPU time from
 * a change to the fresh diagnostics, and how much the heap grows over all changes. Run with `--expose-gc`.
 *
 * Arguments: lines of the Dockerfile, number of changes.
 */
import { pathToFileURL } from "node:url";
import { documentFactory } from "../server/documents.js";
import { createSession } from "../server/session.js";
import { createWorkspace } from "../server/workspace.js";
import { largeDockerfile } from "./dockerfiles.js";
import { median } from "./measure.js";

export interface Keystrokes {
  readonly lines: number;
  readonly findings: number;
  /** CPU time of one change, in ms. */
  readonly milliseconds: number;
  /** Bytes in use at the end, divided by those after a tenth of the changes. */
  readonly growth: number;
}

/** Changes that are not counted: the compiler is still at work. */
const WARM_UP = 50;

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [lines = 2000, changes = 200] = process.argv.slice(2).map(Number);
  process.stdout.write(JSON.stringify(type(lines, changes)));
}

function type(lines: number, changes: number): Keystrokes {
  const { create, update } = documentFactory(() => "utf-16");
  const uri = "file:///bench/Dockerfile";
  const document = create(uri, "dockerfile", 1, largeDockerfile(lines));
  const get = (): typeof document => document;
  const documents = (): (typeof document)[] => [document];
  const workspace = createWorkspace({ encoding: "utf-16", documents, get, outerPolicy: null, cwd: "/bench" });
  const nothing = (): undefined => undefined;
  const session = createSession({
    workspace,
    documents,
    get,
    client: { publish: nothing, refresh: nothing, status: nothing, offerWorkspace: nothing, failed: nothing },
    service: { encoding: "utf-16", relatedInformation: true, codeDescription: false, tags: [1, 2], pageOf: () => null },
    pulls: true,
    watches: false,
  });
  session.opened(uri, 1);

  // A word typed behind an instruction in the middle, letter by letter, and taken back again.
  const line = document.lineCount >> 1;
  const end = document.getText({ start: { line, character: 0 }, end: { line: line + 1, character: 0 } }).length - 1;
  const times: number[] = [];
  let early = 0;
  let findings = 0;
  for (let change = 0; change < changes; change++) {
    const step = change % 20;
    const character = end + (step < 10 ? step : 20 - step);
    const range =
      step < 10
        ? { start: { line, character }, end: { line, character } }
        : { start: { line, character: character - 1 }, end: { line, character } };
    const start = process.cpuUsage();
    update(document, [{ range, text: step < 10 ? "x" : "" }], change + 2);
    session.changed(uri, change + 2);
    const report = session.report(uri, undefined);
    const { user, system } = process.cpuUsage(start);
    if (change >= WARM_UP) times.push((user + system) / 1000);
    findings = report.kind === "full" ? report.items.length : findings;
    if (change === Math.floor(changes / 10)) early = heap();
  }
  return { lines: document.lineCount, findings, milliseconds: median(times), growth: heap() / early };
}

function heap(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}
