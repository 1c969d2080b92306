/** Credential helpers: `docker-credential-NAME get` (docker/docker-credential-helpers). */
import { spawn } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { platform } from "node:os";
import { delimiter, isAbsolute, join } from "node:path";
import { password } from "./credential-files.js";
import type { Found } from "./credentials.js";
import { own, parseObject } from "./json.js";
import type { Limits } from "./limits.js";
import type { Environment } from "./proxy.js";

const NAME = /^[a-zA-Z0-9][a-zA-Z0-9_-]{0,63}$/;
/** errCredentialsNotFoundMessage of the helpers' own library. */
const NOT_FOUND = "credentials not found in native keychain";

/** Asks a helper for the credentials of `server`. What it writes reaches no message. */
export async function runHelper(name: string, server: string, env: Environment, limits: Limits): Promise<Found> {
  if (!NAME.test(name)) return { credential: null, problem: "the name of its credential helper is none" };
  const command = `docker-credential-${name}`;
  const file = onPath(command, env.PATH ?? "");
  if (file === null) return { credential: null, problem: `${command} is not on the PATH` };
  const { status, output } = await run(file, server, env, limits);
  if (status === 0) {
    const answer = parseObject(output);
    const [user, secret] = [own(answer, "Username"), own(answer, "Secret")];
    if (typeof user === "string" && typeof secret === "string") {
      return { credential: password(user, secret), problem: null };
    }
    return { credential: null, problem: `${command} gives no credentials that can be read` };
  }
  if (status === 1 && output.toString("utf8").trim() === NOT_FOUND) return { credential: null, problem: null };
  return { credential: null, problem: `${command} ${status === null ? "does not end in time" : "fails"}` };
}

/** No shell, no relative folder of PATH: the helper comes from the system, never from the project that is linted. */
function onPath(command: string, path: string): string | null {
  const file = platform() === "win32" ? `${command}.exe` : command;
  for (const folder of path.split(delimiter)) {
    const candidate = join(folder, file);
    if (isAbsolute(folder) && isExecutable(candidate)) return candidate;
  }
  return null;
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** `status` is null when the helper was ended because of its time or its output. */
function run(
  file: string,
  input: string,
  env: Environment,
  { helperMs, helperBytes }: Limits,
): Promise<{ status: number | null; output: Buffer }> {
  return new Promise((resolve) => {
    const child = spawn(file, ["get"], { env, stdio: ["pipe", "pipe", "ignore"], windowsHide: true });
    const chunks: Buffer[] = [];
    let length = 0;
    const settle = (status: number | null): void => {
      clearTimeout(late);
      resolve({ status, output: Buffer.concat(chunks) });
    };
    const stop = (): void => {
      child.kill("SIGKILL");
      // What the helper itself started may still hold the pipe.
      child.stdout.destroy();
      settle(null);
    };
    const late = setTimeout(stop, helperMs);
    child.once("error", () => settle(-1));
    child.once("close", (status) => settle(status ?? -1));
    child.stdin.on("error", () => undefined); // it may end without reading
    child.stdin.end(input);
    child.stdout.on("data", (chunk: Buffer) => {
      length += chunk.length;
      if (length > helperBytes) stop();
      else chunks.push(chunk);
    });
  });
}
