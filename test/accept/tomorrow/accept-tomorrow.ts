import { type PlainFiles, withPlainSales } from "../plain-sales.ts";
import type { Terminal } from "../stores.ts";
import { acceptCohorts } from "./cohorts.ts";
import { acceptCells, acceptSurprises } from "./crossed.ts";
import { acceptGrowth } from "./growth.ts";
import { acceptOutlook } from "./outlook.ts";
import { acceptRenewals } from "./renewals.ts";
import { acceptScores } from "./scores.ts";
import { acceptWorths } from "./worths.ts";

/** What accounts did from year to year and what they are expected to do: each answer beside plain SQL over the files. */
export async function acceptTomorrow(portfolio: Terminal, where: string, files: PlainFiles): Promise<void> {
  await withPlainSales(files, async (ask) => {
    await acceptGrowth(portfolio, where, ask);
    await acceptCohorts(portfolio, where, ask);
    const { fitted, accounts } = await acceptWorths(portfolio, where, ask);
    const { asOf } = fitted.fit;
    await acceptScores(portfolio, where, ask, { asOf, accounts });
    if (files.accounts) await acceptCells(portfolio, where, ask);
    await acceptSurprises(portfolio, where, ask);
    await acceptRenewals(portfolio, where, ask);
    await acceptOutlook(portfolio, where, ask, { asOf, fitted, accounts });
  });
}
