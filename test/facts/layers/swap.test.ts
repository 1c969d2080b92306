/** Which neighbours can change places. */
import { describe, expect, it } from "vitest";
import { canMove, canSwap } from "../../../src/facts/layers/swap.js";
import { built, lineOf } from "./layers-of.js";

/** "ok", or what blocks: `path /app`, `env PATH`. */
function swap(first: string, second: string, before = "USER root\nWORKDIR /app"): string {
  const { steps } = built(`FROM a\n${before}\n${first}\n${second}\n`);
  const result = canSwap(steps.at(-2)!, steps.at(-1)!);
  return result.ok ? "ok" : `${result.why.kind} ${result.why.what}`;
}

const APT = "RUN apt-get update && apt-get install -y curl && rm -rf /var/lib/apt/lists/*";

describe("can be swapped", () => {
  it.each<[title: string, first: string, second: string]>([
    ["source and system packages", "COPY . .", APT],
    ["source and apk", "COPY . /app", "RUN apk add --no-cache curl"],
    ["source below /usr/src", "COPY . /usr/src/app", APT],
    ["settings beside one another", "ENV A=1", "ENV B=2"],
    ["a commit and system packages", "ARG GIT_SHA", APT],
    ["a commit and dependencies", "ARG GIT_SHA", "RUN npm ci"],
    ["a commit and go modules", "ARG GIT_SHA", "RUN go mod download"],
    ["any variable and system packages", "ENV APP_MODE=x", APT],
    ["a commit and a folder", "ARG GIT_SHA", "RUN mkdir -p /data"],
    ["metadata and a RUN", "LABEL a=b", "RUN make"],
    ["CMD and COPY", 'CMD ["x"]', "COPY . ."],
    ["files in folders of their own", "RUN mkdir -p /data/a", "COPY . /srv/app"],
    ["owner of one folder, packages", "RUN chown -R 1000:1000 /app", APT],
    ["a download of packages and source", "COPY . .", "RUN curl -fsSL -o /tmp/x.tgz https://example.com/x.tgz"],
  ])("%s", (_title, first, second) => {
    expect(swap(first, second)).toBe("ok");
  });
});

describe("must stay in order", () => {
  it.each<[title: string, first: string, second: string, why: RegExp]>([
    ["manifests and what reads them", "COPY package.json ./", "RUN npm ci", /^path/],
    ["packages and what uses them", APT, "RUN npm ci", /^path/],
    ["an unknown command", "COPY . .", "RUN ./x", /^path/],
    ["a command that may be unknown", "RUN ./x", APT, /^path/],
    ["PATH and packages", "ENV PATH=/x:$PATH", APT, /^env PATH/],
    ["DEBIAN_FRONTEND and packages", "ENV DEBIAN_FRONTEND=noninteractive", APT, /^env DEBIAN_FRONTEND/],
    ["a proxy and packages", "ARG HTTP_PROXY", "RUN apk add curl", /^env HTTP_PROXY/],
    ["LD_*", "ENV LD_PRELOAD=/x.so", APT, /^env LD_PRELOAD/],
    ["TZ", "ENV TZ=UTC", APT, /^env TZ/],
    ["LC_ALL", "ENV LC_ALL=C", APT, /^env LC_ALL/],
    ["APT_*", "ENV APT_KEY_DONT_WARN=1", APT, /^env APT_/],
    ["a variable that the command names", "ARG GIT_SHA", "RUN echo $GIT_SHA > /sha", /^env GIT_SHA/],
    ["a variable in a COPY", "ARG V=1", "COPY a /app/$V/", /^env V/],
    ["a variable in a heredoc", "ARG V=1", "COPY <<E /a\n$V\nE", /^env V/],
    ["a variable in a mount", "ARG V=1", "RUN --mount=type=cache,target=/c/$V apk add curl", /^env V/],
    ["a variable in another one", "ARG V=1", "ENV W=$V", /^env V/],
    ["one variable twice", "ARG V=1", "ENV V=2", /^env V/],
    ["a commit and a build", "ARG GIT_SHA", "RUN make", /^env/],
    ["any variable and scripts of packages", "ENV CYPRESS_INSTALL_BINARY=0", "RUN npm ci", /^env/],
    ["USER and RUN", "USER app", "RUN mkdir /data", /^user/],
    ["WORKDIR and RUN", "WORKDIR /x", "RUN mkdir /data", /^workdir/],
    ["WORKDIR and a relative COPY", "WORKDIR /x", "COPY a ./", /^(?:workdir|path)/],
    ["USER and WORKDIR", "USER app", "WORKDIR /x", /^user/],
    ["SHELL and RUN", 'SHELL ["/bin/bash", "-c"]', "RUN mkdir /data", /^shell/],
    ["SHELL and CMD in shell form", 'SHELL ["/bin/bash", "-c"]', "CMD x", /^shell/],
    ["metadata of one kind", "LABEL a=1", "LABEL a=2", /^metadata/],
    ["users and named owners", "RUN useradd app", "COPY --chown=app a /app/", /^path/],
    ["users and packages that bring some", "RUN useradd app", APT, /^path/],
    ["a folder and what needs it", "RUN mkdir -p /data/a", "RUN touch /data/b", /^path/],
    ["COPY to the root and packages", "COPY rootfs/ /", APT, /^path/],
    ["sources of packages", "COPY x.list /etc/apt/sources.list.d/", APT, /^path/],
    ["a list of packages", "COPY packages.txt .", "RUN apt-get install -y $(cat packages.txt)", /^path/],
    ["a local package", "COPY x.deb .", "RUN apt-get install -y ./x.deb", /^path/],
    ["two installs", APT, "RUN apk add git", /^path/],
    ["a script that is copied, then run", "COPY install.sh .", "RUN sh install.sh", /^path/],
    ["a program's folder in PATH", "COPY . .", APT, /^path/],
  ])("%s", (title, first, second, why) => {
    const before =
      title.includes("PATH") && first === "COPY . ." ? "USER root\nWORKDIR /app\nENV PATH=/app/bin:$PATH" : undefined;
    expect(swap(first, second, before)).toMatch(why);
  });
});

it("tells the step in between that blocks a move", () => {
  const { steps, step } = built("FROM a\nWORKDIR /app\nCOPY . .\nENV TZ=UTC\nRUN apk add curl\n");
  const result = canMove(step("RUN"), step("COPY"), steps);
  expect(result.ok ? "ok" : lineOf(result.why.writer)).toBe("ENV TZ=UTC");
  expect(canMove(step("RUN"), step("RUN"), steps)).toEqual({ ok: true });
});
