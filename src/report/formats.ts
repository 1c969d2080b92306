/** Every format by name: the only list of them. */
import type { MakeReport } from "./report.js";
import { textReport } from "./text.js";

interface Format {
  readonly name: string;
  /** One line of `--help`. */
  readonly help: string;
  /** Whether `fromlint bases` and the like have it, too, or that one alone: those show no findings. */
  readonly isForLists: boolean | "bases";
  /** Text is what nearly every run prints; the others are loaded when they are asked for. */
  readonly load: () => Promise<MakeReport> | MakeReport;
}

export const FORMATS: readonly Format[] = [
  { name: "text", help: "for people, with the code", isForLists: true, load: () => textReport },
  {
    name: "compact",
    help: "one line a finding",
    isForLists: false,
    load: async () => (await import("./compact.js")).compactReport,
  },
  {
    name: "json",
    help: "ESLint's results",
    isForLists: true,
    load: async () => (await import("./json.js")).jsonReport,
  },
  {
    name: "sarif",
    help: "SARIF 2.1.0, for code scanning",
    isForLists: false,
    load: async () => (await import("./sarif.js")).sarifReport,
  },
  {
    name: "github",
    help: "annotations in GitHub Actions",
    isForLists: false,
    load: async () => (await import("./github.js")).githubReport,
  },
  {
    name: "gitlab",
    help: "GitLab Code Quality",
    isForLists: false,
    load: async () => (await import("./gitlab.js")).gitlabReport,
  },
  {
    name: "junit",
    help: "JUnit XML, a suite a file",
    isForLists: false,
    load: async () => (await import("./junit.js")).junitReport,
  },
  {
    name: "checkstyle",
    help: "Checkstyle XML",
    isForLists: false,
    load: async () => (await import("./checkstyle.js")).checkstyleReport,
  },
  {
    name: "markdown",
    help: "a table for a job summary or a comment",
    isForLists: false,
    load: async () => (await import("./markdown.js")).markdownReport,
  },
  {
    name: "html",
    help: "one page: findings, fixes, a picture",
    isForLists: "bases",
    load: async () => (await import("./html/html.js")).htmlReport,
  },
];

/** The report of that name; null where there is none. */
export async function makerOf(name: string): Promise<MakeReport | null> {
  return (await FORMATS.find((format) => format.name === name)?.load()) ?? null;
}
