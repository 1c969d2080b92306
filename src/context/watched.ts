/** A tree that tells what it is asked and what it answers, so that the same can be asked again later. */
import type { Tree } from "./tree.js";

/** What any of the questions of a tree is answered with. */
export type Answer = string | readonly string[] | null;

/** Hears of one question: the folder of the tree (absolute), what was asked of which path in it, and the answer. */
export type Hear = (root: string, about: keyof Tree, path: string, answer: Answer) => void;

/** The tree of `root`, every answer of which `hear` hears. */
export function watchedTree(tree: Tree, root: string, hear: Hear): Tree {
  const heard =
    <Given extends Answer>(about: keyof Tree, ask: (path: string) => Given) =>
    (path: string): Given => {
      const answer = ask(path);
      hear(root, about, path, answer);
      return answer;
    };
  return {
    kind: heard("kind", tree.kind),
    target: heard("target", tree.target),
    text: heard("text", tree.text),
    names: heard("names", tree.names),
  };
}
