import { expect, test } from "vitest";
import { accountRecord, openRawWorkspace, type RawRow } from "../helpers/facts.ts";
import {
  accountId,
  company,
  deal,
  openWorkspace,
  productId,
  rawRows,
  repId,
  user,
} from "../helpers/workspace.ts";

const judged = (workspaceId: string): Promise<readonly RawRow[]> =>
  rawRows(
    `SELECT o.external_id AS deal, d.account_id, d.rep_id, d.product_id, d.status::text, d.tier::text, d.created_on::text,
            d.close_on::text, d.amount_minor::int, d.list_minor::int
     FROM deal d JOIN opportunity o ON o.workspace_id = d.workspace_id AND o.id = d.id
     WHERE d.workspace_id = $1 AND d.snapshot_id = (SELECT MAX(id) FROM snapshot WHERE workspace_id = $1)
     ORDER BY o.external_id`,
    [workspaceId],
  );

test("every opportunity is a deal of the account, rep and product that it stands for, with the tier of before it began", async () => {
  const { id, import: load } = await openWorkspace();
  await load({
    companies: [
      company("1", "Large", { "Company owner": "Ann Archer" }),
      company("2", "Small", { "Company owner": "Bob Baker" }),
      company("3", "Never"),
    ],
    users: [user("Ann Archer", "ann@example.com"), user("Bob Baker", "bob@example.com")],
    deals: [
      deal("10", "1", "900.00", "2025-02-10", {
        "Create Date": "2025-01-10",
        "Deal owner": "Bob Baker",
        Product: "Pump",
      }),
      deal("11", "2", "100.00", "2025-02-11", { "Create Date": "2025-01-11" }),
      deal("12", "1", "500.00", "2025-08-10", { "Create Date": "2025-07-02" }),
      deal("13", "2", "50.00", "2025-08-11", { "Create Date": "2025-07-03", "Deal Stage": "Closed Lost" }),
      deal("14", "3", "70.00", "2026-01-10", { "Create Date": "2025-07-04", "Deal Stage": "Qualified" }),
      deal("15", "", "70.00", "2025-05-12", { "Deal Stage": "Closed Lost" }),
    ],
  });
  const rows = await judged(id);
  const large = { account_id: accountId("1"), product_id: null };
  expect(rows).toMatchObject([
    // Before 2025 nobody had bought anything.
    {
      deal: "10",
      rep_id: repId("Bob Baker"),
      product_id: productId("Pump"),
      tier: null,
      amount_minor: 90_000,
    },
    { deal: "11", rep_id: repId("Bob Baker"), tier: null, status: "won" },
    // By the first half-year 90 % were Large's, which crossed the cut of A; Small is beyond it, and begins below that of B.
    { deal: "12", ...large, rep_id: repId("Ann Archer"), tier: "A", created_on: "2025-07-02" },
    { deal: "13", rep_id: repId("Bob Baker"), tier: "B", status: "lost" },
    { deal: "14", rep_id: null, tier: null, status: "open", close_on: "2026-01-10" },
    { deal: "15", account_id: null, rep_id: null, tier: null, status: "lost" },
  ]);
});

test("an earlier day knows nothing of what came after it", async () => {
  const world = await openRawWorkspace();
  await world.startImport("crm");
  await world.accounts([{ external_id: "a", name: "Acme" }]);
  const acme = { account_record_id: accountRecord("crm", "a") };
  await world.deals([
    { id: "1", ...acme, created_on: "2026-01-01", close_on: "2026-02-01", amount_minor: 100 },
    { id: "2", ...acme, created_on: "2026-01-01", close_on: "2026-04-01", amount_minor: 200 },
    { id: "3", ...acme, created_on: "2026-03-05", close_on: "2026-04-01", amount_minor: 300 },
  ]);
  await world.refresh("2026-03-01");
  expect((await judged(world.id)).map(({ deal: name, status }) => [name, status])).toEqual([
    ["1", "won"],
    ["2", "open"],
  ]);
});
