import { type Logger, pino } from "pino";

/** Structured log lines on standard error, so that standard output stays for answers; secrets are cut out. */
export function createLog(level: string): Logger {
  return pino(
    {
      level,
      redact: {
        paths: [
          "token",
          "*.token",
          "botToken",
          "*.botToken",
          "signingSecret",
          "*.signingSecret",
          "headers.authorization",
        ],
        censor: "[secret]",
      },
    },
    pino.destination(2),
  );
}
