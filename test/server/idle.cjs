/** A process that is there until it is ended. */
"use strict";
setInterval(() => undefined, 1000);
