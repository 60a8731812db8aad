// A worker of the proof: the real ledger, queue, runner and Slack client, over a store and a Slack that its environment
// names. What a digest says is not what this is about.
import { setTimeout as sleep } from "node:timers/promises";
import { LogLevel } from "@slack/web-api";
import { z } from "zod";
import type { Compose } from "../../src/digest/compose-delivery.ts";
import { createDigestRunner } from "../../src/digest/digest-runner.ts";
import { noHolidays } from "../../src/digest/holidays.ts";
import { startDigestQueue } from "../../src/digest/queue.ts";
import type { DeliveryTimes } from "../../src/digest/times.ts";
import { createLog } from "../../src/log.ts";
import { createClients } from "../../src/slack/clients.ts";
import { createFindMessage } from "../../src/slack/look-for-message.ts";
import { createMessenger } from "../../src/slack/messenger.ts";
import { createPeople } from "../../src/slack/people.ts";
import { queueAddress } from "../../src/store/queue-address.ts";
import { openStore } from "../../src/store/store.ts";
import { isSilent } from "./proof-schedules.ts";

/** Everything is quicker than usual, in the same order: a call, then the lease, then what is given up. */
const CALL_MS = 300;
const times: DeliveryTimes = {
  leaseMs: 2_000,
  callMs: 600,
  settleMs: 1_000,
  retriesMs: Array.from({ length: 60 }, () => 150),
};

const { STORE, SLACK, WORKSPACE } = z
  .object({ STORE: z.string(), SLACK: z.url(), WORKSPACE: z.string() })
  .parse(process.env);
const address = z
  .union([z.object({ databaseUrl: z.string() }), z.object({ dataDir: z.string() })])
  .parse(JSON.parse(STORE));
const log = createLog("fatal");
const now = () => new Date();
const store = await openStore(address, "answers");
const { reader, writer } = createClients("xoxb-proof", {
  slackApiUrl: SLACK,
  timeout: CALL_MS,
  logLevel: LogLevel.ERROR,
});
const findPerson = createPeople({ client: reader, teamId: "T0PROOF", now, log });
const messenger = createMessenger(async (workspaceId) => ({
  workspaceId,
  client: writer,
  findPerson,
  findReaders: async () => ({ ok: true, audience: { place: "#proof", members: [] } }),
  findMessage: createFindMessage({ client: reader, log }),
  pictures: { keep: async () => undefined, send: async () => undefined } as never,
  log,
}));
const compose: Compose = async ({ schedule, delivery }) => {
  await sleep(Math.random() * 20);
  if (isSilent(schedule.target)) return { kind: "nothing" };
  return {
    kind: "digest",
    reply: {
      headline: `Digest ${schedule.id} of ${delivery.runAt.toISOString()}`,
      lines: [["Three things to do."]],
      actions: [{ kind: "run", label: "Top A", line: "top A" }],
      data: {},
    },
    content: { snapshotId: 1, asOf: "2026-11-22", actions: [], lines: ["Three things to do."], told: [] },
  };
};
const runner = createDigestRunner({
  ledger: store.digests,
  messenger,
  compose,
  holidaysOf: async () => noHolidays,
  workspaceId: WORKSPACE,
  times,
  now,
  sleep: (milliseconds) => sleep(milliseconds),
  log,
});
const stop = startDigestQueue({
  connection: queueAddress(address),
  runner,
  workspaceId: WORKSPACE,
  times: { askMs: 400, tickSeconds: 1, pollMs: 100 },
  log,
});
process.on("SIGTERM", () => {
  void stop()
    .then(() => store.close())
    .then(() => process.exit(0));
});
process.stdout.write("ready\n");
