import type { Arguments } from "../arguments.js";
import type { Streams } from "../streams.js";
export function initCommand(_args: Arguments, _streams: Streams): Promise<number> {
  return Promise.resolve(2);
}
