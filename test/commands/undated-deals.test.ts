import { beforeAll, expect, test } from "vitest";
import { addDays } from "../../src/core/calendar.ts";
import { type Asked, openAsked } from "../helpers/small-portfolio.ts";
import { company, deal, user } from "../helpers/workspace.ts";

// Many sources say that a deal is lost, and not since when.

let portfolio: Asked;
beforeAll(async () => {
  portfolio = await openAsked();
  await portfolio.import({
    companies: [company("1", "Alder GmbH", { "Company owner": "Ann Archer" })],
    users: [user("Ann Archer", "ann@example.com"), user("Bob Baker", "bob@example.com")],
    deals: Array.from({ length: 120 }, (_, index) => {
      const [created, isWon] = [addDays("2025-03-01", index * 3), index % 4 === 0];
      return deal(`${index}`, "1", "100.00", isWon ? addDays(created, 20 + (index % 5)) : "", {
        "Deal Stage": isWon ? "Closed Won" : "Closed Lost",
        "Create Date": created,
        "Deal owner": index % 2 === 0 ? "Ann Archer" : "Bob Baker",
        Product: "Pump",
      });
    }),
  });
});

test("such a deal counts as lost, and as nothing of which a day has to be known", async () => {
  const { rows, maturity } = (await portfolio.reply("products")).data as {
    rows: readonly { won: number; closed: number; medianDays: number }[];
    maturity: { ageDays: number };
  };
  // The last four are younger than what nearly all take that are won.
  expect(maturity.ageDays).toBe(24);
  expect(rows).toEqual([expect.objectContaining({ won: 29, closed: 116, medianDays: 22 })]);
});

test("it counts for its rep on the day on which it began", async () => {
  const board = (await portfolio.reply("leaderboard raw by wins")).data as {
    rows: readonly { rep: string; won: number; closed: number }[];
    quarterEnd: { last: { closed: number }; others: { closed: number } };
  };
  expect(board.rows.map(({ rep, won, closed }) => [rep, won, closed])).toEqual([
    ["Ann Archer", 30, 60],
    ["Bob Baker", 0, 60],
  ]);
  expect(board.quarterEnd.last.closed + board.quarterEnd.others.closed).toBe(30);
});
