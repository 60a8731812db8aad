import type { Logger } from "pino";

/** Ends one part of the bot. */
export type Stop = () => Promise<void>;

/** Shorter than the grace after which containers are killed; the parts have shorter limits of their own. */
const STOP_WITHIN_MS = 18_000;

/**
 * Stops on the first SIGINT or SIGTERM, one part after the other, so that the app lets go of the store before it
 * closes; exits at once on the second.
 */
export function stopOnSignals(stops: readonly Stop[], log: Pick<Logger, "info" | "error">): void {
  let isStopping = false;
  const stop = async (signal: string) => {
    if (isStopping) process.exit(1);
    isStopping = true;
    log.info({ signal }, "stopping");
    setTimeout(() => {
      log.error("not everything could be stopped in time");
      process.exit(1);
    }, STOP_WITHIN_MS).unref();
    for (const each of stops)
      await each().catch((err: unknown) => log.error({ err }, "a part of the bot could not be stopped"));
    process.exit(0);
  };
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => void stop(signal));
}
