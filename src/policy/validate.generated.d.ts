// Written by `npm run schema`.
import type { Validator } from "./validate.js";

/** Holds the data of a policy file against schema.json. */
export const validate: Validator;
