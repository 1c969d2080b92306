/** Ranges of offsets: 0-based, end exclusive. */
import type { Range } from "../../src/editor.js";

/** Where the line of an offset starts. */
export function lineStart(text: string, offset: number): number {
  return text.slice(0, offset).lastIndexOf("\n") + 1;
}

/** True where a cursor at `offset` touches the range, also at its end. */
export function holds([start, end]: Range, offset: number): boolean {
  return start <= offset && offset <= end;
}
