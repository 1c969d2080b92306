#!/usr/bin/env node
/**
 * Starts dist/cli.cjs. Half of a start is compiling, so `npm run build` leaves V8's compiled code beside the files for
 * the Node that it runs on; any other Node compiles as usual.
 */
"use strict";
const { readFileSync } = require("node:fs");
const { createRequire, wrap } = require("node:module");
const { join } = require("node:path");
const { Script } = require("node:vm");

const dist = join(__dirname, "../dist");
const requireFromDist = createRequire(join(dist, "cli.cjs"));
const loaded = new Map();

/** What `require` gives inside dist/: our own files by their compiled code, Node's modules as they are. */
function load(name) {
  if (!name.startsWith("./")) return requireFromDist(name);
  const module = loaded.get(name) ?? { exports: {} };
  if (loaded.has(name)) return module.exports;
  loaded.set(name, module);
  const filename = join(dist, name);
  const script = new Script(wrap(readFileSync(filename, "utf8")), { filename, cachedData: compiled(filename) });
  script.runInThisContext()(module.exports, load, module, filename, dist);
  return module.exports;
}

/** Undefined when there is none; V8 itself refuses one that does not fit. */
function compiled(filename) {
  try {
    return readFileSync(`${filename}.${process.versions.v8}-${process.arch}`);
  } catch {
    return undefined;
  }
}

load("./cli.cjs");
