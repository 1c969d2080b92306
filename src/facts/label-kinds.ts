/** Kinds of label values: what is expected of each, and whether a text fits. All in linear time. */
import { isDate } from "./dates.js";
import { isSpdxExpression } from "./spdx.js";

export const LABEL_KINDS = ["text", "url", "semver", "spdx", "rfc3339", "email", "hash"] as const;
export type LabelKind = (typeof LABEL_KINDS)[number];

interface Kind {
  /** Completes "is not …" and "expected …". */
  readonly expected: string;
  readonly example: string;
  readonly fits: (value: string) => boolean;
}

export const labelKinds: Readonly<Record<LabelKind, Kind>> = {
  text: { expected: "a text", example: "…", fits: (value) => value.trim() !== "" },
  url: { expected: "a URL with its scheme", example: "https://example.com", fits: isUrl },
  semver: { expected: "a semantic version (1.2.3, without a leading v)", example: "1.2.3", fits: isSemver },
  spdx: { expected: "an SPDX licence expression", example: "Apache-2.0", fits: isSpdxExpression },
  rfc3339: { expected: "a date and time as in RFC 3339", example: "2026-01-31T12:00:00Z", fits: isDateTime },
  email: { expected: "an e-mail address", example: "team@example.com", fits: isEmail },
  hash: { expected: "a commit (7 to 40 or 64 hex digits)", example: "4f2a9c1", fits: isHash },
};

function isUrl(value: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\/[^\s/]/i.test(value) && !/\s/.test(value) && URL.canParse(value);
}

/** Semantic Versioning 2.0.0, sections 2, 9 and 10. */
function isSemver(value: string): boolean {
  const [withoutBuild = "", ...builds] = value.split("+");
  const dash = withoutBuild.indexOf("-");
  const core = dash < 0 ? withoutBuild : withoutBuild.slice(0, dash);
  const prerelease = dash < 0 ? [] : withoutBuild.slice(dash + 1).split(".");
  const build = builds.length === 0 ? [] : builds.join("+").split(".");
  const isNumber = (part: string): boolean => /^(?:0|[1-9]\d*)$/.test(part);
  const isIdentifier = (part: string): boolean => /^[0-9A-Za-z-]+$/.test(part);
  const numbers = core.split(".");
  return (
    numbers.length === 3 &&
    numbers.every(isNumber) &&
    prerelease.every((part) => isIdentifier(part) && (!/^\d+$/.test(part) || isNumber(part))) &&
    build.every(isIdentifier)
  );
}

/** RFC 3339, section 5.6; 60 is a leap second. */
function isDateTime(value: string): boolean {
  const found = /^(\d{4}-\d{2}-\d{2})[Tt](\d{2}):(\d{2}):(\d{2})(?:\.\d+)?(?:[Zz]|[+-](\d{2}):(\d{2}))$/.exec(value);
  if (!found) return false;
  const [, day = "", hour, minute, second, offsetHour = 0, offsetMinute = 0] = found;
  const isTime = Number(hour) < 24 && Number(minute) < 60 && Number(second) <= 60;
  return isDate(day) && isTime && Number(offsetHour) < 24 && Number(offsetMinute) < 60;
}

/** What mail software takes without quotes: RFC 5322's dot-atom at a host name with at least one dot. */
function isEmail(value: string): boolean {
  const at = value.lastIndexOf("@");
  const [local, domain] = [value.slice(0, Math.max(at, 0)), value.slice(at + 1)];
  const isAtom = (part: string): boolean => /^[\w!#$%&'*+/=?^`{|}~-]+$/.test(part);
  const isLabel = (part: string): boolean => /^[a-z0-9-]+$/i.test(part) && !part.startsWith("-") && !part.endsWith("-");
  const labels = domain.split(".");
  return local.length <= 64 && local.split(".").every(isAtom) && labels.length > 1 && labels.every(isLabel);
}

function isHash(value: string): boolean {
  return /^(?:[0-9a-f]{7,40}|[0-9a-f]{64})$/i.test(value);
}
