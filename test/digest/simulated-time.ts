/** A clock that stands still while anybody does anything, and jumps to whoever waits shortest when nobody does. */
export interface SimulatedTime {
  readonly now: () => Date;
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** Lets time go by until the work is done. */
  run<Result>(work: Promise<Result>): Promise<Result>;
}

export function simulatedTime(start: Date): SimulatedTime {
  let nowMs = start.getTime();
  let order = 0;
  const sleepers: { readonly at: number; readonly order: number; readonly wake: () => void }[] = [];

  function push(at: number, wake: () => void): void {
    order += 1;
    sleepers.push({ at, order, wake });
    for (let child = sleepers.length - 1; child > 0; ) {
      const parent = (child - 1) >> 1;
      if (isSooner(parent, child)) break;
      swap(parent, child);
      child = parent;
    }
  }

  function pop(): (typeof sleepers)[number] | undefined {
    const [first] = sleepers;
    const last = sleepers.pop();
    if (!first || !last || sleepers.length === 0) return first;
    sleepers[0] = last;
    for (let parent = 0; ; ) {
      const [left, right] = [2 * parent + 1, 2 * parent + 2];
      let least = parent;
      if (left < sleepers.length && isSooner(left, least)) least = left;
      if (right < sleepers.length && isSooner(right, least)) least = right;
      if (least === parent) return first;
      swap(parent, least);
      parent = least;
    }
  }

  function isSooner(left: number, right: number): boolean {
    const [one, other] = [sleepers[left], sleepers[right]];
    if (!one || !other) return true;
    return one.at < other.at || (one.at === other.at && one.order < other.order);
  }

  function swap(left: number, right: number): void {
    const [one, other] = [sleepers[left], sleepers[right]];
    if (one && other) [sleepers[left], sleepers[right]] = [other, one];
  }

  return {
    now: () => new Date(nowMs),
    sleep: (milliseconds) => new Promise((resolve) => push(nowMs + milliseconds, resolve)),
    async run(work) {
      let isDone = false;
      const end = () => {
        isDone = true;
      };
      work.then(end, end);
      for (;;) {
        await new Promise((resolve) => setImmediate(resolve));
        if (isDone) return work;
        const next = pop();
        if (!next) throw new Error("nobody is left to wait for");
        nowMs = Math.max(nowMs, next.at);
        next.wake();
      }
    },
  };
}
