/** What is measured inside a process of its own, which prints it as JSON. */
import { buildSync } from "esbuild";
import { spawnSync } from "node:child_process";
import { basename, join } from "node:path";
import { COMMON } from "../scripts/build/options.js";
import type { Growth } from "./hostile-growth.js";
import type { Keystrokes } from "./keystrokes.js";
import type { LockTimes } from "./lock-images.js";
import type { Row } from "./row.js";
import type { Setting } from "./setting.js";

const TSX = ["--import", "tsx"];

/** Images that are locked. */
const IMAGES = 500;

function measured(script: string, args: readonly string[], setting: Setting, argv: readonly string[] = []): unknown {
  const command = ["--expose-gc", ...argv, script, ...args];
  const { stdout, stderr, status } = spawnSync(process.execPath, command, { cwd: setting.root, encoding: "utf8" });
  if (status !== 0) throw new Error(`${basename(script)} ended with ${String(status)}: ${stderr.trim().slice(-500)}`);
  return JSON.parse(stdout);
}

/** A script of bench/ in one file with all that it measures, as what is published is built. */
function bundled(name: string, { root, folder }: Setting): string {
  const outfile = join(folder, `${name}.mjs`);
  buildSync({
    ...COMMON,
    absWorkingDir: root,
    entryPoints: [join(root, "bench", `${name}.ts`)],
    outfile,
    format: "esm",
    minify: true,
    define: { "import.meta.dirname": JSON.stringify(join(root, "src")) },
    banner: { js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);' },
  });
  return outfile;
}

/** Work that grows with the text, and not faster: by how much the time grows more than the size. */
export function hostile(setting: Setting): Row[] {
  return (measured(bundled("hostile-growth", setting), [], setting) as Growth[]).map(
    ({ name, sizes, milliseconds }) => {
      const [small, large] = milliseconds;
      return {
        ...{ id: `hostile: ${name}`, what: `time over size: ${name}`, unit: "×", better: "less", goal: 1.2 },
        measured: large / small / (sizes[1] / sizes[0]),
        note: `${small.toFixed(1)} ms for ${kilo(sizes[0])} KB, ${large.toFixed(1)} ms for ${kilo(sizes[1])} KB`,
      };
    },
  );
}

function kilo(count: number): string {
  return (count / 1000).toFixed(0);
}

/** The language server in a 2,000-line Dockerfile: work from a change to fresh diagnostics, and memory over 10,000 changes. */
export function keystrokes(setting: Setting): Row[] {
  const script = bundled("keystrokes", setting);
  // What else the machine does only adds.
  const runs = [1, 2, 3].map(() => measured(script, ["2000", "200"], setting) as Keystrokes);
  const large = runs.reduce((best, run) => (run.milliseconds < best.milliseconds ? run : best));
  const long = measured(script, ["60", "10000"], setting) as Keystrokes;
  return [
    {
      ...{ id: "keystroke", what: "a keystroke in 2,000 lines, to fresh diagnostics", unit: "ms", better: "less" },
      ...{
        goal: 50,
        measured: large.milliseconds,
        note: `language server, median CPU time, best of three; ${large.findings} findings`,
      },
    },
    {
      ...{ id: "edits-memory", what: "memory after 10,000 changes, to that after 1,000", unit: "×", better: "less" },
      ...{ goal: 1.2, measured: long.growth, note: `language server, ${long.lines} lines` },
    },
  ];
}

/** `lock` and `--online` beside a real registry. What they take is said when there is none. */
export function locking(setting: Setting): Row[] {
  try {
    const { first, kept, second, online, cached } = measured(
      join(setting.root, "bench/lock-images.ts"),
      [setting.command, String(IMAGES)],
      setting,
      TSX,
    ) as LockTimes;
    return [
      taken("lock", first, {
        what: `locking ${IMAGES} images`,
        note: "`fromlint lock`, docker-registry on loopback, nothing in the cache",
      }),
      taken("lock-kept", kept, {
        what: "the same with the lock file there",
        note: "`fromlint lock` again, which has nothing to ask",
      }),
      taken("lock-again", second, {
        what: "the same once more, without the lock file",
        note: "`fromlint lock` takes nothing from the cache: what it writes down is what registries have now",
      }),
      taken("online", online, {
        what: `linting ${IMAGES} images with what their registry says`,
        note: "`fromlint --online`, docker-registry on loopback, nothing in the cache",
      }),
      taken("online-cached", cached, {
        what: "the same again, from the cache",
        note: "`fromlint --online` within ten minutes: nothing is asked, the registry is stopped",
      }),
    ];
  } catch (error) {
    setting.missing(`locking ${IMAGES} images: ${error instanceof Error ? error.message : String(error)}`);
    return [];
  }
}

/** Shown only: a registry on loopback says little of those that people use. */
function taken(id: string, milliseconds: number, { what, note }: Pick<Row, "what" | "note">): Row {
  return { id, what, measured: milliseconds, unit: "ms", better: "less", goal: null, note };
}
