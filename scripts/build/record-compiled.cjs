/**
 * Runs bin/fromlint.cjs on the arguments given and, when it ends, leaves V8's compiled code beside each file of dist/
 * that it loaded. After a run, so that it holds the functions that a run needs.
 */
"use strict";
const { writeFileSync } = require("node:fs");
const { join } = require("node:path");
const vm = require("node:vm");

const scripts = new Map();
vm.Script = class extends vm.Script {
  constructor(code, options) {
    super(code, options);
    scripts.set(options.filename, this);
  }
};
process.on("exit", () => {
  for (const [filename, script] of scripts) {
    writeFileSync(`${filename}.${process.versions.v8}-${process.arch}`, script.createCachedData());
  }
});
require(join(__dirname, "../../bin/fromlint.cjs"));
