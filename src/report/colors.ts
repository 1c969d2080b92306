/** Colours, or none. */

type Paint = (text: string) => string;

export type Colors = Readonly<Record<"bold" | "dim" | "red" | "yellow" | "green" | "cyan", Paint>>;

const plain: Paint = (text) => text;
const NONE: Colors = { bold: plain, dim: plain, red: plain, yellow: plain, green: plain, cyan: plain };

/** picocolors asks for `process.stdout` as soon as it is loaded, which costs milliseconds: only where it is needed. */
export async function colorsFor(isColored: boolean): Promise<Colors> {
  return isColored ? (await import("picocolors")).default.createColors(true) : NONE;
}
