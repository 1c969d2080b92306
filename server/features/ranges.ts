/** Ranges of offsets: 0-based, end exclusive. */
import type { Range } from "../../src/index.js";

/** True where a cursor at `offset` touches the range, also at its end. */
export function holds([start, end]: Range, offset: number): boolean {
  return start <= offset && offset <= end;
}
