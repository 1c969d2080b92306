/** Waiting for what another process does, on a machine that may be busy with other things. */
import { setTimeout as delay } from "node:timers/promises";

/**
 * Asks until the answer is true.
 *
 * @param what completes "waited for …"
 * @throws Error when it is not within `seconds`
 */
export async function waitFor(what: string, holds: () => boolean | Promise<boolean>, seconds = 60): Promise<void> {
  const end = performance.now() + seconds * 1000;
  for (;;) {
    if (await holds()) return;
    if (performance.now() > end) throw new Error(`waited ${seconds} s for ${what}`);
    await delay(100);
  }
}

/**
 * Acts, waits, and acts again until the result is seen: an editor that is still settling loses key presses.
 *
 * @param seen resolves when it is seen, rejects when it is not for some seconds
 * @throws what `seen` or `act` threw the last time
 */
export async function actUntil(act: () => Promise<void>, seen: () => Promise<unknown>, tries = 8): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await act();
      await seen();
      return;
    } catch (error) {
      if (attempt === tries) throw error;
    }
  }
}
