import type { Chart } from "../charts/chart.ts";
import type { Table } from "../command.ts";
import type { Growth } from "../core/growth.ts";
import { formatMoney } from "../core/money.ts";
import { formatChange, formatCount } from "../wording.ts";
import { pathNames } from "./growth-words.ts";

/** From the year before to this one, by what became of accounts. */
export function bridgeTable({ steps, before, now }: Growth, currency: string): Table {
  const money = (amount: number) => ({ text: formatMoney({ amount, currency }), value: amount });
  const change = (amount: number) => ({ text: formatChange(amount, currency), value: amount });
  const accounts = steps.reduce((sum, step) => sum + step.accounts, 0);
  const row = (name: string, count: number, then: number, today: number) => [
    { text: name },
    { text: formatCount(count), value: count },
    money(then),
    money(today),
    change(today - then),
  ];
  return {
    caption: "What became of accounts from one year to the next",
    columns: [
      { title: "What they did" },
      { title: "Accounts", align: "right" },
      { title: "Year before", align: "right" },
      { title: "This year", align: "right" },
      { title: "Difference", align: "right" },
    ],
    rows: [
      ...steps
        .filter((step) => step.accounts > 0)
        .map((step) => row(pathNames[step.path], step.accounts, step.before, step.now)),
      row("Together", accounts, before, now),
    ],
  };
}

/** The same as bars: the year before, what came and went, this year. */
export function bridgeChart({ steps, before, now }: Growth, currency: string, message: string): Chart {
  const moved = steps.filter(({ path, accounts }) => accounts > 0 && path !== "kept");
  return {
    kind: "bar",
    title: "Spend from the year before to this one",
    message,
    categories: ["Year before", ...moved.map(({ path }) => pathNames[path]), "This year"],
    series: [{ name: "Spend", values: [before, ...moved.map(({ difference }) => difference), now] }],
    unit: { kind: "money", currency },
    categoryTitle: "Accounts",
  };
}
