/** Which scripts are given to the shell parser: what it nests it reads once a level, so hostile nesting is left out. */

const MOST_NESTED = 32;
const MOST_SUBSTITUTIONS = 500;
const MOST_HEREDOCS = 200;
const LONGEST_SCRIPT = 1_048_576;

/** False for a script that nests deeper, or holds more substitutions, than any that a person wrote. */
export function isReadable(text: string): boolean {
  if (text.length > LONGEST_SCRIPT) return false;
  const depth = { "(": 0, "{": 0 };
  let substitutions = 0;
  let heredocs = 0;
  for (let index = 0; index < text.length; index++) {
    const char = text.charAt(index);
    if (char === "(" || char === "{") {
      if (++depth[char] > MOST_NESTED) return false;
    } else if (char === ")") depth["("] = Math.max(depth["("] - 1, 0);
    else if (char === "}") depth["{"] = Math.max(depth["{"] - 1, 0);
    else if (char === "`") substitutions++;
    else if ("$<>".includes(char) && text.charAt(index + 1) === "(") substitutions++;
    else if (char === "<" && text.charAt(index + 1) === "<") heredocs++;
    if (substitutions > MOST_SUBSTITUTIONS || heredocs > MOST_HEREDOCS) return false;
  }
  return true;
}
