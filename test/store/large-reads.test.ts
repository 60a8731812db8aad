import { expect, test } from "vitest";
import { accessOf } from "../../src/store/access.ts";
import type { Database } from "../../src/store/connect.ts";
import { createReads } from "../../src/store/create-reads.ts";
import { limited } from "../../src/store/large-reads.ts";
import { Refused } from "../../src/store/refused.ts";
import { sql } from "../../src/store/sql.ts";
import { transactionLimits } from "../../src/store/transaction-limits.ts";
import { accountRecord, openRawWorkspace } from "../helpers/facts.ts";

async function openOneSale() {
  const workspace = await openRawWorkspace();
  await workspace.startImport("hubspot");
  await workspace.accounts([{ external_id: "1", name: "Alder" }]);
  await workspace.deals([
    { id: "1", account_record_id: accountRecord("hubspot", "1"), amount_minor: 100, close_on: "2026-06-30" },
  ]);
  await workspace.refresh("2026-06-30");
  const { database, id } = workspace;
  const access = await accessOf(database, { workspaceId: id, standing: "operator" });
  const snapshot = await createReads(database, access).snapshot();
  if (!snapshot) throw new RangeError("no snapshot");
  return { database, access, snapshot };
}

/** As long as it lasts, a question about accounts takes too long. */
async function whileNobodyCanRead(database: Database, work: () => Promise<void>): Promise<void> {
  await database.$transaction(async (transaction) => {
    await transaction.$executeRaw(sql`LOCK TABLE account_standing IN ACCESS EXCLUSIVE MODE`);
    await work();
  }, transactionLimits.bulk);
}

// The embedded store does not end statements.
test.skipIf(!process.env.TEST_DATABASE_URL)(
  "what takes too long is refused with what to do, and the next question has its own time",
  async () => {
    const { database, access, snapshot } = await openOneSale();
    const hurried = limited(database, access, 100);
    await whileNobodyCanRead(database, async () => {
      await expect(hurried.crossPairs(snapshot, {})).rejects.toThrow(Refused);
      await expect(hurried.crossPairs(snapshot, {})).rejects.toThrow("Ask about fewer of them");
    });
    expect((await limited(database, access).crossPairs(snapshot, {})).customers).toBe(1);
  },
);

test("errors of other kinds stay what they are", async () => {
  const { database, access, snapshot } = await openOneSale();
  const reads = limited(database, { ...access, owners: ["no id"] });
  await expect(reads.growth(snapshot, {}, 5)).rejects.toThrow(/uuid/);
});
