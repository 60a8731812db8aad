// The same commands as in Slack, and what an admin does with files, from a terminal.
import { TERMINAL_NICENESS, yieldToAnswers } from "./yield-to-answers.ts";

// Also while the rest loads. Not where this may start the embedded store, which would be slow for all then: there it
// is done once the store runs.
if (process.env.DATABASE_URL) yieldToAnswers(TERMINAL_NICENESS);

await import("./operator/program.ts");
