import { z } from "zod";
import { chanceOfPause } from "../../src/core/offers/rule-power.ts";
import { money } from "./answers.ts";
import { check, percent } from "./figures.ts";
import type { Terminal } from "./stores.ts";

const offerAnswer = z.object({
  data: z.object({
    waves: z.array(
      z.object({
        wave: z.string(),
        accounts: z.number(),
        expectedMargin: money,
        effortHours: z.number(),
        rows: z.array(
          z.object({
            probability: z.number(),
            low: z.number(),
            high: z.number(),
            expectedMargin: money,
            effortHours: z.number(),
            excluded: z.string().optional(),
            heldOut: z.boolean(),
          }),
        ),
      }),
    ),
  }),
});

/** The demo's offer: what its waves say of themselves, beside what their accounts add up to. */
export async function acceptOffer(portfolio: Terminal, where: string): Promise<void> {
  const answer = await portfolio("ask", 'pitch "Accepted" product:"Brook Console" hold-out 10%', "--json");
  const { waves } = offerAnswer.parse(answer).data;
  check(`${where}: waves`, "A, B, C, lookalikes", waves.map(({ wave }) => wave).join(", "));
  for (const { wave, accounts, expectedMargin, effortHours, rows } of waves) {
    const pitched = rows.filter(({ excluded, heldOut }) => excluded === undefined && !heldOut);
    check(`${where}: accounts of wave ${wave}`, pitched.length, accounts);
    const margin = rows.reduce((sum, row) => sum + row.expectedMargin.amount, 0);
    check(`${where}: expected margin of wave ${wave}`, margin, expectedMargin.amount);
    const hours = rows.reduce((sum, row) => sum + row.effortHours, 0);
    check(`${where}: hours of wave ${wave}`, hours.toFixed(6), effortHours.toFixed(6));
    const isOrdered = rows.every(({ low, probability, high }) => low <= probability && probability <= high);
    check(`${where}: intervals of wave ${wave} hold their chances`, "yes", isOrdered ? "yes" : "no");
  }
}

/** The stop rule on waves of 40 accounts, a fifth of them won at the floor: exactly, over all sequences of outcomes. */
export function acceptStopRule(): void {
  const setting = { accounts: 40, breakEven: 0.2, needed: 8, pauseAbove: 0.9 };
  const [good, bad] = [chanceOfPause(setting, 0.3), chanceOfPause(setting, 0.1)];
  check(`Stop rule: pauses ${percent(good)} of good waves, at most 10 %`, "yes", good <= 0.1 ? "yes" : "no");
  check(`Stop rule: pauses ${percent(bad)} of bad waves, at least 80 %`, "yes", bad >= 0.8 ? "yes" : "no");
}
