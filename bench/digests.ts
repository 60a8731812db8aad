import { createDesk } from "../src/create-desk.ts";
import type { DigestAnswer, DigestRequest } from "../src/desk.ts";
import { moveDue } from "../src/digest/due.ts";
import { noHolidays } from "../src/digest/holidays.ts";
import { workspaceId } from "./bots.ts";
import { elapsed } from "./elapsed.ts";
import { refreshPortfolio } from "./portfolios.ts";
import type { Column } from "./report.ts";
import type { Measure } from "./run-parts.ts";
import { seededRep, seedNewFacts, seedPortfolio } from "./seed.ts";
import { type OwnStore, type Stores, withClient } from "./stores.ts";

/** Of each recipient. */
const ACCOUNTS = 10;
/** What was promised for ten thousand. */
const LIMIT_SECONDS = 60;

const columns: readonly Column[] = [
  { key: "what", title: "digests" },
  { key: "recipients", title: "recipients" },
  { key: "seconds", title: "s", digits: 1 },
  { key: "each", title: "ms each", digits: 2 },
  { key: "tenThousand", title: "s of 10,000", digits: 1 },
];

/** Digests of as many reps at once: reserved, composed for the first time, and again after new facts. */
export function digestsMeasure(stores: Stores): Measure {
  return async ({ recipients, factsPerAccount }, { tell, show }) => {
    const accounts = recipients * ACCOUNTS;
    tell(`making a portfolio of ${accounts} accounts and ${recipients} reps`);
    const own = await stores.create();
    await seedPortfolio(own.databaseUrl, workspaceId, { accounts, factsPerAccount, reps: recipients });
    await refreshPortfolio(own);
    await own.store.proposeMissing(workspaceId);
    const taken = (what: string, ms: number) => ({
      ...{ what, recipients, seconds: ms / 1_000, each: ms / recipients },
      tenThousand: (ms / recipients) * 10,
    });
    const reserved = await elapsed(() => reserve(own, recipients));
    const first = await elapsed(() => compose(own, recipients, []));
    await seedNewFacts(own.databaseUrl, workspaceId, Math.ceil(accounts / 100));
    await refreshPortfolio(own);
    await own.store.proposeMissing(workspaceId);
    const next = await elapsed(() => compose(own, recipients, first.result));
    show({
      title: "Digests",
      columns,
      rows: [
        taken("reserved", reserved.ms),
        taken(`first, ${newIn(first.result)} with news`, first.ms),
        taken(`next, ${newIn(next.result)} with news`, next.ms),
      ],
      notes: [
        `Each rep owns ${ACCOUNTS} accounts of ${factsPerAccount} facts. Composed and reserved, ten thousand are promised within ${LIMIT_SECONDS} s on two processors; posting goes as fast as Slack allows.`,
        "Next: after invoices of one account in a hundred and another refresh.",
      ],
    });
    await own.close();
  };
}

/** Due since a minute, as the scheduler finds them. */
async function reserve({ databaseUrl, store }: OwnStore, recipients: number): Promise<void> {
  await withClient(databaseUrl, (client) =>
    client.query(
      `INSERT INTO digest_schedule (workspace_id, target, target_name, is_channel, owner_id, cron, zone, next_at, created_at, changed_at)
       SELECT $1, 'U' || n, 'Rep ' || n, false, 'U' || n, '30 8 * * 2', 'UTC', now() - interval '1 minute', now(), now()
       FROM generate_series(1, $2::int) n`,
      [workspaceId, recipients],
    ),
  );
  const moved = await moveDue({
    ledger: store.digests,
    messenger: { recipient: async () => undefined },
    holidaysOf: async () => noHolidays,
    now: () => new Date(),
    log: { error: (about: unknown) => void process.stderr.write(`${JSON.stringify(about)}\n`) },
  });
  if (moved !== recipients) throw new Error(`${moved} of ${recipients} digests were reserved.`);
}

/** @param last what each was told before. */
async function compose(
  { store }: OwnStore,
  recipients: number,
  last: readonly DigestAnswer[],
): Promise<readonly DigestAnswer[]> {
  const desk = createDesk({ store, commands: new Map(), now: () => new Date() });
  const requests = Array.from({ length: recipients }, (_, index): DigestRequest => {
    const before = last[index];
    return {
      viewer: { workspaceId, email: seededRep(index + 1), standing: "member" },
      filters: "",
      last: before?.ok ? before.content : undefined,
      lastAt: before?.ok ? new Date(before.content.shown?.at(-1)?.at ?? Date.now()) : undefined,
    };
  });
  // As deliveries ask: one by one, many at once.
  return Promise.all(requests.map((request) => desk.digest(request)));
}

function newIn(answers: readonly DigestAnswer[]): number {
  return answers.filter((answer) => answer.ok && answer.isNew).length;
}
