/** What a RUN does, as simple commands. */
import { describe, expect, it } from "vitest";
import { isWindowsImage } from "../../../src/facts/shell/dialect.js";
import { linesOf, runOf } from "./read-run.js";

describe("the commands of a RUN", () => {
  it.each<[title: string, run: string, commands: string[]]>([
    ["a list", "RUN apt-get update && apt-get install -y curl", ["apt-get update", "apt-get install -y curl"]],
    ["continuations with comments", "RUN a && \\\n  # why\n  b \\\n\n  c", ["a", "b c"]],
    ["quotes", `RUN echo "two words" 'single $X' x\\ y`, ['echo "two words" "single $X" "x y"']],
    ["`;`: the second runs whatever the first did", "RUN a; b", ["a", "b"]],
    ["`||`", "RUN a || b", ["a", "b ?"]],
    ["`&&` then `||`", "RUN a && b || c", ["a", "b ?", "c ?"]],
    ["`&&` in a list that is not the last", "RUN a && b; c", ["a", "b ?", "c"]],
    ["a pipe", "RUN curl -fsSL u | tar -xz", ["curl -fsSL u", "tar -xz <-"]],
    ["a subshell keeps its folder to itself", "RUN (cd /x && a) && b", ["[/x] a", "b"]],
    ["a group does not", "RUN { cd /x && a; } && b", ["[/x] a", "[/x] b"]],
    ["cd", "RUN cd /src && make && cd lib && make install", ["[/src] make", "[/src/lib] make install"]],
    ["cd to what only the build knows", "RUN cd $(mktemp -d) && a", ["mktemp -d", "[?] a"]],
    ["cd that may not happen", "RUN if x; then cd /y; fi; a", ["x", "[?] a"]],
    ["if, elif, else", "RUN if a; then b; elif c; then d; else e; fi", ["a", "b ?", "c ?", "d ?", "e ?"]],
    ["a loop", "RUN for p in a b; do npm i -g $p; done", ["npm i -g <...> ?"]],
    ["while", "RUN while a; do b; done", ["a ?", "b ?"]],
    ["case", "RUN case $(uname -m) in x86_64) a;; *) b;; esac", ["uname -m", "a ?", "b ?"]],
    ["command substitution", "RUN a $(b c) `d`", ["b c", "d", "a <...> <...>"]],
    ["redirections", "RUN a > /out 2>&1 < in 2>/dev/null", ["a <- >/out <in"]],
    ["a redirection alone", "RUN > /x", [">/x"]],
    ["redirection of a group", "RUN { a; b; } >> /log", [">/log", "a", "b"]],
    ["assignments before a command", "RUN A=b C=$(d) cmd", ["d", "A=b C=<unknown> cmd"]],
    ["assignments of the shell", "RUN V=1.2; curl -o /tmp/x-$V.tgz u", ["curl -o /tmp/x-1.2.tgz u"]],
    ["export", "RUN export V=1 && echo $V", ["echo 1"]],
    ["an assignment that may not happen", "RUN V=1; x || V=2; echo $V", ["x", "echo <...>"]],
    ["a variable that is not known", "RUN rm -rf /opt/$X /opt/${Y}/z", ["rm -rf </opt/...> </opt/...>"]],
    ["patterns", "RUN rm -rf /var/lib/apt/lists/* /x/{a,b}", ["rm -rf /var/lib/apt/lists/*(pattern) </x/...>"]],
    ["set -e", "RUN set -ex; a; b", ["a", "b"]],
    ["sh -c", `RUN sh -c "a && b"`, ["a", "b"]],
    ["bash -lc", `RUN bash -lc 'cd /x; a'`, ["[/x] a"]],
    ["bash with options", `RUN bash -o pipefail -ec 'a | b'`, ["a", "b <-"]],
    ["a shell with a script file", "RUN bash ./install.sh", ["bash ./install.sh"]],
    ["exec form", 'RUN ["apt-get", "install", "-y", "a b"]', ['apt-get install -y "a b"']],
    ["exec form of a shell", 'RUN ["/bin/bash", "-c", "a && b"]', ["a", "b"]],
    ["env", "RUN env -u Z A=b npm ci", ["A=b npm ci"]],
    ["sudo", "RUN sudo -H -u app A=b npm ci", ["app: A=b npm ci"]],
    ["sudo as root", "RUN sudo apt-get update", ["root: apt-get update"]],
    ["gosu", "RUN gosu app npm ci", ["app: npm ci"]],
    ["exec, nice, timeout", "RUN exec nice -n 5 timeout -k 1 10m make", ["make"]],
    ["a full path", "RUN /usr/bin/apt-get update", ["/usr/bin/apt-get update"]],
    ["negation and time", "RUN ! a && time b", ["a", "b"]],
    ["background", "RUN cd /x & a", ["a"]],
    ["a function", "RUN f() { cd /x; rm $1; }; f y", ["[/x] rm <...> ?"]],
    ["flags of RUN are not part of it", "RUN --mount=type=cache,target=/root/.npm npm ci", ["npm ci"]],
    ["test and arithmetic", "RUN [[ -f /x ]] && (( 1 + 1 )) && a", ["a"]],
    ["nothing that counts", "RUN true; : ; exit 0", []],
    ["home", "RUN rm -rf ~/.cache", ["rm -rf <...>"]],
  ])("%s", (_title, run, commands) => {
    expect(linesOf(runOf(`FROM a\n${run}\n`))).toEqual(commands);
  });

  it.each<[title: string, run: string, commands: string[]]>([
    ["eval", "RUN a; eval $X", ["a", "!"]],
    ["a sourced file", "RUN . ./env.sh && a", ["a", "!"]],
    ["a name that is not known", "RUN $CMD x", ["!"]],
    ["a syntax error", "RUN if a; then b", ["a", "b ?", "!"]],
    ["an open quote", "RUN echo 'x", ["echo x", "!"]],
    ["a script in a test", "RUN [[ $(a) = b ]] && c", ["c", "!"]],
  ])("is not complete with %s", (_title, run, commands) => {
    expect(linesOf(runOf(`FROM a\n${run}\n`))).toEqual(commands);
  });
});

