/** The built command in processes of its own: exit codes, streams, and what only a process can show. */
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { folderWith, ORDINARY } from "./folder.js";

const root = resolve(import.meta.dirname, "../..");
const command = join(root, "bin/fromlint.cjs");
const built = join(root, "dist/cli.cjs");

beforeAll(() => {
  if (isUpToDate()) return;
  execFileSync(process.execPath, [join(root, "node_modules/tsx/dist/cli.mjs"), join(root, "scripts/build.ts")]);
}, 60_000);

/** `npm test` builds first; a run of this file alone should not test an old build. */
function isUpToDate(): boolean {
  if (!existsSync(built)) return false;
  const time = statSync(built).mtimeMs;
  return ["src", "rules", "scripts", "bin"].every((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" }).every((name) => {
      return statSync(join(root, folder, name)).mtimeMs <= time;
    }),
  );
}

interface Ran {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function fromlint(folder: string, argv: string, input?: string): Ran {
  const words = argv.split(" ").filter(Boolean);
  const env = { PATH: process.env.PATH };
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...words], {
    cwd: folder,
    encoding: "utf8",
    env,
    maxBuffer: 1e8,
    ...(input === undefined ? {} : { input }),
  });
  return { status, stdout, stderr };
}

describe("exit code and streams", () => {
  it("asks the second reader, which it loads only then", () => {
    const { status, stdout } = fromlint(folderWith({}), "-", "FROM scratch\nRUN << EOF\nCOPY a b\nEOF\n");
    expect(stdout).toContain("other tools see the instruction `COPY`");
    expect(status).toBe(1);
  });

  it("0: clean, the summary on stdout", () => {
    expect(fromlint(folderWith({ Dockerfile: "FROM scratch\n" }), "")).toEqual({
      status: 0,
      stdout: "No problems in 1 file.\n",
      stderr: "",
    });
  });

  it("1: findings, on stdout", () => {
    const { status, stdout, stderr } = fromlint(folderWith({ Dockerfile: "FROM node\n" }), "");
    expect([status, stderr]).toEqual([1, ""]);
    expect(stdout).toMatch(/^error\[explicit-tag\]: .+\n --> Dockerfile:1:6\n1 \| FROM node\n {2}\| {6}\^\^\^\^\n/);
  });

  it("2: the run failed, in one line on stderr", () => {
    expect(fromlint(folderWith({}), "nothing")).toEqual({
      status: 2,
      stdout: "",
      stderr: "fromlint: nothing: there is no such file or folder.\n",
    });
  });

  it("2: the line cannot be forged", () => {
    const folder = folderWith({});
    const { stderr } = spawnSync(process.execPath, [command, "a\nfromlint: all is well\x1b[2J"], {
      cwd: folder,
      encoding: "utf8",
    });
    expect(stderr).toBe("fromlint: a\\nfromlint: all is well\\x1b[2J: there is no such file or folder.\n");
  });

  it("2: a working directory that is gone", () => {
    const folder = folderWith({});
    mkdirSync(join(folder, "gone"));
    const script = `process.chdir(${JSON.stringify(join(folder, "gone"))}); require("fs").rmdirSync(process.cwd()); require(${JSON.stringify(command)})`;
    const { status, stderr } = spawnSync(process.execPath, ["-e", script], { cwd: root, encoding: "utf8" });
    expect(status).toBe(2);
    expect(stderr).toMatch(/^fromlint: .+\n$/);
  });

  it("--version is that of the package", () => {
    const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string };
    expect(fromlint(root, "--version")).toEqual({ status: 0, stdout: `${version}\n`, stderr: "" });
  });

  it("--help goes to stdout", () => {
    expect(fromlint(root, "--help")).toMatchObject({
      status: 0,
      stderr: "",
      stdout: expect.stringMatching(/^fromlint: /) as string,
    });
  });
});

describe("parts that are loaded late are in the build", () => {
  const files = {
    Dockerfile: "# 日本\nFROM node\n",
    "fromlint.yaml": "rules: { no-latest: warn }\n",
    ".gitignore": "out/\n",
    "out/Dockerfile": "FROM nginx\n",
  };

  it("policy, .gitignore, wide characters, colour", () => {
    const { status, stdout } = fromlint(folderWith(files), "--color");
    expect(status).toBe(1);
    expect(stdout).toContain("\x1b[31m^^^^\x1b[39m");
    expect(stdout).not.toContain("nginx");
  });

  it("the diff", () => {
    const { stdout } = fromlint(folderWith(files), "--fix-dry-run --apply explicit-tag");
    expect(stdout).toMatch(
      /^--- a\/Dockerfile\n\+\+\+ b\/Dockerfile\n@@ -1,2 \+1,2 @@\n # 日本\n-FROM node\n\+FROM node:/,
    );
  });

  it("the inventory", () => {
    const { stdout } = fromlint(folderWith(files), "bases --format json");
    expect(JSON.parse(stdout)).toMatchObject([
      { file: "Dockerfile", reference: "docker.io/library/node", tier: "official" },
    ]);
  });

  it("the shell parser", () => {
    const late = { Dockerfile: "FROM debian:13.3\nCOPY . /app\nRUN apt-get update && apt-get install -y curl\n" };
    expect(fromlint(folderWith(late), "--format compact").stdout).toContain("system-packages-before-source");
  });

  it("the layers", () => {
    const { stdout } = fromlint(folderWith({ Dockerfile: "FROM a:1\nRUN make\n" }), "layers --change line:2");
    expect(stdout).toContain("A change of line 2 re-runs 1 of 1 step, 1 of them expensive.");
  });

  it("the policy that holds", () => {
    const { stdout } = fromlint(folderWith(files), "--print-config Dockerfile");
    expect(JSON.parse(stdout)).toMatchObject({ rules: { "no-latest": { severity: "warn" } } });
  });

  it("the rules", () => {
    expect(fromlint(root, "--list-rules").stdout).toContain("explicit-tag");
  });
});

