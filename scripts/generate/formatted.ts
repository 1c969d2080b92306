import { join, resolve } from "node:path";
import { format, resolveConfig } from "prettier";

const root = resolve(import.meta.dirname, "../..");

/** `text` as `npm run check` wants it; `file` is where it will stand, relative to the root. */
export async function formatted(file: string, text: string): Promise<string> {
  const filepath = join(root, file);
  return format(text, { ...(await resolveConfig(filepath)), filepath });
}
