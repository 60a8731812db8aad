import type { AtRisk } from "../core/outlook/at-risk.ts";
import type { ComparedOutlook, Outlook } from "../core/outlook/outlook.ts";
import { mapFigures } from "../core/outlook/outlook-figures.ts";
import { isNeededKnown, type Replacement } from "../core/outlook/replacement.ts";
import type { SimulatedOutlook } from "../core/outlook/simulate-outlook.ts";
import { rangeData } from "./figure-words.ts";

/** Everything that an answer tells, as exact figures in minor units. */
export function outlookData(
  outlook: Outlook,
  about: {
    readonly simulated: SimulatedOutlook;
    readonly compared: ComparedOutlook | undefined;
    readonly replacement: Replacement;
    readonly atRisk: readonly (AtRisk & { readonly name: string })[];
    readonly currency: string;
  },
) {
  const { simulated, compared, replacement, atRisk, currency } = about;
  const { acquisition } = simulated;
  const figures = (told: Outlook) => knownFigures(told, simulated);
  return {
    currency,
    ...{ method: simulated.method, seed: simulated.seed, lastYear: simulated.totals },
    newAccounts: acquisition
      ? { after: acquisition.after, won: acquisition.won, perYear: acquisition.perYear }
      : null,
    base: figures(outlook),
    whatIf: compared ? figures(compared.outlook) : null,
    change: compared ? figures(compared.change) : null,
    acquisition: replacement.kind,
    atRisk: atRisk.map(({ account, name, goneIn12Months, goneIn36Months }) => ({
      accountId: account.accountId,
      account: name,
      lastYear: { amount: account.yearMinor, currency },
      goneIn12Months,
      goneIn36Months,
    })),
  };
}

/** What hangs on new accounts is null where nothing is known of them. */
function knownFigures(outlook: Outlook, simulated: SimulatedOutlook) {
  const figures = mapFigures(outlook, rangeData);
  if (simulated.acquisition) return figures;
  const alone = (year: (typeof figures)["in12Months"]) => ({
    ...year,
    ...{ won: null, wonMinor: null, allMinor: null },
    needed: isNeededKnown(simulated) ? year.needed : null,
  });
  return {
    ...figures,
    ...{ in12Months: alone(figures.in12Months), in36Months: alone(figures.in36Months), longRun: null },
    quarters: figures.quarters.map(({ todayMinor }) => ({ todayMinor, allMinor: null })),
  };
}
