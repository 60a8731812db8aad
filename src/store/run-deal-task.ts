import { answerDealTask, type DealAnswers, type DealTask } from "./deal-tasks.ts";

/** So few deals are judged in less time than a thread takes to start. */
const fewDeals = 2_000;
/** Many times what the most deals take on a slow machine. */
const mostMs = 10 * 60_000;

/**
 * Computes with deals while others are served: many of them in a thread, which ends with its work.
 *
 * @throws AbortError after ten minutes.
 */
export async function runDealTask(task: DealTask): Promise<DealAnswers> {
  if (task.deals.ids.length < fewDeals) return answerDealTask(task);
  const { Piscina } = await import("piscina");
  const pool = new Piscina<DealTask, DealAnswers>({
    filename: new URL("deal-worker.mjs", import.meta.url).href,
    maxThreads: 1,
    // It says itself what it loads.
    execArgv: [],
  });
  try {
    return await pool.run(task, { signal: AbortSignal.timeout(mostMs) });
  } finally {
    await pool.destroy();
  }
}
