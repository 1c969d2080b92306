/** What fromlint's server understands beyond the Language Server Protocol. */

/** Request, with `workDoneToken` for its progress; it can be cancelled. Findings come as diagnostics. */
export const LINT_WORKSPACE = "fromlint/lintWorkspace";

export interface WorkspaceLinted {
  /** How many files were linted. */
  readonly files: number;
  readonly findings: number;
}

/** Request with `{ uri }` of a Dockerfile: which policy file holds for it. */
export const POLICY_OF = "fromlint/policyOf";

export interface PolicyOf {
  /** Null where the preset holds, because there is no policy file. */
  readonly uri: string | null;
}

/** Notification: whether the policies can be used. */
export const STATUS = "fromlint/status";

export interface Status {
  readonly state: "ok" | "broken-policy";
  readonly message: string;
  /** Where the policy is broken; line and column are 1-based. */
  readonly uri?: string;
  readonly line?: number;
  readonly column?: number;
}
