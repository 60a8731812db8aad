import type { Piscina } from "piscina";
import type { Chart } from "./chart.ts";

/** Draws charts as PNG, 1600 × 900 pixels, in threads of its own. */
export interface ChartPainter {
  /**
   * The chart as a PNG; undefined where it has nothing to draw.
   *
   * @throws DrawingError when too many wait, when a drawing takes too long or fails, and after `close`.
   */
  draw(chart: Chart): Promise<Uint8Array | undefined>;
  /** Ends the threads. Drawings that are not done are refused. */
  close(): Promise<void>;
}

export interface PainterOptions {
  /** How many charts are drawn at once. */
  readonly threads?: number;
  /** How long one drawing may take, with the start of its thread. */
  readonly drawingMs?: number;
  /** After how long without work a thread leaves. */
  readonly idleMs?: number;
  /** How many charts may wait for a thread. */
  readonly mostWaiting?: number;
  /** A module whose default export draws a chart. */
  readonly worker?: URL;
}

/** Says why there is no picture; the next way to show the chart needs none. */
class DrawingError extends Error {
  readonly code: "busy" | "slow" | "failed" | "closed";

  constructor(code: DrawingError["code"], message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "DrawingError";
    this.code = code;
  }
}

interface Waiting {
  readonly start: () => void;
  readonly refuse: (error: DrawingError) => void;
}

/** No thread starts, and no drawing library is loaded, before the first chart. */
export function createChartPainter({
  threads = 1,
  drawingMs = 10_000,
  idleMs = 5 * 60_000,
  mostWaiting = 50,
  worker = new URL("png-worker.mjs", import.meta.url),
}: PainterOptions = {}): ChartPainter {
  const waiting: Waiting[] = [];
  let pool: Promise<Piscina> | undefined;
  let drawing = 0;
  let isClosed = false;

  // The pool's own queue would stand still when a thread dies while others wait, so it never holds any.
  const turn = () =>
    new Promise<void>((start, refuse) => {
      if (drawing < threads) {
        drawing += 1;
        start();
      } else if (waiting.length < mostWaiting) waiting.push({ start, refuse });
      else refuse(new DrawingError("busy", `${mostWaiting} charts are waiting to be drawn already.`));
    });
  const leave = () => {
    const next = waiting.shift();
    if (next) next.start();
    else drawing -= 1;
  };

  return {
    async draw(chart) {
      if (isClosed) throw closed();
      await turn();
      const limit = AbortSignal.timeout(drawingMs);
      try {
        pool ??= openPool({ threads, idleMs, worker });
        return await (await pool).run(chart, { signal: limit });
      } catch (cause) {
        if (isClosed) throw closed();
        if (limit.aborted)
          throw new DrawingError("slow", `A chart took longer than ${drawingMs} ms to draw.`, { cause });
        throw new DrawingError("failed", "A chart could not be drawn.", { cause });
      } finally {
        leave();
      }
    },
    async close() {
      isClosed = true;
      for (const { refuse } of waiting.splice(0)) refuse(closed());
      await (await pool)?.destroy();
    },
  };
}

function closed(): DrawingError {
  return new DrawingError("closed", "Charts are no longer drawn: the app is stopping.");
}

async function openPool({
  threads,
  idleMs,
  worker,
}: Required<Pick<PainterOptions, "threads" | "idleMs" | "worker">>) {
  const { Piscina } = await import("piscina");
  const pool = new Piscina({
    filename: worker.href,
    minThreads: 0,
    maxThreads: threads,
    idleTimeout: idleMs,
    // It says itself what it loads, and when.
    execArgv: [],
  });
  // A thread that fails without a drawing has nobody to tell: the next drawing gets a new one, or its time limit.
  pool.on("error", () => undefined);
  return pool;
}
