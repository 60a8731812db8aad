import { type DestinationStream, type Logger, pino } from "pino";
import { noteOutcome } from "./request-note.ts";
import { withoutSecrets } from "./without-secrets.ts";

/** As pino numbers levels. */
const ERROR = 50;

/**
 * Structured log lines, on standard error, so that standard output stays for answers. Secrets are cut out of the
 * finished line, wherever they stand. A request during which an error is logged has failed.
 */
export function createLog(level: string, destination: DestinationStream = pino.destination(2)): Logger {
  return pino(
    {
      level,
      mixin: (_fields, lineLevel) => {
        if (lineLevel >= ERROR) noteOutcome("failed");
        return {};
      },
    },
    { write: (line: string) => destination.write(withoutSecrets(line)) },
  );
}
