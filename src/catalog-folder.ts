import { join } from "node:path";

/**
 * The catalog that comes with fromlint. In the published package it stands in dist/, see scripts/build/catalog.ts; for
 * the action and the extension it is as far from here as from dist/, so this file stays where it is.
 */
export const catalogFolder: string = join(import.meta.dirname, "../catalog");
