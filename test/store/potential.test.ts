import { beforeAll, describe, expect, test } from "vitest";
import { createScorecard } from "../../src/core/offers/scorecard.ts";
import { defaultSettings } from "../../src/core/settings.ts";
import { defaultCuts, rankAccounts } from "../../src/core/tiers.ts";
import type { PotentialBasis } from "../../src/store/prospects.ts";
import { isBuyer, type KnownAccount, plainPotentials, readKnown } from "../helpers/plain-potential.ts";
import { openProspectPortfolio } from "../helpers/prospect-portfolio.ts";
import type { Asked } from "../helpers/small-portfolio.ts";
import { accountId, rawRows } from "../helpers/workspace.ts";

type Stored = Readonly<Record<string, unknown>>;

let portfolio: Asked;
let basis: PotentialBasis;
let known: readonly KnownAccount[];
let stored: ReadonlyMap<string, Stored>;

async function read(asked: Asked) {
  const snapshot = await asked.snapshot();
  const rows = await rawRows("SELECT * FROM account_potential WHERE workspace_id = $1 AND snapshot_id = $2", [
    asked.id,
    snapshot.id,
  ]);
  const found = await asked.reads.potentialBasis(snapshot);
  if (!found) throw new RangeError("no potential");
  return {
    basis: found,
    known: await readKnown(asked.id),
    stored: new Map(rows.map((row) => [String(row.account_id), row])),
  };
}

beforeAll(async () => {
  portfolio = await openProspectPortfolio(true);
  ({ basis, known, stored } = await read(portfolio));
}, 60_000);

