/** The settings of the section `fromlint`, as a client sends them. */

export interface Settings {
  readonly enable: boolean;
  /** A policy file instead of the nearest one, relative to the workspace folder; null for the nearest. */
  readonly configPath: string | null;
  /** When a document is linted again. */
  readonly run: "onType" | "onSave";
}

export const DEFAULT_SETTINGS: Settings = { enable: true, configPath: null, run: "onType" };

/** Reads what may be anything: what is not there or makes no sense is as by default. */
export function readSettings(value: unknown): Settings {
  if (typeof value !== "object" || value === null) return DEFAULT_SETTINGS;
  const { enable, configPath, run } = value as Readonly<Record<string, unknown>>;
  return {
    enable: enable !== false,
    configPath: typeof configPath === "string" && configPath.trim() !== "" ? configPath.trim() : null,
    run: run === "onSave" ? "onSave" : "onType",
  };
}

/** The same out of an object with a section `fromlint`: initialization options, or what a client pushes. */
export function readSection(value: unknown): Settings {
  const isObject = typeof value === "object" && value !== null;
  return readSettings(isObject ? (value as Readonly<Record<string, unknown>>).fromlint : undefined);
}
