/** Release versions as lists of numbers in text: `["3", "12"]`. */

/** Negative when `a` is older than `b`; what has fewer parts is older than what continues it. */
export function compareVersions(a: readonly string[], b: readonly string[]): number {
  const length = Math.max(a.length, b.length);
  for (let index = 0; index < length; index++) {
    const difference = Number(a[index] ?? -1) - Number(b[index] ?? -1);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** True when `version` is `line` or one of its releases: 3.12.1 of 3.12, and 8.0 of 8. */
export function isOfLine(version: readonly string[], line: readonly string[]): boolean {
  return line.length <= version.length && line.every((part, index) => part === version[index]);
}
