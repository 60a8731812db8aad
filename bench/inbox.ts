interface Arrived {
  readonly body: string;
  readonly atMs: number;
}

/** Answers on their way; undefined for one that did not come in time. */
export interface Inbox {
  expect(id: string, withinMs: number): Promise<Arrived | undefined>;
  forget(id: string): void;
  receive(id: string, body: string): void;
}

export function createInbox(): Inbox {
  const expected = new Map<string, (arrived: Arrived | undefined) => void>();
  const settle = (id: string, arrived: Arrived | undefined) => {
    expected.get(id)?.(arrived);
    expected.delete(id);
  };
  return {
    expect: (id, withinMs) =>
      new Promise((resolve) => {
        const timer = setTimeout(() => settle(id, undefined), withinMs);
        expected.set(id, (arrived) => {
          clearTimeout(timer);
          resolve(arrived);
        });
      }),
    forget: (id) => settle(id, undefined),
    receive: (id, body) => settle(id, { body, atMs: performance.now() }),
  };
}
