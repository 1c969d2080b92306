/** Scripts that were read before: the same RUN stands in file after file, and in the same file after each keystroke. */
import type { ShellParser } from "./parser.js";

type Script = ReturnType<ShellParser["parse"]>;

/** Characters of all scripts that are kept; what is made of one takes some forty times its length. */
const MOST_CHARACTERS = 100_000;

/** The same parser, which reads each script once as long as not too many are kept. Nobody may change what it returns. */
export function remembering({ parse, ...rest }: ShellParser): ShellParser {
  const known = new Map<string, Script>();
  let characters = 0;
  return {
    ...rest,
    parse: (text) => {
      if (text.length > MOST_CHARACTERS / 10) return parse(text);
      let script = known.get(text);
      if (script) return script;
      if (characters > MOST_CHARACTERS) {
        known.clear();
        characters = 0;
      }
      characters += text.length;
      known.set(text, (script = parse(text)));
      return script;
    },
  };
}
