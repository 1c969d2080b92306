/** Policies that cannot be used: shown in their files, and told to the client as a whole. */
import type { Diagnostic } from "vscode-languageserver";
import type { PolicyError } from "../src/index.js";
import { pathOf, readText, uriOf } from "./places.js";
import { policyDiagnostics } from "./policy-diagnostics.js";
import type { Encoding } from "./positions.js";
import type { Workspace } from "./workspace.js";

/** The notification `fromlint/status`. Line and column are 1-based, the column in UTF-16 units. */
export interface Status {
  readonly state: "ok" | "broken-policy";
  /** One line; empty where all is well. */
  readonly message: string;
  readonly uri?: string;
  readonly line?: number;
  readonly column?: number;
}

export interface BrokenPolicies {
  /** What is wrong with the policy that holds for a Dockerfile; nothing where it can be used. */
  readonly note: (dockerfile: string, errors: readonly PolicyError[]) => void;
  /** Diagnostics of policy files that are not open, by URI. */
  readonly current: () => Map<string, Diagnostic[]>;
  /** The same, with empty lists for those that were in the last answer and are mended. */
  readonly reports: () => Map<string, Diagnostic[]>;
  /** Sends the status where it is another one than before. */
  readonly tell: () => void;
}

export function createBrokenPolicies(
  workspace: Pick<Workspace, "openAt">,
  encoding: Encoding,
  send: (status: Status) => void,
): BrokenPolicies {
  const byDockerfile = new Map<string, readonly PolicyError[]>();
  let reported: readonly string[] = [];
  let told = "";

  /** Each error once, whatever the number of Dockerfiles under its policy. */
  const errors = (): PolicyError[] => {
    const all = [...byDockerfile.values()].flat();
    return [...new Map(all.map((error) => [JSON.stringify(error), error])).values()];
  };

  const current = (): Map<string, Diagnostic[]> => {
    const all = errors();
    const closed = [...new Set(all.map(({ file }) => file))].filter((file) => !workspace.openAt(file));
    return new Map(
      closed.map((file) => {
        const found = all.filter((error) => error.file === file);
        return [uriOf(file), policyDiagnostics(readText(file) ?? "", found, encoding)];
      }),
    );
  };

  return {
    note: (dockerfile, found) => {
      if (found.length > 0) byDockerfile.set(dockerfile, found);
      else byDockerfile.delete(dockerfile);
    },
    current,
    reports: () => {
      const now = current();
      const mended = reported.filter((uri) => !now.has(uri) && !workspace.openAt(pathOf(uri) ?? ""));
      reported = [...now.keys()];
      return new Map([...now, ...mended.map((uri): [string, Diagnostic[]] => [uri, []])]);
    },
    tell: () => {
      const [first] = errors();
      const status: Status = first
        ? {
            state: "broken-policy",
            message: first.message,
            uri: uriOf(first.file),
            line: first.line,
            column: first.column,
          }
        : { state: "ok", message: "" };
      const text = JSON.stringify(status);
      if (text === told) return;
      told = text;
      send(status);
    },
  };
}
