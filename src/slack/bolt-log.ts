import { type Logger as BoltLogger, LogLevel } from "@slack/bolt";
import type { Logger } from "pino";

/** Bolt's warnings and errors in our log; what it says while all is well is of no use to us. */
export function boltLog(log: Pick<Logger, "warn" | "error">): BoltLogger {
  const ignore = () => {};
  return {
    debug: ignore,
    info: ignore,
    warn: (...parts) => log.warn(withoutSecrets(parts)),
    error: (...parts) => log.error(withoutSecrets(parts)),
    setLevel: ignore,
    getLevel: () => LogLevel.WARN,
    setName: ignore,
  };
}

function withoutSecrets(parts: readonly unknown[]): string {
  return parts
    .map((part) => (part instanceof Error ? part.message : String(part)))
    .join(" ")
    .replace(/\bx(?:ox|app)[a-z]*-[\w-]+/g, "[token]");
}
