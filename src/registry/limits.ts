/** What talking to a registry may take at most. A registry, or who answers in its place, may send anything. */
import type { LookupFunction } from "node:net";

export interface Limits {
  /** Until a connection stands, TLS and a proxy's tunnel included. */
  readonly connectMs: number;
  /** From there to the head of the answer. */
  readonly headersMs: number;
  /** From there to its end. */
  readonly bodyMs: number;
  /** For one question with all its requests, retries and pauses. */
  readonly questionMs: number;
  /** Of one request, the first included. */
  readonly attempts: number;
  /** Before the second attempt; doubled before each further one. */
  readonly pauseMs: number;
  /** A registry that asks to wait longer is not asked again. */
  readonly longestPauseMs: number;
  readonly redirects: number;
  /** To one host at a time. */
  readonly connections: number;
  /** Requests in a row to which a host does not answer; then it counts as down. */
  readonly failures: number;
  readonly manifestBytes: number;
  readonly configBytes: number;
  /** One page of tags. */
  readonly tagsBytes: number;
  readonly pages: number;
  readonly tags: number;
  readonly tokenBytes: number;
  readonly helperMs: number;
  readonly helperBytes: number;
  /** How long an answer counts. */
  readonly freshMs: number;
}

/** What a caller, mostly a test, may set besides. */
export interface Tuning extends Partial<Limits> {
  /** Certificates to trust (PEM), instead of Node's own. */
  readonly ca?: string;
  /** Looks names up; `dns.lookup` when left out. */
  readonly lookup?: LookupFunction;
}

/** 4 MiB is what distribution lets a manifest be. */
export const LIMITS: Limits = {
  connectMs: 10_000,
  headersMs: 15_000,
  bodyMs: 30_000,
  questionMs: 60_000,
  attempts: 3,
  pauseMs: 500,
  longestPauseMs: 15_000,
  redirects: 5,
  connections: 8,
  failures: 3,
  manifestBytes: 4 * 1024 * 1024,
  configBytes: 4 * 1024 * 1024,
  tagsBytes: 8 * 1024 * 1024,
  pages: 200,
  tags: 100_000,
  tokenBytes: 256 * 1024,
  helperMs: 20_000,
  helperBytes: 64 * 1024,
  freshMs: 10 * 60_000,
};
