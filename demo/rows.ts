import type { Account } from "./accounts.ts";
import type { Calendar } from "./calendar.ts";
import { currency, people } from "./company.ts";
import type { Deal } from "./deals.ts";
import { openStages, pipeline } from "./market.ts";
import type { Random } from "./random.ts";

/** A row by column; every column is there, in the order of the header. */
export type Row = Readonly<Record<string, string>>;

function clock(minuteOfDay: number): string {
  const twoDigits = (number: number) => String(number).padStart(2, "0");
  return `${twoDigits(Math.floor(minuteOfDay / 60))}:${twoDigits(minuteOfDay % 60)}`;
}

/** `2025-03-14 10:22`, as HubSpot writes it, in office hours. */
function stamp(random: Random, calendar: Calendar, day: number): string {
  return `${calendar.dateText(day)} ${clock(random.integer(8 * 60, 17 * 60 + 59))}`;
}

export function amountText(amountMinor: number): string {
  const cents = String(Math.abs(amountMinor) % 100).padStart(2, "0");
  return `${amountMinor < 0 ? "-" : ""}${Math.floor(Math.abs(amountMinor) / 100)}.${cents}`;
}

export function companyRow(
  random: Random,
  calendar: Calendar,
  account: Account,
  deals: readonly Deal[],
): Row {
  const lastActivityDay = deals.reduce(
    (latest, deal) => Math.max(latest, deal.lastActivityDay),
    account.createdDay,
  );
  return {
    "Record ID": account.id,
    "Company name": account.name,
    "Company Domain Name": account.domain,
    "Company owner": account.owner.name,
    Industry: account.industry.name,
    "Country/Region": account.country.name,
    "Create Date": stamp(random, calendar, account.createdDay),
    "Last Activity Date": stamp(random, calendar, lastActivityDay),
    Employees: String(account.employees),
    Channel: account.channel,
  };
}

export function dealRow(random: Random, calendar: Calendar, deal: Deal): Row {
  const isOpen = openStages.some(([stage]) => stage === deal.stage);
  const closed = stamp(random, calendar, deal.closeDay);
  const sameDay = !isOpen && deal.lastActivityDay === deal.closeDay;
  return {
    "Record ID": deal.id,
    "Deal Name": `${deal.account.name} - ${deal.product.name}`,
    "Deal Stage": deal.stage,
    Pipeline: pipeline,
    Amount: amountText(deal.amountMinor),
    Currency: currency,
    "Close Date": closed,
    "Create Date": stamp(random, calendar, deal.createdDay),
    "Deal owner": deal.owner.name,
    "Last Activity Date": sameDay ? closed : stamp(random, calendar, deal.lastActivityDay),
    "Associated Company": deal.account.name,
    "Associated Company IDs (Primary)": deal.account.id,
    Product: deal.product.name,
    // Left over from a system before this one: no importer knows it.
    "Legacy Ref": random.chance(300) ? `BW-${random.integer(10_000, 99_999)}` : "",
  };
}

/** HubSpot's users are those who sell: reps and managers, not the RevOps admin. */
export function userRows(): readonly Row[] {
  return people
    .filter(({ role }) => role !== "admin")
    .map(({ name, email, role, team }) => {
      const space = name.indexOf(" ");
      return {
        Email: email,
        "First name": name.slice(0, space),
        "Last name": name.slice(space + 1),
        Team: team,
        Role: role === "manager" ? "Manager" : "Rep",
      };
    });
}
