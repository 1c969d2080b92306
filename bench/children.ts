/** What is measured inside a process of its own, which prints it as JSON. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import type { Growth } from "./hostile-growth.js";
import type { Keystrokes } from "./keystrokes.js";
import type { LockTimes } from "./lock-images.js";
import type { Row } from "./row.js";
import type { Setting } from "./setting.js";

/** Images that are locked. */
const IMAGES = 500;

function measured(script: string, args: readonly string[], { root }: Setting): unknown {
  const argv = ["--expose-gc", "--import", "tsx", join(root, "bench", script), ...args];
  const { stdout, stderr, status } = spawnSync(process.execPath, argv, { cwd: root, encoding: "utf8" });
  if (status !== 0) throw new Error(`bench/${script} ended with ${String(status)}: ${stderr.trim().slice(-500)}`);
  return JSON.parse(stdout);
}

/** Work that grows with the text, and not faster: by how much the time grows more than the size. */
export function hostile(setting: Setting): Row[] {
  return (measured("hostile-growth.ts", [], setting) as Growth[]).map(({ name, sizes, milliseconds }) => {
    const [small, large] = milliseconds;
    return {
      ...{ id: `hostile: ${name}`, what: `time over size: ${name}`, unit: "×", better: "less", goal: 1.2 },
      measured: large / small / (sizes[1] / sizes[0]),
      note: `${small.toFixed(1)} ms for ${kilo(sizes[0])} KB, ${large.toFixed(1)} ms for ${kilo(sizes[1])} KB`,
    };
  });
}

function kilo(count: number): string {
  return (count / 1000).toFixed(0);
}

/** The language server in a 2,000-line Dockerfile: work from a change to fresh diagnostics, and memory over 10,000 changes. */
export function keystrokes(setting: Setting): Row[] {
  const large = measured("keystrokes.ts", ["2000", "200"], setting) as Keystrokes;
  const long = measured("keystrokes.ts", ["60", "10000"], setting) as Keystrokes;
  return [
    {
      ...{ id: "keystroke", what: "a keystroke in 2,000 lines, to fresh diagnostics", unit: "ms", better: "less" },
      ...{ goal: 50, measured: large.milliseconds, note: `language server, CPU time; ${large.findings} findings` },
    },
    {
      ...{ id: "edits-memory", what: "memory after 10,000 changes, to that after 1,000", unit: "×", better: "less" },
      ...{ goal: 1.2, measured: long.growth, note: `language server, ${long.lines} lines` },
    },
  ];
}

/** `lock` beside a real registry. What it takes is said when there is none. */
export function locking(setting: Setting): Row[] {
  try {
    const { first, kept, second } = measured("lock-images.ts", [setting.command, String(IMAGES)], setting) as LockTimes;
    return [
      {
        ...{ id: "lock", what: `locking ${IMAGES} images`, unit: "ms", better: "less", goal: null, measured: first },
        note: "`fromlint lock`, docker-registry on loopback, nothing in the cache",
      },
      {
        ...{ id: "lock-kept", what: "the same with the lock file there", unit: "ms", better: "less", goal: null },
        ...{ measured: kept, note: "`fromlint lock` again, which has nothing to ask" },
      },
      {
        ...{
          id: "lock-again",
          what: "the same once more, without the lock file",
          unit: "ms",
          better: "less",
          goal: null,
        },
        ...{
          measured: second,
          note: "`fromlint lock` takes nothing from the cache: what it writes down is what registries have now",
        },
      },
    ];
  } catch (error) {
    setting.missing(`locking ${IMAGES} images: ${error instanceof Error ? error.message : String(error)}`);
    return [];
  }
}
