/** What was tried and how it went; the last line of a run comes from here. */

/** A scenario's next thing to see, in the words of a user. */
export type Step = readonly [name: string, see: () => Promise<void>];

export interface Report {
  readonly pass: (name: string) => void;
  readonly fail: (name: string, reason: unknown) => void;
  readonly counts: () => { readonly passed: number; readonly failed: number };
}

/** Prints each outcome as it comes. */
export function createReport(): Report {
  const start = performance.now();
  let passed = 0;
  let failed = 0;
  const at = (): string => `${((performance.now() - start) / 1000).toFixed(1)} s`;
  return {
    pass: (name) => {
      passed += 1;
      console.log(`ok     ${name} (${at()})`);
    },
    fail: (name, reason) => {
      failed += 1;
      console.log(`FAILED ${name} (${at()})\n${describe(reason).replace(/^/gm, "    ")}`);
    },
    counts: () => ({ passed, failed }),
  };
}

/**
 * Goes through the steps in order. After one that failed the others cannot be seen, so they have failed, too.
 *
 * @param look is called where a step fails, before anything changes
 */
export async function playSteps(
  report: Report,
  scenario: string,
  steps: readonly Step[],
  look: () => Promise<void>,
): Promise<void> {
  let broken = false;
  for (const [name, see] of steps) {
    const title = `${scenario}: ${name}`;
    if (broken) {
      report.fail(title, "not reached");
      continue;
    }
    try {
      await see();
      report.pass(title);
    } catch (error) {
      broken = true;
      await look();
      report.fail(title, error);
    }
  }
}

function describe(reason: unknown): string {
  return reason instanceof Error ? reason.message : String(reason);
}
