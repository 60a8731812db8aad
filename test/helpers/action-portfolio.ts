import type { Request } from "../../src/desk.ts";
import type { OfferPortfolio } from "./offer-portfolio.ts";
import { openAsked } from "./small-portfolio.ts";
import { accountId, company, deal, user } from "./workspace.ts";

const addresses = { ann: "ann@example.com", bob: "bob@example.com", mia: "mia@example.com" } as const;
const owners: Readonly<Record<string, string>> = { A: "Ann Archer", B: "Bob Baker" };

/** Account, what it bought for how much, and when. */
const sales: readonly (readonly [account: string, product: string, euros: string, on: string])[] = [
  ["Acorn", "Hose", "1000.00", "2026-03-01"],
  ["Acorn", "Pump", "6000.00", "2026-03-02"],
  ["Almond", "Hose", "1000.00", "2026-03-01"],
  ["Almond", "Pump", "6000.00", "2026-03-02"],
  ["Apple", "Hose", "1000.00", "2026-03-01"],
  ["Apricot", "Hose", "1000.00", "2026-03-01"],
  ["Anise", "Hose", "1000.00", "2026-10-20"],
  ["Basil", "Hose", "1000.00", "2026-03-01"],
  ["Beech", "Hose", "1000.00", "2026-03-01"],
  ["Cedar", "Pump", "6000.00", "2026-03-01"],
  ["Dill", "Hose", "1000.00", "2026-03-01"],
  ["Dill", "", "10.00", "2026-10-25"],
];
const names = [...new Set(sales.map(([account]) => account))];

/** How a line names one of them. */
export function idOf(name: string): string {
  return `"id:${accountId(String(names.indexOf(name) + 1))}"`;
}

/**
 * Nine customers: those with A are Ann's and in retail, those with B are Bob's and in metal, the others nobody's. A pump is
 * 6,000 EUR and three have one, a hose is 1,000 EUR and all but Cedar have one. So six are to be offered a pump for a margin
 * of 6,000 × 40 % × 3 of 9 = 800.00, Cedar a hose for 1,000 × 40 % × 8 of 9 = 355.56, by the end of October 2026; and Ann is
 * to check in with Anise, which first bought on 20 October, until 3 November. Asked on 31 October 2026.
 */
export async function openActionPortfolio(): Promise<OfferPortfolio> {
  const asked = await openAsked();
  await asked.import({
    companies: names.map((name, index) => {
      const owner = owners[name.charAt(0)];
      return company(String(index + 1), name, {
        Industry: name.startsWith("A") ? "Retail" : "Metal",
        ...(owner === undefined ? {} : { "Company owner": owner }),
      });
    }),
    users: [user("Ann Archer", addresses.ann, "North"), user("Bob Baker", addresses.bob, "South")],
    deals: sales.map(([account, product, euros, on], index) =>
      deal(String(index + 1), String(names.indexOf(account) + 1), euros, on, { Product: product }),
    ),
  });
  await asked.reply("settings person mia@example.com manager");
  const as = (who: keyof typeof addresses): Partial<Request> => ({
    viewer: { workspaceId: asked.id, email: addresses[who], standing: "member" },
  });
  return {
    ...asked,
    say: (who, line, request) => asked.reply(line, { ...as(who), ...request }),
    refused: async (who, line, request) => (await asked.mistake(line, { ...as(who), ...request })).message,
  };
}
