/** Where the lock file of a Dockerfile lies. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { isInside, lockFileOf } from "../../src/lock/find.js";
import { folderWith } from "../cli/folder.js";

/** `dockerfile`, `policy` and the answer are relative to a folder with a git repository in `repo`; cwd is `work`. */
function lockFile(dockerfile: string, policy: string | null, outer = false): string {
  const root = folderWith({ "repo/app/Dockerfile": "FROM a\n", "worktree/.git": "gitdir: elsewhere\n" });
  mkdirSync(join(root, "repo/.git"));
  const policies = policy === null ? [] : [{ file: join(root, policy), outer }];
  const path = dockerfile === "<stdin>" ? dockerfile : join(root, dockerfile);
  return lockFileOf(path, policies, join(root, "work")).slice(root.length + 1);
}

it.each<[what: string, dockerfile: string, policy: string | null, outer: boolean, lock: string]>([
  ["beside the policy", "repo/app/Dockerfile", "repo/app/fromlint.yaml", false, "repo/app/fromlint.lock"],
  ["beside a policy further up", "repo/app/Dockerfile", "repo/fromlint.yaml", false, "repo/fromlint.lock"],
  ["beside a policy above the repository", "repo/app/Dockerfile", "fromlint.yaml", false, "fromlint.lock"],
  ["at the git root without a policy", "repo/app/Dockerfile", null, false, "repo/fromlint.lock"],
  ["at the root of a worktree", "worktree/Dockerfile", null, false, "worktree/fromlint.lock"],
  ["not beside an outer policy", "repo/app/Dockerfile", "repo/app/org.yaml", true, "repo/fromlint.lock"],
  ["not beside a policy from elsewhere", "repo/app/Dockerfile", "shared/fromlint.yaml", false, "repo/fromlint.lock"],
  ["in the working directory without a repository", "loose/Dockerfile", null, false, "work/fromlint.lock"],
  ["in the working directory for the standard input", "<stdin>", null, false, "work/fromlint.lock"],
])("%s", (_what, dockerfile, policy, outer, lock) => {
  expect(lockFile(dockerfile, policy, outer)).toBe(lock);
});

it.each([
  ["/a", "/a", true],
  ["/a/b", "/a", true],
  ["/ab", "/a", false],
  ["/a", "/a/b", false],
  ["/a/..b", "/a", true],
])("%s inside %s: %s", (folder, root, answer) => {
  expect(isInside(folder, root)).toBe(answer);
});
