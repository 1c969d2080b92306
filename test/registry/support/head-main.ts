/** Asks for one image in a process of its own: HOST REPOSITORY TAG. Prints the answer as JSON. */
import { openRegistry } from "../../../src/registry/registry.js";

const [registry = "", repository = "", tag = ""] = process.argv.slice(2);
const client = openRegistry({
  env: process.env,
  home: "",
  insecure: [],
  mirrors: {},
  isAllowed: (host) => host === registry,
  cacheFolder: null,
  refresh: false,
});
console.log(JSON.stringify(await client.head({ registry, repository, tag, digest: null })));
await client.close();
