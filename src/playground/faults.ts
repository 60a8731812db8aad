/** A failure to be served instead of, or before, the real answer. */
export interface Fault {
  /** A Web API method such as `chat.postMessage`, or `response_url`, `upload_url` or `url_private`. */
  readonly method: string;
  /** An HTTP status with an empty answer, such as 500. */
  readonly status?: number;
  /** A Web API error with status 200, such as `internal_error`. */
  readonly error?: string;
  /** Wait first; alone it only delays the real answer. */
  readonly delayMs?: number;
  /** Seconds; answers 429 `ratelimited` with `Retry-After`. */
  readonly retryAfter?: number;
}

export interface FaultQueue {
  /** The next call of the method meets this fault, once. */
  next(fault: Fault): void;
  take(method: string): Fault | undefined;
}

/** Faults in the order they were asked for; each is served once. */
export function createFaultQueue(): FaultQueue {
  const waiting: Fault[] = [];
  return {
    next(fault) {
      waiting.push(fault);
    },
    take(method) {
      const index = waiting.findIndex((fault) => fault.method === method);
      return index < 0 ? undefined : waiting.splice(index, 1)[0];
    },
  };
}
