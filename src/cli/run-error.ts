/** The run itself cannot go on: exit 2. */
export class RunError extends Error {
  /** What to say, each line on its own; made safe where it is printed. */
  readonly lines: readonly string[];

  constructor(...lines: string[]) {
    super(lines.join("\n"));
    this.lines = lines;
  }
}
