/** Plain data as YAML, for people to read. */
import { stringify } from "yaml";

/** Lines with their line ends. */
export function yamlText(data: unknown): string {
  return stringify(data);
}
