/** Requests that follow each other this closely are one. */
const QUIET_MS = 5_000;
/** However many more come, a refresh does not wait longer. */
const LATEST_MS = 60_000;
/** Between two looks for changes that others made: another process, a terminal. */
const LOOK_MS = 2_000;
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

/** Keeps a workspace's portfolio up to date with what changes. */
export interface Refresher {
  /** Watches for changes that no snapshot has seen, whoever made them and before what crash, and asks for a refresh. */
  start(): void;
  /** Notes that something changed. */
  request(): void;
  /** Resolves once no refresh runs; none is begun any more. */
  stop(): Promise<void>;
}

/**
 * Turns requests into refreshes: those that come within 5 seconds of each other become one, at most 60 seconds after
 * the first of them. One runs at a time; what is asked for meanwhile is done afterwards. One that fails is reported and
 * tried again, ever later, up to every 10 minutes; a new request makes it due as usual.
 */
export function createRefresher(parts: {
  readonly refresh: () => Promise<void>;
  /** A mark of the state that no snapshot has seen yet; undefined when the newest one is up to date. */
  readonly unseen: () => Promise<string | undefined>;
  readonly onError: (error: unknown) => void;
  readonly timers: Timers;
}): Refresher {
  const { timers } = parts;
  let firstRequestMs: number | undefined;
  let callOff: () => void = () => {};
  let running: Promise<void> | undefined;
  let failures = 0;
  let isStopped = false;
  let lastSeen: string | undefined;
  let stopLooking: () => void = () => {};

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
    try {
      await parts.refresh();
      failures = 0;
    } catch (error) {
      failures += 1;
      parts.onError(error);
    }
    running = undefined;
    if (isStopped) return;
    if (firstRequestMs !== undefined) request();
    else if (failures > 0) wake(Math.min(RETRY_MS * 2 ** (failures - 1), LONGEST_RETRY_MS));
  }

  async function look(): Promise<void> {
    try {
      const mark = await parts.unseen();
      if (mark !== undefined && mark !== lastSeen) request();
      lastSeen = mark;
    } catch (error) {
      parts.onError(error);
    }
    if (!isStopped) stopLooking = timers.after(LOOK_MS, () => void look());
  }

  return {
    request,
    start: () => void look(),
    stop: async () => {
      isStopped = true;
      callOff();
      stopLooking();
      await running;
    },
  };
}
