/** A JSON array that is written item by item. */
import type { LintResult } from "../result.js";
import type { Report } from "./report.js";
import { safeJson } from "./safe.js";

/** Each item that a result adds stands on its line, as soon as it is there. */
export function jsonList(itemsOf: (result: LintResult) => readonly unknown[]): Report {
  const list = itemWriter();
  return {
    begin: () => "[",
    add: (result) => itemsOf(result).map(list).join(""),
    end: () => "]\n",
  };
}

/** Writes a value as JSON, with what separates it from the one before. */
export function itemWriter(): (item: unknown) => string {
  let separator = "";
  return (item) => {
    const text = separator + safeJson(JSON.stringify(item));
    separator = ",\n";
    return text;
  };
}
