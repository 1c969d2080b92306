/** What bin/fromlint.cjs runs: loads the command with the code that V8 compiled for an earlier run. */
import { openCompiledCode } from "./compiled-code.js";
import { loaderOf } from "./loader.js";

const load = loaderOf(import.meta.dirname, openCompiledCode(process.env), require);
const { main } = load("./cli.cjs") as typeof import("../main.js");
void main();
