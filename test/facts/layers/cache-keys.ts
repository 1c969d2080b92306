/**
 * Which steps BuildKit reuses when a Dockerfile, or a build argument, changes: measured with its converter and the
 * CacheMap of its operations (commit 73ed6825, 2026-08-21), with a stub for the base image and no file contents.
 *
 * In `before`, `- ` marks a step whose key is another afterwards, `= ` one that is reused; other lines have no mark.
 */
export interface KeyCase {
  readonly title: string;
  readonly before: string;
  /** The changed file; the same one when left out. */
  readonly after?: string;
  /** Build arguments of both builds. */
  readonly args?: readonly [before: Readonly<Record<string, string>>, after: Readonly<Record<string, string>>];
}

const FROM = "FROM alpine:3.22\n";

function changed(title: string, before: string, after: string): KeyCase {
  return { title, before: FROM + before, after: FROM + after };
}

function passed(title: string, before: string, name: string, values: readonly [string, string] = ["1", "2"]): KeyCase {
  return { title, before, args: [{ [name]: values[0] }, { [name]: values[1] }] };
}

export const KEY_CASES: readonly KeyCase[] = [
  changed(
    "LABEL with another value",
    "LABEL rev=1\n= RUN apk add curl\n= COPY a /a\n",
    "LABEL rev=2\nRUN apk add curl\nCOPY a /a\n",
  ),
  changed("EXPOSE put in", "= RUN apk add curl\n= RUN make\n", "EXPOSE 80\nRUN apk add curl\nRUN make\n"),
  changed("CMD and ENTRYPOINT put in", "= RUN apk add curl\n", 'ENTRYPOINT ["a"]\nCMD ["b"]\nRUN apk add curl\n'),
  changed(
    "HEALTHCHECK, STOPSIGNAL, VOLUME, ONBUILD put in",
    "= RUN apk add curl\n",
    "HEALTHCHECK CMD true\nSTOPSIGNAL SIGQUIT\nVOLUME /data\nONBUILD RUN true\nRUN apk add curl\n",
  ),
  changed("MAINTAINER with another name", "MAINTAINER a\n= RUN x\n", "MAINTAINER b\nRUN x\n"),
  changed(
    "ENV with another value",
    "ENV A=1\n- RUN apk add curl\n- COPY a /a\n",
    "ENV A=2\nRUN apk add curl\nCOPY a /a\n",
  ),
  changed("ENVs in another order", "ENV A=1\nENV B=2\n- RUN x\n", "ENV B=2\nENV A=1\nRUN x\n"),
  changed("one ENV or two", "ENV A=1 B=2\n= RUN x\n", "ENV A=1\nENV B=2\nRUN x\n"),
  changed("ENV behind a RUN", "= RUN x\nENV A=1\n- RUN y\n", "RUN x\nENV A=2\nRUN y\n"),
  passed("ARG that nobody uses", `${FROM}ARG GIT_SHA\n- RUN apk add curl\n- COPY a /a\n- RUN z\n`, "GIT_SHA"),
  passed("ARG behind a RUN", `${FROM}= RUN apk add curl\nARG GIT_SHA\n- RUN z\n`, "GIT_SHA"),
  changed("ARG without any value", "= RUN x\n", "ARG FOO\nRUN x\n"),
  changed("ARG with another default", "ARG FOO=1\n- RUN x\n", "ARG FOO=2\nRUN x\n"),
  passed("ARG before a COPY and a LABEL that uses it", `${FROM}= RUN x\nARG V\n= COPY a /a\nLABEL v=$V\n`, "V"),
  passed("ARG in the destination of COPY", `${FROM}ARG V=1\nCOPY a /app/$V/\n- RUN x\n`, "V"),
  passed("ARG that an ENV covers", `${FROM}ARG V=1\nENV V=fixed\n= RUN x\n`, "V"),
  passed("ARG that an ENV takes over", `${FROM}ARG V=1\nENV VERSION=$V\n- RUN x\n`, "V"),
  passed("global ARG that the stage does not declare", `ARG V=1\n${FROM}= RUN x\n`, "V"),
  passed("global ARG that the stage declares", `ARG V=1\n${FROM}ARG V\n- RUN x\n`, "V"),
  passed(
    "ARG of the stage that another is built FROM",
    "FROM alpine:3.22 AS base\nARG V\n- RUN a\nFROM base\n- RUN b\n",
    "V",
  ),
  // The builder is re-run; what it yields is the same as far as the file tells.
  passed(
    "ARG of a stage that is copied from",
    `FROM alpine:3.22 AS build\nARG V\n- RUN a\n${FROM}= RUN b\n= COPY --from=build /o /o\n= RUN c\n`,
    "V",
  ),
  passed("proxy that is not declared", `${FROM}= RUN x\n`, "HTTP_PROXY", ["http://a", "http://b"]),
  passed("proxy that is declared", `${FROM}ARG HTTP_PROXY\n- RUN x\n`, "HTTP_PROXY", ["http://a", "http://b"]),
  changed("another USER", "USER 1\n- RUN x\n- COPY a /a\n", "USER 2\nRUN x\nCOPY a /a\n"),
  changed("another WORKDIR", "WORKDIR /a\n- RUN x\n- COPY a /z\n", "WORKDIR /b\nRUN x\nCOPY a /z\n"),
  changed("the same WORKDIR twice", "= WORKDIR /a\n- RUN x\n", "WORKDIR /a\nWORKDIR /a\nRUN x\n"),
  changed("WORKDIR /", "= RUN x\n", "WORKDIR /\nRUN x\n"),
  changed(
    "another SHELL; the exec form stands on the shell form",
    '- RUN x\n- RUN ["y"]\n',
    'SHELL ["/bin/bash","-c"]\nRUN x\nRUN ["y"]\n',
  ),
  changed("RUN with another text", "= RUN a\n- RUN b\n- COPY c /c\n- RUN d\n", "RUN a\nRUN b2\nCOPY c /c\nRUN d\n"),
  changed(
    "the first RUN with another text",
    "- RUN a\n- RUN b\n- COPY c /c\n- RUN d\n",
    "RUN a2\nRUN b\nCOPY c /c\nRUN d\n",
  ),
  changed("a comment in a continuation", "= RUN a && \\\n  b\n", "RUN a && \\\n  # why\n  b\n"),
  changed("COPY --chown", "COPY a /a\n- RUN x\n", "COPY --chown=1:1 a /a\nRUN x\n"),
  changed("COPY behind a RUN with another text", "RUN v1\n- COPY a /a\n- RUN x\n", "RUN v2\nCOPY a /a\nRUN x\n"),
  changed("another heredoc", "RUN <<E\na\nE\n- RUN x\n", "RUN <<E\nb\nE\nRUN x\n"),
];
