import type { Logger } from "pino";

const HOUR_MS = 60 * 60 * 1000;

/** Does something now and every hour; the returned function ends that, and waits for what is under way. */
export function everyHour(work: () => Promise<void>, log: Pick<Logger, "error">): () => Promise<void> {
  let underWay: Promise<void> = Promise.resolve();
  const begin = () => {
    underWay = underWay
      .then(work)
      .catch((err) => log.error({ err }, "what is done every hour could not be done; it is tried again"));
  };
  begin();
  const timer = setInterval(begin, HOUR_MS);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await underWay;
  };
}
