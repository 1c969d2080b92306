/** `import()` as Node has it: the build turns the one in dist/ into `require()`, which cannot load every ES module. */
"use strict";
module.exports = (url) => import(url);
