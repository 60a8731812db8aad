import { expect, test } from "vitest";
import { composeDigest } from "../../src/digest/compose-digest.ts";
import { renderTerminal } from "../../src/terminal.ts";
import { factsOf } from "../helpers/digest-facts.ts";
import { openProspectPortfolio } from "../helpers/prospect-portfolio.ts";
import { rawRows, repId } from "../helpers/workspace.ts";

const everything = { offset: 0, limit: 100 };

test("prospects that rose clearly since the snapshot before are found, of each owner those that rose most", async () => {
  const { id, reads, snapshot: newest, store } = await openProspectPortfolio(true);
  const first = await newest();
  await store.refresh(await store.ensureWorkspace(id), { now: new Date("2026-10-31T12:00:00Z") });
  const snapshot = await newest();
  expect(await reads.risersOf(snapshot, {}, "everything", 9)).toEqual([[]]);
  // Half of what it was before, and far behind: of the first ten.
  const { rows } = await reads.prospects(snapshot, {}, everything);
  const risen = rows.slice(0, 10);
  await rawRows(
    `UPDATE account_potential SET weighted_minor = weighted_minor / 2, weighted_rank = weighted_rank + 1000
     WHERE workspace_id = $1 AND snapshot_id = $2 AND account_id = ANY($3::uuid[])`,
    [id, first.id, risen.map(({ accountId }) => accountId)],
  );
  const [all = []] = await reads.risersOf(snapshot, {}, "everything", 9);
  expect(all.map(({ account }) => account)).toEqual(risen.slice(0, 9).map(({ account }) => account));
  for (const { account, weightedMinor, beforeMinor } of all) {
    const now = risen.find((row) => row.account === account)?.weightedMinor ?? 0;
    expect([weightedMinor, beforeMinor]).toEqual([now, Math.floor(now / 2)]);
  }
  const people = ["Ann Archer", "Bob Baker"];
  const about = people.map((name) => ({ repIds: [repId(name)], signature: name }));
  expect(await reads.risersOf(snapshot, {}, about, 2)).toEqual(
    people.map((name) =>
      risen
        .filter(({ owner }) => owner === name)
        .slice(0, 2)
        .map(({ account }) => expect.objectContaining({ account })),
    ),
  );
});

test("a digest announces each once", () => {
  const risers = [{ accountId: "a", account: "Acme", weightedMinor: 1_500_000, beforeMinor: 800_000 }];
  const { reply, isNew, content } = composeDigest(factsOf({ risers }));
  expect(isNew).toBe(true);
  expect(renderTerminal(reply)).toContain("Acme rises among prospects: weighted potential €15k, €8k before");
  const on = "2026-10-27";
  const next = composeDigest(factsOf({ risers, last: { content, on } }));
  expect(next.isNew).toBe(false);
  expect(renderTerminal(next.reply)).not.toContain("Acme");
});
