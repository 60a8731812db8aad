import { expect, test } from "vitest";
import { createLane } from "../../src/background/lane.ts";

/** Work that ends when it is told to. */
function work(name: string, order: string[]) {
  let finish: () => void = () => {};
  const held = new Promise<void>((resolve) => {
    finish = resolve;
  });
  return {
    finish,
    run: async () => {
      order.push(`${name} begins`);
      await held;
      order.push(`${name} ends`);
      return name;
    },
  };
}

test("one goes at a time, in order, and each is told how many come first", async () => {
  const lane = createLane();
  const order: string[] = [];
  const ahead: string[] = [];
  const [first, second, third] = ["first", "second", "third"].map((name) => work(name, order));
  const all = [first, second, third].map((each, index) =>
    lane.run(each?.run ?? (async () => ""), (count) => ahead.push(`${index}: ${count}`)),
  );
  expect(ahead).toEqual(["1: 1", "2: 2"]);
  third?.finish();
  second?.finish();
  first?.finish();
  expect(await Promise.all(all)).toEqual(["first", "second", "third"]);
  expect(order).toEqual([
    ...["first begins", "first ends", "second begins", "second ends", "third begins", "third ends"],
  ]);
});

test("what fails holds nobody up", async () => {
  const lane = createLane();
  const failing = lane.run(
    async () => {
      throw new Error("no");
    },
    () => {},
  );
  const next = lane.run(
    async () => "yes",
    () => {},
  );
  await expect(failing).rejects.toThrow("no");
  expect(await next).toBe("yes");
  const waits: number[] = [];
  expect(await lane.run(async () => "again", waits.push.bind(waits))).toBe("again");
  expect(waits).toEqual([]);
});
