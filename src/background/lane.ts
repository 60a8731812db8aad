/** Work that goes one at a time, in the order in which it came. */
export interface Lane {
  /** Does the work when its turn comes; `onWait` is told how much comes first, if any. */
  run<Result>(work: () => Promise<Result>, onWait: (ahead: number) => void): Promise<Result>;
}

export function createLane(): Lane {
  let ahead = 0;
  let last: Promise<unknown> = Promise.resolve();
  return {
    run: (work, onWait) => {
      if (ahead > 0) onWait(ahead);
      ahead += 1;
      const done = last.then(work).finally(() => {
        ahead -= 1;
      });
      last = done.catch(() => undefined);
      return done;
    },
  };
}
