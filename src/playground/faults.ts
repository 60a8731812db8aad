import { setTimeout as wait } from "node:timers/promises";
import type { JsonObject } from "./json.ts";

/** A failure to be served instead of the real answer, or after it. */
export interface Fault {
  /**
   * A Web API method such as `chat.postMessage`, a family such as `conversations.*`, or `response_url`,
   * `upload_url` or `url_private`.
   */
  readonly method: string;
  /** An HTTP status with an empty answer, such as 500. */
  readonly status?: number;
  /** A Web API error with status 200, such as `internal_error`. */
  readonly error?: string;
  /** Wait first; alone it only delays the real answer. */
  readonly delayMs?: number;
  /** Seconds; answers 429 `ratelimited` with `Retry-After`. */
  readonly retryAfter?: number;
  /** Cut the connection without an answer. */
  readonly drop?: true;
  /** Do the work first: a message is posted, and the app does not hear of it. */
  readonly after?: true;
  /** How many calls meet it; one when left out. */
  readonly times?: number;
}

export interface FaultQueue {
  /** The next call of the method meets this fault, or the next `times` calls. */
  next(fault: Fault): void;
  take(method: string): Fault | undefined;
}

/** Faults in the order they were asked for. */
export function createFaultQueue(): FaultQueue {
  const waiting: Fault[] = [];
  return {
    next({ times = 1, ...fault }) {
      waiting.push(...Array.from({ length: times }, () => fault));
    },
    take(method) {
      const index = waiting.findIndex((fault) => fits(fault.method, method));
      return index < 0 ? undefined : waiting.splice(index, 1)[0];
    },
  };
}

function fits(wanted: string, method: string): boolean {
  return wanted.endsWith(".*") ? method.startsWith(wanted.slice(0, -1)) : method === wanted;
}

/** An answer of the Web API, or in its shape. */
export interface ApiAnswer {
  readonly status: number;
  readonly body: JsonObject;
  readonly headers?: Readonly<Record<string, string>>;
}

/** How something went that may have met a fault. */
export type Outcome<T> =
  | { readonly kind: "done"; readonly value: T }
  | { readonly kind: "failed"; readonly answer: ApiAnswer }
  | { readonly kind: "dropped" };

/** Does the work, or meets the next fault of the method before or after it. */
export async function underFaults<T>(
  { faults, closing }: { readonly faults: FaultQueue; readonly closing: AbortController },
  method: string,
  work: () => T | Promise<T>,
): Promise<Outcome<T>> {
  const fault = faults.take(method);
  const early = fault?.after ? { value: await work() } : undefined;
  if (fault?.delayMs !== undefined) {
    // Who still waits when the playground closes waits no longer.
    await wait(fault.delayMs, undefined, { signal: closing.signal }).catch(() => {});
  }
  if (fault?.drop) return { kind: "dropped" };
  const answer = fault && failureOf(fault);
  return answer ? { kind: "failed", answer } : { kind: "done", value: early ? early.value : await work() };
}

/** What the fault answers; undefined when it only delays. */
function failureOf({ retryAfter, error, status }: Fault): ApiAnswer | undefined {
  if (retryAfter !== undefined) {
    const headers = { "Retry-After": String(retryAfter) };
    return { status: 429, body: { ok: false, error: "ratelimited" }, headers };
  }
  if (error !== undefined) return { status: status ?? 200, body: { ok: false, error } };
  return status === undefined ? undefined : { status, body: {} };
}
