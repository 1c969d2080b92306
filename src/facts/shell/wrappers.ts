/** Commands that run another one: `sudo`, `env A=b`, `exec`, `gosu user`. */
import type { Argument } from "./command.js";
import { programName } from "./dialect.js";

export interface Unwrapped {
  readonly words: readonly Argument[];
  readonly env: ReadonlyMap<string, string | null>;
  /** Whom it runs as; null for no other. */
  readonly user: string | null;
}

/** How a wrapper's own words are told from the command's. */
interface Wrapper {
  /** Options that take the next word. */
  readonly valued: readonly string[];
  /** Words of its own that stand before the command: a user, a duration. */
  readonly operands: number;
  /** Whether `A=b` may stand before the command. */
  readonly assignments: boolean;
  /** The user: from the option, from the first operand, or always this one. */
  readonly user?: { readonly option?: readonly string[]; readonly operand?: boolean; readonly fixed?: string };
}

const PLAIN: Wrapper = { valued: [], operands: 0, assignments: false };

const WRAPPERS: ReadonlyMap<string, Wrapper> = new Map<string, Wrapper>([
  ["builtin", PLAIN],
  ["busybox", PLAIN],
  ["command", PLAIN],
  ["doas", { ...PLAIN, valued: ["-u", "-C"], user: { option: ["-u"], fixed: "root" } }],
  ["dumb-init", PLAIN],
  ["eatmydata", PLAIN],
  ["env", { ...PLAIN, valued: ["-u", "-C", "--chdir", "--unset"], assignments: true }],
  ["exec", { ...PLAIN, valued: ["-a"] }],
  ["gosu", { ...PLAIN, operands: 1, user: { operand: true } }],
  ["ionice", { ...PLAIN, valued: ["-c", "-n"] }],
  ["nice", { ...PLAIN, valued: ["-n"] }],
  ["nohup", PLAIN],
  ["stdbuf", { ...PLAIN, valued: ["-i", "-o", "-e"] }],
  ["su-exec", { ...PLAIN, operands: 1, user: { operand: true } }],
  [
    "sudo",
    {
      ...PLAIN,
      valued: ["-u", "-g", "-h", "-p", "-C", "-D"],
      assignments: true,
      user: { option: ["-u"], fixed: "root" },
    },
  ],
  ["timeout", { ...PLAIN, valued: ["-k", "-s"], operands: 1 }],
]);

/** Wrappers around wrappers: `sudo env nice …`. */
const MOST_WRAPPERS = 8;

/** The command that is really run. `env -C`, `sudo -i` and other options that change its folder leave no command. */
export function unwrap(words: readonly Argument[]): Unwrapped {
  const env = new Map<string, string | null>();
  let user: string | null = null;
  let at = 0;
  for (let count = 0; count < MOST_WRAPPERS; count++) {
    const name = words[at]?.text ?? null;
    const wrapper = name === null ? undefined : WRAPPERS.get(programName(name));
    if (!wrapper || words.length === at + 1) break;
    const read = skipOwn(words, at + 1, wrapper);
    if (read === null) return { words: [], env, user };
    for (const [key, value] of read.env) env.set(key, value);
    user = read.user ?? user;
    at = read.next;
  }
  return { words: words.slice(at), env, user };
}

const OTHER_FOLDER: ReadonlySet<string> = new Set(["-C", "-D", "--chdir", "-i", "--login", "-s", "-S"]);

function skipOwn(
  words: readonly Argument[],
  from: number,
  wrapper: Wrapper,
): (Omit<Unwrapped, "words"> & { next: number }) | null {
  const env = new Map<string, string | null>();
  let user = wrapper.user?.fixed ?? null;
  let operands = wrapper.operands;
  let next = from;
  for (; next < words.length; next++) {
    const { text, prefix } = words[next] ?? { text: null, prefix: "" };
    if (prefix.startsWith("-") && prefix !== "-") {
      if (text === null || (wrapper.assignments && OTHER_FOLDER.has(text) && text !== "-i")) return null;
      if (text === "-v" || text === "-V") return null;
      if (text === "-i" && wrapper.user) return null;
      if (text === "--") continue;
      if (!wrapper.valued.includes(text)) continue;
      next++;
      if (wrapper.user?.option?.includes(text)) user = words[next]?.text ?? "";
      continue;
    }
    const equals = prefix.indexOf("=");
    if (wrapper.assignments && equals > 0) {
      env.set(prefix.slice(0, equals), text === null ? null : text.slice(equals + 1));
      continue;
    }
    if (operands === 0) break;
    operands--;
    if (wrapper.user?.operand === true) user = text ?? "";
  }
  return { env, user, next };
}