describe("heredocs", () => {
  it.each<[title: string, text: string, commands: string[]]>([
    ["a script", "RUN <<EOF\na\ncd /x\nb\nEOF", ["a", "[/x] b"]],
    ["a script with tabs", "RUN <<-EOF\n\ta\n\tEOF", ["a"]],
    ["Windows line ends", "RUN <<EOF\r\na b\r\nc\r\nEOF\r\n", ["a b", "c"]],
    ["a script for bash", "RUN <<EOF bash\na\nEOF", ["a"]],
    ["the same the other way round", "RUN bash -e <<'EOF'\na\nEOF", ["a"]],
    ["with #!", "RUN <<EOF\n#!/usr/bin/env bash\na\nEOF", ["a"]],
    ["another language", "RUN <<EOF\n#!/usr/bin/env python3\nprint(1)\nEOF", ["foreign: python3"]],
    ["a program's input", "RUN python3 <<EOF\nprint(1)\nEOF", ["python3 <-"]],
    ["a file's text", "RUN cat <<EOF > /etc/x\nrm -rf /\nEOF", ["cat <- >/etc/x"]],
    ["two of them", "RUN cat <<A >/a && cat <<B >/b\n1\nA\n2\nB", ["cat <- >/a", "cat <- >/b"]],
    ["commands inside a text", "RUN cat <<EOF > /x\n$(date)\nEOF", ["date", "cat <- >/x"]],
  ])("%s", (_title, text, commands) => {
    expect(linesOf(runOf(`FROM a\n${text}\n`))).toEqual(commands);
  });
});

describe("where it stands", () => {
  it("knows ENV and WORKDIR", () => {
    const script = runOf("FROM a\nRUN cd $APP && rm x ${TMP}/y\nRUN z", {
      workdir: "/w",
      env: { APP: "src", TMP: "/tmp" },
    });
    expect(linesOf(script)).toEqual(["[/w/src] rm x /tmp/y"]);
  });

  it.each<[shell: string[], expected: string]>([
    [["powershell", "-Command"], "foreign: powershell"],
    [["C:\\Windows\\System32\\cmd.exe", "/S", "/C"], "foreign: cmd"],
    [["pwsh", "-c"], "foreign: pwsh"],
    [["/bin/bash", "-eo", "pipefail", "-c"], "a"],
  ])("SHELL %j: %s", (shell, expected) => {
    expect(linesOf(runOf("FROM a\nRUN a", { shell }))).toEqual([expected]);
  });

  it.each([
    ["mcr.microsoft.com/windows/servercore:ltsc2022", true],
    ["mcr.microsoft.com/dotnet/sdk:8.0-nanoserver-1809", true],
    ["golang:1.22-windowsservercore-ltsc2022", true],
    ["acme/windowsill:1", false],
    ["alpine:3.22", false],
  ])("%s is a Windows image: %s", (image, expected) => {
    expect(isWindowsImage(image)).toBe(expected);
  });
});

describe("ranges", () => {
  const shown = (text: string): string[] => {
    const script = runOf(text);
    if (script.kind === "foreign") throw new Error("foreign");
    return script.commands.map(({ range }) => text.slice(...range));
  };

  it.each<[title: string, text: string, ranges: string[]]>([
    ["across continuations", "FROM a\nRUN a b && \\\n # c\n  d e", ["a b", "d e"]],
    ["in the exec form of a shell", 'FROM a\nRUN ["sh", "-c", "a && b c"]', ["a", "b c"]],
    ["in sh -c", `FROM a\nRUN sh -c "a && b c"`, ["a", "b c"]],
    ["in sh -c with escapes: the whole script", 'FROM a\nRUN sh -c "a \\"x\\""', ['"a \\"x\\""']],
    ["in a heredoc", "FROM a\nRUN <<EOF\na b\nc\nEOF\n", ["a b", "c"]],
    ["in a heredoc that is a program's", "FROM a\nRUN bash <<'EOF' && z\na b\nEOF\n", ["a b", "z"]],
    [
      "in backticks with escapes: the whole word",
      "FROM a\nRUN x `a \\`b\\``",
      ["`a \\`b\\``", "`a \\`b\\``", "x `a \\`b\\``"],
    ],
  ])("%s", (_title, text, ranges) => {
    expect(shown(text)).toEqual(ranges);
  });
});

describe("hostile input", () => {
  it("values that double each other stay small", () => {
    const lines = Array.from({ length: 60 }, () => "A=$A$A");
    expect(linesOf(runOf(`FROM a\nRUN A=xx; ${lines.join("; ")}; echo $A`))).toEqual(["echo <...>"]);
  });

  it.each([
    ["subshells", (n: number) => "(".repeat(n) + "a" + ")".repeat(n)],
    ["substitutions", (n: number) => "a $(".repeat(n) + "b" + ")".repeat(n)],
    ["ifs", (n: number) => "if a; then ".repeat(n) + "b" + "; fi".repeat(n)],
    ["groups", (n: number) => "{ ".repeat(n) + "a" + "; }".repeat(n)],
    ["quotes in quotes", (n: number) => 'a "$(b '.repeat(n) + ')"'.repeat(n)],
  ])("nested %s do not overflow", (_what, make) => {
    for (const depth of [200, 300, 20_000]) expect(() => runOf(`FROM a\nRUN ${make(depth)}`)).not.toThrow();
  });
});
