/** Requests that follow each other this closely are one. */
const QUIET_MS = 5_000;
/** However many more come, a refresh does not wait longer. */
const LATEST_MS = 60_000;
/** The first wait after an error; each further one is twice as long. */
const RETRY_MS = 10_000;
const LONGEST_RETRY_MS = 600_000;

/** Time as the refresher needs it; a test brings its own. */
export interface Timers {
  nowMs(): number;
  /** Calls once after a delay; the returned function calls it off. */
  after(delayMs: number, call: () => void): () => void;
}

export const realTimers: Timers = {
  nowMs: () => Date.now(),
  after: (delayMs, call) => {
    const timer = setTimeout(call, delayMs);
    return () => clearTimeout(timer);
  },
};

/** Computes one workspace's portfolio when it is asked to. */
export interface Refresher {
  /** Notes that something changed. */
  request(): void;
  /** Resolves once no refresh runs; none is begun any more. */
  stop(): Promise<void>;
}

/** What came of a refresh; `elsewhere` when somebody else, such as an import, is at it. */
export type Refreshing = "done" | "elsewhere";

/**
 * Turns requests into refreshes: those that come within 5 seconds of each other become one, at most 60 seconds after
 * the first of them. One runs at a time; what is asked for meanwhile is done afterwards. What somebody else is at is
 * looked at again 5 seconds later. One that fails is reported and tried again, ever later, up to every 10 minutes; a
 * new request makes it due as usual.
 */
export function createRefresher(parts: {
  readonly refresh: () => Promise<Refreshing>;
  readonly onError: (error: unknown) => void;
  readonly timers: Timers;
}): Refresher {
  const { timers } = parts;
  let firstRequestMs: number | undefined;
  let callOff: () => void = () => {};
  let running: Promise<void> | undefined;
  let failures = 0;
  let isStopped = false;

  function wake(delayMs: number): void {
    callOff();
    callOff = timers.after(delayMs, () => {
      running = run();
    });
  }

  function request(): void {
    if (isStopped) return;
    firstRequestMs ??= timers.nowMs();
    if (running) return;
    wake(Math.max(0, Math.min(QUIET_MS, firstRequestMs + LATEST_MS - timers.nowMs())));
  }

  async function run(): Promise<void> {
    firstRequestMs = undefined;
    let nextMs: number | undefined;
    try {
      if ((await parts.refresh()) === "elsewhere") nextMs = QUIET_MS;
      failures = 0;
    } catch (error) {
      failures += 1;
      nextMs = Math.min(RETRY_MS * 2 ** (failures - 1), LONGEST_RETRY_MS);
      parts.onError(error);
    }
    running = undefined;
    if (isStopped) return;
    if (firstRequestMs !== undefined) request();
    else if (nextMs !== undefined) wake(nextMs);
  }

  return {
    request,
    stop: async () => {
      isStopped = true;
      callOff();
      await running;
    },
  };
}
