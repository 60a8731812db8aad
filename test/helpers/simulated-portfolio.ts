import { addDays } from "../../src/core/calendar.ts";
import { createRandom } from "../../src/core/random.ts";
import { type Asked, openAsked } from "./small-portfolio.ts";
import { company, deal, user } from "./workspace.ts";

const firstDay = "2023-07-01";
const days = 1_095;

/**
 * Two hundred and forty customers of Ann and Bob in turn, as of 2026-06-29, who buy about every six weeks and leave after each purchase
 * with a chance of one in seven: enough for a model to tell who has left.
 */
export async function openSimulatedPortfolio(): Promise<Asked> {
  const random = createRandom("simulated portfolio");
  const asked = await openAsked();
  const accounts = Array.from({ length: 240 }, (_, index) => String(index + 1));
  const deals = accounts.flatMap((id) => {
    const [bought, usual] = [purchaseDays(random), 200 + 1_800 * random()];
    return bought.map((day, purchase) =>
      deal(`${id}-${purchase}`, id, (usual * (0.5 + random())).toFixed(2), addDays(firstDay, day)),
    );
  });
  await asked.import({
    companies: accounts.map((id, index) =>
      company(id, `Client ${id.padStart(3, "0")}`, {
        "Company owner": index % 2 === 0 ? "Ann Archer" : "Bob Baker",
        Industry: index % 3 === 0 ? "Retail" : "Steel",
      }),
    ),
    users: [user("Ann Archer", "ann@example.com", "North"), user("Bob Baker", "bob@example.com", "South")],
    // The newest fact says what day it is.
    deals: [...deals, deal("newest", "1", "500.00", addDays(firstDay, days - 1))],
  });
  return asked;
}

/** At least one day; gaps differ between customers. */
function purchaseDays(random: () => number): readonly number[] {
  const usualGap = 15 + 60 * random();
  const bought = [Math.floor(random() * 700)];
  for (;;) {
    const next = (bought.at(-1) ?? 0) + 1 + Math.floor(-Math.log(1 - random()) * usualGap);
    if (next >= days || random() < 1 / 7) return bought;
    bought.push(next);
  }
}
