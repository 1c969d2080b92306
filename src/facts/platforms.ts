/** The platform arguments that BuildKit always sets (dockerfile2llb/platform.go, defaultArgs). */

/**
 * Platforms that a Dockerfile's stages are named for; the first is assumed where one is needed. Every system and
 * architecture is in it that Go builds for and that people release for (`go tool dist list`).
 */
export const PLATFORMS = [
  ...["linux/amd64", "linux/arm64", "linux/arm/v7", "linux/arm/v6", "linux/386", "linux/ppc64le", "linux/s390x"],
  ...["linux/riscv64", "windows/amd64", "linux/arm/v5", "linux/arm64/v8", "linux/amd64/v2", "linux/amd64/v3"],
  ...["linux/loong64", "linux/mips", "linux/mipsle", "linux/mips64", "linux/mips64le", "linux/ppc64"],
  ...["windows/arm64", "windows/386", "darwin/amd64", "darwin/arm64", "freebsd/amd64", "netbsd/amd64", "openbsd/amd64"],
  ...["dragonfly/amd64", "solaris/amd64", "illumos/amd64", "android/arm64", "ios/arm64", "aix/ppc64", "plan9/amd64"],
  ...["wasi/wasm", "wasip1/wasm", "js/wasm"],
] as const;

const SUFFIXES = ["PLATFORM", "OS", "OSVERSION", "ARCH", "VARIANT"] as const;

const PLATFORM_ARGUMENTS: ReadonlySet<string> = new Set(
  ["TARGET", "BUILD"].flatMap((side) => SUFFIXES.map((suffix) => side + suffix)),
);

/** True for `TARGETARCH` and the like; `TARGETSTAGE` is none. */
export function isPlatformArgument(name: string): boolean {
  return PLATFORM_ARGUMENTS.has(name);
}

/** Name -> value of every platform argument, for a build on and for `platform`. */
export function platformArguments(platform: string = PLATFORMS[0]): Record<string, string> {
  const [os = "", architecture = "", variant = ""] = platform.split("/");
  const values: Record<string, string> = {};
  for (const side of ["TARGET", "BUILD"]) {
    values[`${side}PLATFORM`] = platform;
    values[`${side}OS`] = os;
    values[`${side}OSVERSION`] = "";
    values[`${side}ARCH`] = architecture;
    values[`${side}VARIANT`] = variant;
  }
  return values;
}

export interface Platform {
  readonly os: string;
  readonly architecture: string | null;
}

const SYSTEMS: ReadonlySet<string> = new Set(
  "aix android darwin dragonfly freebsd illumos ios linux netbsd openbsd plan9 solaris windows".split(" "),
);
const ARCHITECTURES: ReadonlySet<string> = new Set(
  "386 amd64 arm arm64 loong64 mips mipsle mips64 mips64le ppc64 ppc64le riscv64 s390x wasm".split(" "),
);
const OTHER_NAMES: ReadonlyMap<string, string> = new Map([
  ["macos", "darwin"],
  ["i386", "386"],
  ["x86_64", "amd64"],
  ["x86-64", "amd64"],
  ["aarch64", "arm64"],
  ["armhf", "arm"],
  ["armel", "arm"],
]);

/**
 * `linux/arm64/v8`, `arm64`, `linux`, in the names that images use (containerd/platforms, Parse); null for what
 * is no platform. An architecture alone is Linux's, where BuildKit itself runs.
 */
export function parsePlatform(text: string): Platform | null {
  const parts = text.toLowerCase().split("/");
  if (parts.length > 3 || !parts.every((part) => /^[a-z0-9_.()+-]+$/.test(part))) return null;
  const [first = "", second] = parts.map((part) => OTHER_NAMES.get(part) ?? part);
  const os = first.replace(/\(.*$/, "");
  if (second !== undefined) return { os, architecture: second };
  if (SYSTEMS.has(os)) return { os, architecture: null };
  return ARCHITECTURES.has(first) ? { os: "linux", architecture: first } : null;
}