describe("with a signal", () => {
  test("industry and employees tell spend, and the region does not", () => {
    expect(basis.judged.signal).toBe(true);
    expect(basis.traits.map(({ column }) => column).sort()).toEqual(["Employees", "industry"]);
    expect(basis.tried).toEqual(["industry", "region", "Employees"]);
    expect(basis.customers).toBe(known.filter(isBuyer).length);
    expect(basis.prospects).toBe(80);
  });

  test("potentials equal those recomputed from the rows", () => {
    const wanted = plainPotentials(basis, known);
    expect(stored.size).toBe(known.length);
    for (const { id } of known) {
      const row = stored.get(id);
      expect({
        potential: Number(row?.potential_minor),
        low: Number(row?.low_minor),
        high: Number(row?.high_minor),
      }).toEqual(wanted.get(id));
    }
  });

  test("ranks and tiers are those of the potentials, over everybody", () => {
    const ranked = rankAccounts(
      known.map(({ id }) => ({ accountId: id, value: Number(stored.get(id)?.potential_minor) })),
      defaultCuts,
    );
    let above = 0;
    for (const { accountId: id, rank, tier, value } of ranked) {
      expect(stored.get(id)).toMatchObject({ rank, tier });
      expect(Number(stored.get(id)?.above_minor)).toBe(above);
      above += value;
    }
  });

  test("prospects are weighted by the interim scorecard, as pitches are", async () => {
    expect(basis.chances.kind).toBe("scorecard");
    const traits = await portfolio.reads.traits(await portfolio.snapshot(), "A");
    const evidence = { customers: 0, buyers: 0, companions: [], traits };
    const scorer = createScorecard(evidence, defaultSettings.offers, "2026-06-30");
    const prospects = known.filter(({ margin }) => margin === undefined);
    const weighted = prospects.map(({ id, industry, region }) => {
      const score = scorer.score({
        ...{ accountId: id, account: "", ownerId: undefined, owner: undefined, tier: undefined, spend: 0 },
        ...{
          lastBoughtOn: undefined,
          usualPurchase: undefined,
          industry,
          region,
          products: [],
          exclusions: [],
          chance: undefined,
        },
        ...{ similar: { accounts: 0, bought: 0 }, answers: { won: 0, lost: 0, noReply: 0 } },
      });
      const row = stored.get(id);
      expect([row?.probability, row?.low, row?.high]).toEqual([score.probability, score.low, score.high]);
      const value = Math.round(Number(row?.potential_minor) * score.probability);
      expect(Number(row?.weighted_minor)).toBe(value);
      return { accountId: id, value };
    });
    for (const { accountId: id, rank } of rankAccounts(weighted, defaultCuts))
      expect(stored.get(id)?.weighted_rank).toBe(rank);
    for (const { id, margin } of known)
      if (margin !== undefined)
        expect(stored.get(id)).toMatchObject({ probability: null, weighted_rank: null });
  });

  test("a prospect resembles the A customer with most traits in common that spends most", () => {
    const examples = known.filter(({ tier }) => tier === "A");
    for (const { id, industry, region, margin } of known) {
      const alike = (other: KnownAccount) =>
        Number(other.industry === industry) + Number(other.region === region);
      const [best] = examples.toSorted(
        (one, other) => alike(other) - alike(one) || other.spend - one.spend || (one.id < other.id ? -1 : 1),
      );
      const wanted = margin !== undefined || !best || alike(best) === 0 ? null : best.id;
      expect(stored.get(id)?.resembles_id).toBe(wanted);
    }
  });

  test("white space is what customers like an account own and it does not", async () => {
    const snapshot = await portfolio.snapshot();
    const first = await portfolio.reads.accountPotential(snapshot, accountId("1"));
    // The first customer of Retail bought everything but the Scanner and the Till.
    expect(first?.whiteSpace.map(({ product }) => product).sort()).toEqual(["Scanner", "Till"]);
    const steel = await portfolio.reads.accountPotential(snapshot, accountId("2"));
    expect(steel?.whiteSpace).toEqual([]);
    const prospect = await portfolio.reads.accountPotential(snapshot, accountId("3"));
    expect(prospect).toMatchObject({ marginMinor: undefined, spendTier: undefined, whiteSpace: [] });
  });

  test("what a product brings of its owners is the mean over those like it", async () => {
    const snapshot = await portfolio.snapshot();
    const [reason] = (await portfolio.reads.accountPotential(snapshot, accountId("1")))?.reasons ?? [];
    if (reason?.code !== "like") throw new RangeError("no peers");
    // It has too few peers whose number of employees nobody knows: they are those of its industry.
    expect(reason.traits).toEqual([{ column: "industry", value: "Retail" }]);
    const peers = known.filter((account) => isBuyer(account) && account.industry === "Retail");
    expect(reason.customers).toBe(peers.length);
    const rows = await rawRows(
      `SELECT m.account_id, SUM(o.amount_minor) AS amount FROM opportunity o
       JOIN membership m ON m.workspace_id = o.workspace_id AND m.source_record_id = o.account_record_id
       JOIN product_record x ON x.workspace_id = o.workspace_id AND x.source_record_id = o.product_record_id
       WHERE o.workspace_id = $1 AND x.name = 'Scanner' AND o.status = 'won' AND o.superseded_by IS NULL GROUP BY 1`,
      [portfolio.id],
    );
    const ids = new Set(peers.map(({ id }) => id));
    const amounts = rows
      .filter(({ account_id }) => ids.has(String(account_id)))
      .map(({ amount }) => Number(amount));
    const scanner = (await portfolio.reads.accountPotential(snapshot, accountId("1")))?.whiteSpace.find(
      ({ product }) => product === "Scanner",
    );
    expect(scanner).toEqual({
      product: "Scanner",
      customers: peers.length,
      owners: amounts.length,
      marginMinor: Math.round((amounts.reduce((a, b) => a + b, 0) * 0.4) / amounts.length),
    });
  });
});

describe("without a signal", () => {
  test("every prospect has the potential of the whole portfolio", async () => {
    const plain = await read(await openProspectPortfolio(false));
    expect(plain.basis.judged.signal).toBe(false);
    expect(plain.basis.traits).toEqual([]);
    const buyers = plain.known.filter(isBuyer);
    const mean = buyers.reduce((sum, { margin = 0 }) => sum + margin, 0) / buyers.length;
    const told = plain.known
      .filter(({ margin }) => margin === undefined)
      .map(({ id }) => Number(plain.stored.get(id)?.potential_minor));
    expect(new Set(told)).toEqual(new Set([Math.round(mean)]));
  }, 60_000);
});
