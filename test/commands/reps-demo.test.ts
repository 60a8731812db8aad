import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { demoAsOf, demoSeed, generateDemo } from "../../demo/generate.ts";
import { type Asked, openAsked } from "../helpers/small-portfolio.ts";
import { rawRows, temporaryFolder } from "../helpers/workspace.ts";

// What is said of the invented company's reps is computed again from its opportunities, in SQL of its own.

interface Row {
  readonly rep: string;
  readonly closed: number;
  readonly won: number;
  readonly observed: number | { readonly amount: number };
  readonly expected: number | { readonly amount: number };
  readonly low: number;
  readonly high: number;
}

let demo: Asked;
let oracle: ReadonlyMap<string, Readonly<Record<string, number>>>;
beforeAll(async () => {
  demo = await openAsked();
  const folder = temporaryFolder();
  const files = generateDemo({ seed: demoSeed, asOf: demoAsOf }).map(({ name, content }) => {
    const path = join(folder, name);
    writeFileSync(path, content);
    return path;
  });
  await demo.importPaths(files);
  const { window } = await demo.snapshot();
  // Every deal of it has an owner, who may be written in several ways.
  const rows = await rawRows(
    `WITH closed AS (
       SELECT COALESCE(s.stands_for, s.id) AS rep, o.*, d.expected, d.expected_minor
       FROM current_opportunity o
       JOIN source_record s ON s.workspace_id = o.workspace_id AND s.id = o.owner_record_id
       JOIN deal d ON d.workspace_id = o.workspace_id AND d.id = o.id
       WHERE o.workspace_id = $1 AND o.status <> 'open' AND o.close_on > $2::date AND o.close_on <= $3::date)
     SELECT r.name, COUNT(*)::int AS closed, (COUNT(*) FILTER (WHERE status = 'won'))::int AS won,
            COALESCE(SUM(amount_minor) FILTER (WHERE status = 'won'), 0)::float AS sold,
            SUM(expected)::float AS expected, SUM(expected_minor)::float AS expected_minor
     FROM closed JOIN current_rep_record r ON r.workspace_id = $1 AND r.source_record_id = closed.rep GROUP BY 1`,
    [demo.id, window.after, window.until],
  );
  oracle = new Map(
    rows.map(({ name, ...figures }) => [String(name), figures as Readonly<Record<string, number>>]),
  );
}, 120_000);

const boardOf = async (line: string) =>
  ((await demo.reply(line, { rows: "all" })).data as { readonly rows: readonly Row[] }).rows;

test("deals closed, won and to be expected, by whoever owned them", async () => {
  const rows = await boardOf("leaderboard by wins");
  expect(rows.map(({ rep }) => rep).toSorted()).toEqual([...oracle.keys()].toSorted());
  for (const { rep, closed, won, expected } of rows) {
    const own = oracle.get(rep);
    expect([closed, won]).toEqual([own?.closed, own?.won]);
    expect(expected).toBeCloseTo(own?.expected ?? 0, 6);
  }
});

test("margin of what was sold, beside the chances of all deals times their sizes", async () => {
  for (const { rep, observed, expected } of await boardOf("leaderboard")) {
    const own = oracle.get(rep);
    expect(observed).toEqual({ amount: Math.round(0.4 * (own?.sold ?? 0)), currency: "EUR" });
    expect(expected).toEqual({ amount: Math.round(0.4 * (own?.expected_minor ?? 0)), currency: "EUR" });
  }
});

test("whoever has large accounts is not better for it: only who was made to sell better stands out", async () => {
  const strong = ["Priya Raman", "Marek Nowak"];
  for (const line of ["leaderboard", "leaderboard by wins"]) {
    const above = (await boardOf(line)).filter(({ low }) => low > 1);
    expect(above.map(({ rep }) => rep)).toContain("Priya Raman");
    for (const { rep } of above) expect(strong).toContain(rep);
  }
});

test("coach tells a rep of their own deals", async () => {
  const viewer = {
    workspaceId: demo.id,
    standing: "member",
    email: "priya.raman@brightwater.example",
  } as const;
  const { data } = await demo.reply("coach", { viewer });
  const own = oracle.get("Priya Raman");
  expect(data).toMatchObject({
    rep: "Priya Raman",
    total: { closed: own?.closed, won: own?.won, expected: expect.closeTo(own?.expected ?? 0, 6) },
  });
});
