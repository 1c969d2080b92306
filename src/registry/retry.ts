/** Asks again where a registry says that it may help, and no more where it does not answer. */
import { setTimeout as pause } from "node:timers/promises";
import type { CheckedRequest, Connections } from "./connections.js";
import type { HttpResponse } from "./exchange.js";
import { failure, isFailure, type Failure } from "./failure.js";
import type { Limits } from "./limits.js";

const PASSING = new Set([429, 502, 503, 504]);

export type Send = (request: CheckedRequest) => Promise<HttpResponse | Failure>;

/**
 * Sends with retries: after 429, 502, 503 and 504 only, after the pause that Retry-After asks for, else after one that
 * doubles, with jitter. A host that asks for a longer pause than it gets, or did not answer several requests in a row,
 * is not asked again in this run.
 */
export function withRetries(connections: Connections, limits: Limits, now: () => number): Send {
  const givenUp = new Map<string, Failure>();
  const unanswered = new Map<string, number>();

  const sendOnce: Send = async (request) => {
    const { host } = request.url;
    const known = givenUp.get(host);
    if (known) return known;
    const answer = await connections.send(request);
    if (!isFailure(answer) || answer.kind !== "down") {
      unanswered.delete(host);
    } else {
      const count = (unanswered.get(host) ?? 0) + 1;
      unanswered.set(host, count);
      if (count >= limits.failures) givenUp.set(host, answer);
    }
    return answer;
  };

  return async (request) => {
    const { host } = request.url;
    for (let attempt = 1; ; attempt++) {
      const answer = await sendOnce(request);
      if (isFailure(answer) || !PASSING.has(answer.status)) return answer;
      const asked = retryAfter(answer.headers["retry-after"], now());
      if (asked !== null && asked > limits.longestPauseMs) {
        const wait = failure(`${host} asks to wait ${duration(asked)} (status ${answer.status})`);
        if (answer.status === 429) givenUp.set(host, wait);
        return wait;
      }
      if (attempt >= limits.attempts) return answer;
      const growing = limits.pauseMs * 2 ** (attempt - 1) * (0.5 + Math.random());
      const isOver = await pause((asked ?? 0) + growing, false, { signal: request.signal }).catch(() => true);
      if (isOver) return failure(`${host} answers with status ${answer.status}`);
    }
  };
}

/** Milliseconds; null without a header that says anything. Seconds or a date (RFC 9110, 10.2.3). */
function retryAfter(header: string | undefined, now: number): number | null {
  const text = (header ?? "").trim();
  if (/^[0-9]{1,9}$/.test(text)) return Number(text) * 1000;
  const date = /^[A-Z][a-z]{2}, /.test(text) ? Date.parse(text) : NaN;
  return Number.isNaN(date) ? null : Math.max(0, date - now);
}

function duration(milliseconds: number): string {
  const seconds = Math.ceil(milliseconds / 1000);
  return seconds < 120 ? `${String(seconds)} s` : `${String(Math.ceil(seconds / 60))} min`;
}
