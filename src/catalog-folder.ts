import { join } from "node:path";

/** The catalog that comes with fromlint. In the published package it stands in dist/, see scripts/build/catalog.ts. */
export const catalogFolder: string = join(import.meta.dirname, "../catalog");
