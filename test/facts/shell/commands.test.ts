/** What is known of commands: reads, writes, cost, volatility. */
import { describe, expect, it } from "vitest";
import { modelCommands } from "../../../src/facts/shell/commands/commands.js";
import { packageUse } from "../../../src/facts/shell/commands/system-packages.js";
import type { PathSet } from "../../../src/facts/effects/paths.js";
import { runOf } from "./read-run.js";

function model(run: string) {
  const script = runOf(`FROM a\nRUN ${run}\n`, { workdir: "/app" });
  if (script.kind === "foreign") throw new Error("foreign");
  return modelCommands(script.commands, script.complete, { programs: [], home: "/root" });
}

function shown({ everything, paths }: PathSet): string {
  return everything ? "everything" : paths.filter((path) => !path.endsWith("/.")).join(" ");
}

describe("writes", () => {
  it.each<[run: string, writes: string]>([
    ["mkdir -p /data/x", "/data/x"],
    ["rm -rf build /tmp/*", "/app/build /tmp"],
    ["rm -rf /var/lib/apt/lists/*", "/var/lib/apt/lists"],
    ["cp a b /out/", "/out"],
    ["cp -t /out a b", "/out"],
    ["mv a /b", "/app/a /b"],
    ["ln -s /a /b", "/a /b"],
    ["chmod +x run.sh", "/app/run.sh"],
    ["chmod -R -x /bin/y", "/usr/bin/y"],
    ["chown -R app:app /home/app", "/home/app"],
    ["echo hi > /etc/motd", "/etc/motd"],
    ["printf x | tee -a /etc/x", "/etc/x"],
    ["sed -i 's/a/b/g' /etc/x", "/etc/x"],
    ["sed -n 's/a/b/p' /etc/x", "everything"],
    ["sed -i 's/a/b/e' /etc/x", "everything"],
    ["sed -i -f script /etc/x", "everything"],
    ["cat a", ""],
    ["grep -q x /etc/y | awk '{print $1}' | sort | tr a b", ""],
    ["awk '{print > \"/x\"}' y", "everything"],
    ["sort -o /x y", "everything"],
    ["echo 'h x' | sha256sum -c -", ""],
    ["test -f x", ""],
    ["find /usr -name '*.pyc' -delete", "/usr"],
    ["find / -exec rm {} +", "everything"],
    ["curl -fsSL https://x/y -o /tmp/y", "/tmp/y"],
    ["curl -fsSLo /tmp/y https://x/y", "/tmp/y"],
    ["wget -qO /tmp/y https://x/y", "/tmp/y"],
    ["tar -xzf a.tgz -C /opt", "/opt"],
    ["curl -O https://x/y", "/app"],
    ["curl https://x/y", ""],
    ["curl -K cfg", "everything"],
    ["wget -qO- https://x | tar -xz -C /opt", "/opt"],
    ["wget -P /tmp https://x/y", "/tmp"],
    ["tar xzf a.tgz", "/app"],
    ["git clone --depth 1 https://x/y.git", "/app/y"],
    ["git clone https://x/y /src", "/src"],
    ["git pull", "everything"],
    ["rm -rf $X", "everything"],
    ["rm -rf /opt/$X", "/opt"],
    ["/bin/rm -rf /x", "/x"],
    ["./rm -rf /x", "everything"],
    ["PATH=/y rm -rf /x", "everything"],
    ["curl https://x | bash", "everything"],
    ["python setup.py", "everything"],
    ["mkdir /x && ./configure", "everything"],
  ])("%s: %s", (run, writes) => {
    expect(shown(model(run).effects.writes.paths)).toBe(writes);
  });
});

describe("cost, volatility and what it is about", () => {
  it.each<[run: string, cost: number, volatility: number, inputs: string | null]>([
    ["apt-get install -y curl", 3, 1, ""],
    ["apk add --no-cache curl", 3, 1, ""],
    ["dnf install -y ./x.rpm", 3, 1, "/app/x.rpm"],
    ["apt-get clean && rm -rf /var/lib/apt/lists/*", 1, 3, ""],
    ["npm i -g typescript", 3, 2, ""],
    ["pip install -r requirements.txt", 3, 5, "/app/requirements.txt"],
    ["poetry install", 3, 7, null],
    ["make", 3, 7, null],
    ["npm run build", 3, 7, null],
    ["./x", 2, 7, null],
    ["mkdir /x", 1, 3, ""],
    ["useradd app", 1, 3, ""],
    ["cat a > b", 1, 3, "/app/a"],
    ["[ -f a ] && [ b = c ]", 1, 3, "/app/a"],
    ["rm -rf $X", 1, 7, null],
    ["cd $X && curl -O https://x/y", 3, 2, ""],
    ["curl https://x > $X", 3, 2, ""],
  ])("%s", (run, cost, volatility, inputs) => {
    const found = model(run);
    expect([found.cost, found.volatility, found.inputs?.join(" ") ?? null]).toEqual([cost, volatility, inputs]);
  });
});

describe("package managers of distributions", () => {
  it.each<[run: string, expected: string | null]>([
    ["apt-get update", "apt update"],
    ["apt-get -y --no-install-recommends install curl git=1:2", "apt install curl git=1:2"],
    ["apt install -o Dpkg::Use-Pty=0 x", "apt install x"],
    ["apk add --no-cache --virtual .deps gcc", "apk install gcc own index"],
    ["apk --no-cache add x", "apk install x own index"],
    ["apk -U add x", "apk install x own index"],
    ["apk add x", "apk install x"],
    ["yum install -y x", "dnf install x own index"],
    ["microdnf clean all", "dnf other all"],
    ["zypper in -y x", "zypper install x own index"],
    ["apt-cache search x", null],
  ])("%s: %s", (run, expected) => {
    const script = runOf(`FROM a\nRUN ${run}\n`);
    const use = script.kind === "commands" && script.commands[0] ? packageUse(script.commands[0]) : null;
    expect(use && [use.manager.name, use.kind, ...use.packages, ...(use.ownIndex ? ["own index"] : [])].join(" ")).toBe(
      expected,
    );
  });
});
