/** Each question is asked once: while it is under way, while its answer is fresh in memory, or on disk. */
import type { Answer, ImageDetails, Manifest, Outcome } from "./answer.js";
import type { Cache } from "./cache.js";
import { imageType, isDigest, isIndexType } from "./formats.js";
import { asObject, own } from "./json.js";
import { TAG } from "./tags.js";

export interface Memory {
  /** The answer to the question of that key. */
  readonly remember: <Value>(
    key: string,
    isValue: (value: unknown) => value is Value,
    ask: () => Promise<Outcome<Value>>,
  ) => Promise<Answer<Value>>;
  /** Keeps what another question has answered along the way. */
  readonly keep: (key: string, answer: Answer<unknown>) => void;
  /** Whether anything was kept. */
  readonly isUsed: () => boolean;
}

/** `mayRead`: whether answers that another run left on disk count. */
export function openMemory(cache: () => Cache | null, mayRead: boolean, freshMs: number, now: () => number): Memory {
  const underWay = new Map<string, Promise<Answer<unknown>>>();
  const known = new Map<string, { readonly at: number; readonly answer: Answer<unknown> }>();
  const isFresh = (at: number): boolean => at <= now() && now() - at < freshMs;

  const keep = (key: string, answer: Answer<unknown>): void => {
    if (answer.status === "unknown") return;
    known.set(key, { at: now(), answer });
    cache()?.put(key, now(), answer);
  };
  const stored = <Value>(key: string, isValue: (value: unknown) => value is Value): Answer<Value> | null => {
    const entry = mayRead ? (cache()?.get(key) ?? null) : null;
    return entry && isFresh(entry.at) ? readAnswer(entry.value, isValue) : null;
  };
  return {
    keep,
    isUsed: () => known.size > 0,
    remember: <Value>(key: string, isValue: (value: unknown) => value is Value, ask: () => Promise<Outcome<Value>>) => {
      const fresh = known.get(key);
      if (fresh && isFresh(fresh.at)) return Promise.resolve(fresh.answer as Answer<Value>);
      const asked = underWay.get(key) as Promise<Answer<Value>> | undefined;
      if (asked) return asked;
      const answer = stored(key, isValue);
      if (answer) return Promise.resolve(answer);
      const question = ask()
        .then(({ answer, isWhole }) => {
          if (isWhole) keep(key, answer);
          return answer;
        })
        .finally(() => underWay.delete(key));
      underWay.set(key, question);
      return question;
    },
  };
}

/** An answer as it was written; null for anything else: the file may be of another version, or not ours. */
function readAnswer<Value>(written: unknown, isValue: (value: unknown) => value is Value): Answer<Value> | null {
  const answer = asObject(written);
  const [status, what, value] = ["status", "what", "value"].map((name) => own(answer, name));
  if (status === "gone" && (what === "repository" || what === "tag" || what === "digest")) return { status, what };
  return status === "found" && isValue(value) ? { status, value } : null;
}

export function isManifest(value: unknown): value is Manifest {
  const { digest, mediaType, isIndex, size } = asObject(value) ?? {};
  const type = typeof mediaType === "string" ? imageType(mediaType) : null;
  return type !== null && type === mediaType && isDigest(digest) && isIndex === isIndexType(type) && isSize(size);
}

export function isDetails(value: unknown): value is ImageDetails {
  const { platforms, created, layersSize } = asObject(value) ?? {};
  const isDate = created === null || (typeof created === "string" && /^[0-9TZ:.-]{20,30}$/.test(created));
  const arePlatforms =
    Array.isArray(platforms) && platforms.every((name) => typeof name === "string" && PLATFORM.test(name));
  return isManifest(value) && arePlatforms && isDate && isSize(layersSize);
}

export function isTags(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((tag) => typeof tag === "string" && TAG.test(tag));
}

const PLATFORM = /^[\w.-]+(?:\/[\w.-]+){1,2}$/;

function isSize(value: unknown): boolean {
  return value === null || (Number.isSafeInteger(value) && (value as number) >= 0);
}