describe("the standard input", () => {
  it("is linted", () => {
    const { status, stdout } = fromlint(folderWith({}), "- --format compact", "FROM node\n");
    expect(status).toBe(1);
    expect(stdout).toMatch(/^<stdin>:1:6: error/);
  });

  it("goes through --fix", () => {
    const { stdout } = fromlint(folderWith({}), "- --fix --apply explicit-tag", "FROM node\n");
    expect(stdout).toMatch(/^FROM node:[\w.-]+\n$/);
  });

  it("may be empty", () => {
    expect(fromlint(folderWith({}), "- --format compact", "").status).toBe(1);
  });
});

const hasPython = spawnSync("python3", ["--version"]).status === 0;

describe("pipes", () => {
  /** Enough findings to fill a pipe many times over. */
  const many = { Dockerfile: Array.from({ length: 500 }, () => "FROM node\n").join("") };

  it("a reader that goes away is no error", () => {
    const line = '("$0" "$1" --format json; echo "exit $?" >&2) | head -c 1';
    const { stdout, stderr } = spawnSync("sh", ["-c", line, process.execPath, command], {
      cwd: folderWith(many),
      encoding: "utf8",
    });
    expect({ stdout, stderr }).toEqual({ stdout: "[", stderr: "exit 1\n" });
  });

  it.runIf(hasPython)("a slow reader gets everything, also through a pipe that does not block", () => {
    const folder = folderWith(many);
    // The shell's `sleep` shares the pipe; python makes it non-blocking, as other programs do.
    const nonBlocking = `import os,sys; os.set_blocking(1, False); os.execv(sys.argv[1], sys.argv[1:])`;
    const line = `python3 -c '${nonBlocking}' "$0" "$1" --format json | (sleep 0.5; cat)`;
    const { stdout } = spawnSync("sh", ["-c", line, process.execPath, command], {
      cwd: folder,
      encoding: "utf8",
      maxBuffer: 1e9,
    });
    expect(JSON.parse(stdout)).toMatchObject([{ errorCount: 500 }]);
  });

  it.skipIf(!existsSync("/dev/full"))("a full disk is said, and exits 2", () => {
    const { status, stderr } = spawnSync("sh", ["-c", '"$0" "$1" > /dev/full', process.execPath, command], {
      cwd: folderWith(many),
      encoding: "utf8",
    });
    expect({ status, stderr }).toEqual({
      status: 2,
      stderr: "fromlint: The output cannot be written: no space is left.\n",
    });
  });
});

describe("a terminal", () => {
  const hasScript = spawnSync("sh", ["-c", "script --version | grep util-linux"]).status === 0;

  it.runIf(hasScript)("is coloured, and not when NO_COLOR is set", () => {
    const folder = folderWith({ Dockerfile: "FROM node\n" });
    const onTerminal = (env: Record<string, string>): string =>
      spawnSync("sh", ["-c", `script -qec "'$0' '$1'" /dev/null`, process.execPath, command], {
        cwd: folder,
        encoding: "utf8",
        env: { PATH: process.env.PATH, TERM: "xterm", ...env },
      }).stdout;
    expect(onTerminal({})).toContain("\x1b[31m");
    expect(onTerminal({ NO_COLOR: "1" })).toContain("error[explicit-tag]");
    expect(onTerminal({ NO_COLOR: "1" })).not.toContain("\x1b[");
  });
});

it("a file that may not be read is a finding on it", () => {
  const folder = folderWith({ "Dockerfile.a": "FROM scratch\n", "Dockerfile.b": "FROM scratch\n" });
  execFileSync("chmod", ["0", join(folder, "Dockerfile.a")]);
  const [program, ...words] = [...ORDINARY, process.execPath, command, "--format", "compact"];
  const { status, stdout } = spawnSync(program, words, { cwd: folder, encoding: "utf8" });
  expect(stdout).toMatch(/^Dockerfile\.a:1:1: error .*permission denied/);
  expect(status).toBe(1);
});

it("never prints a stack trace, whatever the file", () => {
  const folder = folderWith({
    "Dockerfile.binary": Buffer.from(Array.from({ length: 4096 }, (_, index) => (index * 7919) % 256)),
    "Dockerfile.comments": "# a\n# b\n",
    "Dockerfile.empty": "",
    "Dockerfile.large": `FROM node\n${`RUN ${"x".repeat(1000)}\n`.repeat(5_000)}`,
    "Dockerfile.line": `FROM ${"x".repeat(100_000)}\n`,
    "Dockerfile.stages": "FROM node\n# comment\n".repeat(2_000),
    "Dockerfile.z": "FROM node\n",
  });
  const { status, stdout, stderr } = fromlint(folder, "--format compact");
  expect(status).toBe(1);
  expect(stderr).toBe("");
  expect(stdout).not.toMatch(/^\s+at /m);
  expect(stdout).not.toContain("internal-error");
  const files = new Set(stdout.split("\n").map((line) => line.slice(0, line.indexOf(":"))));
  expect([...files].filter(Boolean)).toEqual(readdirSync(folder).sort());
}, 60_000);
