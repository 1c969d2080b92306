/** How each instruction is written, for messages that say what is missing (docs.docker.com, Dockerfile reference). */

const USAGE: ReadonlyMap<string, string> = new Map([
  ["ADD", "ADD source destination"],
  ["ARG", "ARG NAME=default"],
  ["COPY", "COPY source destination"],
  ["ENV", "ENV NAME=value"],
  ["EXPOSE", "EXPOSE port"],
  ["FROM", "FROM image:tag"],
  ["HEALTHCHECK", "HEALTHCHECK CMD command"],
  ["LABEL", "LABEL name=value"],
  ["MAINTAINER", "MAINTAINER name"],
  ["ONBUILD", "ONBUILD instruction"],
  ["SHELL", 'SHELL ["executable", "parameter"]'],
  ["STOPSIGNAL", "STOPSIGNAL signal"],
  ["USER", "USER name"],
  ["VOLUME", "VOLUME path"],
  ["WORKDIR", "WORKDIR path"],
]);

/** The shortest complete form of the instruction named `keyword`, in any case; the keyword itself for others. */
export function usageOf(keyword: string): string {
  return USAGE.get(keyword.toUpperCase()) ?? keyword;
}
