/** Short names for long texts, so that keys can be compared without being kept: 128 bits, not for security. */

/** A digest of these parts in this order; where one ends and the next starts counts. */
export function digest(...parts: readonly (string | number)[]): string {
  // Four numbers, not a list of them: this loop runs for every character of every RUN.
  let [a, b, c, d] = [0x9e3779b9 | 0, 0x85ebca6b | 0, 0xc2b2ae35 | 0, 0x27d4eb2f];
  for (const part of parts) {
    const text = String(part);
    for (let index = -1; index < text.length; index++) {
      const value = index < 0 ? text.length : text.charCodeAt(index);
      a = mix(a, value, 0x01000193);
      b = mix(b, value, 0x5bd1e995);
      c = mix(c, value, 0x1b873593);
      d = mix(d, value, 0x85ebca77);
    }
  }
  return finish(a ^ b) + finish(b ^ c) + finish(c ^ d) + finish(d ^ a);
}

/** `factor` is odd, of 32 bits, and another one in each lane, so that the lanes differ. */
function mix(lane: number, value: number, factor: number): number {
  const next = Math.imul(lane ^ value, factor);
  return next ^ (next >>> 15);
}

function finish(lane: number): string {
  let next = Math.imul(lane ^ (lane >>> 16), 0x85ebca6b);
  next = Math.imul(next ^ (next >>> 13), 0xc2b2ae35);
  return ((next ^ (next >>> 16)) >>> 0).toString(16).padStart(8, "0");
}
