import type { AtRisk } from "../core/outlook/at-risk.ts";
import type { ComparedOutlook, Outlook } from "../core/outlook/outlook.ts";
import { mapFigures } from "../core/outlook/outlook-figures.ts";
import type { Replacement } from "../core/outlook/replacement.ts";
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
  return {
    currency,
    ...{ method: simulated.method, seed: simulated.seed, lastYear: simulated.totals },
    base: mapFigures(outlook, rangeData),
    whatIf: compared ? mapFigures(compared.outlook, rangeData) : null,
    change: compared ? mapFigures(compared.change, rangeData) : null,
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
