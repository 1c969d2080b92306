/** All that dockerfile-ast takes of vscode-languageserver-types, which is 28 KB: plain objects, made of numbers or of two others. */
export const Position = { create: (line, character) => ({ line, character }) };
export const Range = {
  create: (one, two, three, four) =>
    three === undefined
      ? { start: one, end: two }
      : { start: Position.create(one, two), end: Position.create(three, four) },
};
