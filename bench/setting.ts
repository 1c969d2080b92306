import type { Peers } from "./peers.js";

/** Where and with what is measured. */
export interface Setting {
  /** The project's root. */
  readonly root: string;
  /** A temporary folder. */
  readonly folder: string;
  /** The built command. */
  readonly command: string;
  /** Home and caches are in the temporary folder. */
  readonly env: NodeJS.ProcessEnv;
  readonly peers: Peers;
  /** Hears what could not be measured, and why. */
  readonly missing: (what: string) => void;
}
