/** Work in turn. */
import { expect, it } from "vitest";
import { queues } from "../../src/registry/queues.js";

it("at most so many tasks of a name run at once, in the order in which they came, also after one that fails", async () => {
  const queue = queues(3);
  const order: string[] = [];
  const running = new Map<string, number>();
  let most = 0;
  const task = (name: string, number: number) => async (): Promise<number> => {
    order.push(`${name}${number}`);
    running.set(name, (running.get(name) ?? 0) + 1);
    most = Math.max(most, running.get(name) ?? 0);
    await new Promise((resolve) => setTimeout(resolve, 1));
    running.set(name, (running.get(name) ?? 0) - 1);
    if (number % 4 === 0) throw new Error("failed");
    return number;
  };
  const numbers = Array.from({ length: 20 }, (_none, index) => index);
  const results = await Promise.allSettled(
    ["a", "b"].flatMap((name) => numbers.map((number) => queue(name, task(name, number)))),
  );
  expect(most).toBe(3);
  expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(30);
  for (const name of ["a", "b"]) {
    expect(order.filter((entry) => entry.startsWith(name))).toEqual(numbers.map((number) => `${name}${number}`));
  }
});
