/** Which files are Dockerfiles by their name. */

const NAME = /^(?:Dockerfile|Containerfile)(?:\.|$)|\.[Dd]ockerfile$/;
/** `Dockerfile.dockerignore` is the ignore file of a Dockerfile. */
const IGNORE_FILE = /\.(?:docker|container)ignore$/;

/** True for `Dockerfile`, `Dockerfile.*`, `*.Dockerfile`, `*.dockerfile`, `Containerfile` and `Containerfile.*`. */
export function isDockerfileName(name: string): boolean {
  return NAME.test(name) && !IGNORE_FILE.test(name);
}
