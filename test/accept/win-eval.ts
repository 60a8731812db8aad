import { join } from "node:path";
import { z } from "zod";
import { check, percent } from "./figures.ts";
import type { Terminal } from "./stores.ts";

const evalAnswer = z.object({
  ...{ used: z.number(), won: z.number(), baseRate: z.number(), signal: z.boolean(), gain: z.number() },
  ...{ gainError: z.number(), split: z.string() },
  excluded: z.array(z.object({ column: z.string(), code: z.string() })),
});

/** What was known beforehand tells nothing of how deals ended in Maven CRM, or of who left RavenStack; leaks are left out. */
export async function acceptWinEval(portfolio: Terminal, folder: string): Promise<void> {
  const evaluate = async (file: string, outcome: string, time: string) =>
    evalAnswer.parse(
      await portfolio("win-eval", join(folder, file), "--outcome", outcome, "--time", time, "--json"),
    );
  const deals = await evaluate("maven-crm/sales_pipeline.csv", "deal_stage", "engage_date");
  check("Win eval, Maven: closed, won", "6711, 4238", `${deals.used}, ${deals.won}`);
  check("Win eval, Maven: base rate", "63.2 %", percent(deals.baseRate));
  check("Win eval, Maven: split, signal", "time, none", `${deals.split}, ${deals.signal ? "some" : "none"}`);
  check(
    "Win eval, Maven: gain beyond two standard errors",
    "no",
    deals.gain > 2 * deals.gainError ? "yes" : "no",
  );
  check(
    "Win eval, Maven: left out",
    "opportunity_id identifier, close_date leak-by-name, close_value leak-by-name",
    deals.excluded.map(({ column, code }) => `${column} ${code}`).join(", "),
  );
  const customers = await evaluate("ravenstack/subscriptions.csv", "churn_flag", "start_date");
  check("Win eval, RavenStack: ended of all", "486 of 5000", `${customers.won} of ${customers.used}`);
  check("Win eval, RavenStack: signal", "none", customers.signal ? "some" : "none");
  check(
    "Win eval, RavenStack: left out",
    "end_date",
    customers.excluded
      .map(({ column }) => column)
      .filter((column) => column !== "subscription_id")
      .join(),
  );
}
