import { addDays } from "../../src/core/calendar.ts";
import { createRandom, drawNormal } from "../../src/core/random.ts";
import { type Asked, openAsked } from "./small-portfolio.ts";
import { company, deal, user } from "./workspace.ts";

const newestDay = "2026-06-30";
const industries = ["Retail", "Steel", "Health", "Energy"];
const regions = ["North", "South", "East"];

/**
 * A hundred and sixty customers and eighty prospects of Ann, Bob and nobody in turn, as of 2026-06-30. With a signal, spend of a
 * customer follows from its industry and its employees. Every customer of Retail owns the Scanner but for the first, and most
 * own the Till; of others hardly any does. Every fourth prospect lost a deal once.
 */
export async function openProspectPortfolio(signal: boolean): Promise<Asked> {
  const random = createRandom(`prospects ${signal}`);
  const asked = await openAsked();
  const accounts = Array.from({ length: 240 }, (_, index) => {
    const employees = Math.round(Math.exp(4 + drawNormal(random)));
    const industry = industries[index % 4] ?? "";
    const log = signal ? 8 + 0.9 * (index % 4) + 0.5 * Math.log(employees) : 11;
    const spend = Math.exp(log + 0.5 * drawNormal(random));
    return { id: String(index + 1), index, industry, employees, spend, isProspect: index % 3 === 2 };
  });
  const bought = accounts.filter(({ isProspect }) => !isProspect);
  const deals = bought.flatMap(({ id, index, industry, spend }) => {
    const day = addDays(newestDay, -(index % 300) - 1);
    const share = industry === "Retail" ? 0.5 : 0.25;
    const part = (name: string, product: string, of: number) =>
      deal(`${id}-${name}`, id, (of * spend).toFixed(2), day, { Product: product });
    const hasScanner = industry === "Retail" ? index > 0 : index % 19 === 1;
    return [
      part("base", "Base", 1 - share),
      ...(hasScanner ? [part("scanner", "Scanner", share / 2)] : []),
      ...(industry === "Retail" && index % 5 > 0 ? [part("till", "Till", share / 2)] : []),
    ];
  });
  const lost = accounts
    .filter(({ isProspect, index }) => isProspect && index % 4 === 0)
    .map(({ id }) => deal(`${id}-lost`, id, "100.00", "2026-01-15", { "Deal Stage": "Closed Lost" }));
  await asked.import({
    companies: accounts.map(({ id, index, industry, employees }) =>
      company(id, `Client ${id.padStart(3, "0")}`, {
        "Company owner": ["Ann Archer", "Bob Baker", ""][Math.floor(index / 3) % 3] ?? "",
        Industry: industry,
        "Country/Region": regions[index % regions.length] ?? "",
        Employees: index % 29 === 0 ? "" : String(employees),
      }),
    ),
    users: [user("Ann Archer", "ann@example.com", "North"), user("Bob Baker", "bob@example.com", "South")],
    // The newest fact says what day it is.
    deals: [...deals, ...lost, deal("newest", "1", "500.00", newestDay, { Product: "Base" })],
  });
  return asked;
}
