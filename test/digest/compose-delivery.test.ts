import { expect, test } from "vitest";
import type { DigestAnswer, DigestRequest } from "../../src/desk.ts";
import { createCompose } from "../../src/digest/compose-delivery.ts";
import type { Messenger } from "../../src/digest/messenger.ts";
import type { DigestContent, DigestSchedule } from "../../src/store/digests.ts";
import { scheduleOf } from "../helpers/digest-schedules.ts";
import { RUN } from "./delivery-bench.ts";
import { ledgerInMemory } from "./ledger-in-memory.ts";

const content: DigestContent = { snapshotId: 1, asOf: "2026-11-23", actions: [], lines: [], told: [] };
const reply = { headline: "Three things to do", data: {} };
const viewer = { workspaceId: "w", userId: "U0OWNER", standing: "member" } as const;
const audience = { place: "#sales", members: [{ workspaceId: "w", standing: "member" }] } as const;

/** Composes the second delivery of a schedule; the first one was confirmed. */
async function compose(options: {
  readonly schedule?: Partial<DigestSchedule>;
  readonly recipient?: Awaited<ReturnType<Messenger["recipient"]>>;
  readonly readers?: Awaited<ReturnType<Messenger["readers"]>>;
  readonly answer?: DigestAnswer;
}) {
  const ledger = ledgerInMemory(() => RUN);
  const schedule = scheduleOf(options.schedule);
  const first = await ledger.take("w", ledger.reserve(schedule, RUN), RUN, 60_000);
  const sent = first && (await ledger.aboutToSend(first, content, RUN, 60_000));
  if (sent) await ledger.settle(sent, { status: "confirmed", channelId: "C1", messageTs: "1.1" }, RUN);
  const taken = await ledger.take("w", ledger.reserve(schedule, RUN), RUN, 60_000);
  if (!taken) throw new RangeError("nothing to compose");
  const asked: DigestRequest[] = [];
  const rules: unknown[] = [];
  const outcome = await createCompose({
    desk: {
      digest: async (request) => {
        asked.push(request);
        return options.answer ?? { ok: true, reply, isNew: true, content };
      },
    },
    ledger,
    messenger: {
      recipient: async () =>
        "recipient" in options ? options.recipient : { person: { name: "Ann" }, viewer },
      readers: async (_workspaceId, _channelId, which) => {
        rules.push(which);
        return options.readers ?? { ok: true, audience };
      },
    },
    settingsOf: async () => ({ slackConnect: true, holidays: "" }),
  })(taken);
  return { outcome, asked, rules };
}

test("a channel's digest is its owner's, for everybody who reads it, since the last one that arrived", async () => {
  const { outcome, asked, rules } = await compose({ schedule: { filters: "tier:A" } });
  expect(outcome).toEqual({ kind: "digest", reply, content });
  expect(asked).toMatchObject([{ viewer, audience, filters: "tier:A", last: content, lastAt: RUN }]);
  expect(rules).toEqual([{ slackConnectAllowed: true }]);
});

test("a person's digest is theirs alone", async () => {
  const { asked, rules } = await compose({ schedule: { target: "U0ANN", isChannel: false } });
  expect(asked).toHaveLength(1);
  expect(asked[0]).not.toHaveProperty("audience");
  expect(rules).toEqual([]);
});

const isLasting = { ok: false, sentence: "1 guest reads #sales.", isLasting: true } as const;
test.each([
  [
    "Slack does not say who somebody is",
    { recipient: undefined },
    { kind: "later", fault: "recipient_unknown" },
  ],
  [
    "a guest reads the channel",
    { readers: isLasting },
    { kind: "not-allowed", sentence: "1 guest reads #sales." },
  ],
  [
    "Slack does not say who reads the channel",
    { readers: { ...isLasting, isLasting: false } },
    { kind: "later", fault: "readers_unknown" },
  ],
  [
    "nobody may see anything",
    { answer: { ok: false, message: "Not everybody may see these.", suggestions: [] } as const },
    { kind: "not-allowed", sentence: "Not everybody may see these." },
  ],
  [
    "nothing is imported, so that the next import mends it",
    {
      answer: { ok: false, message: "Nothing is here.", suggestions: [], nothingImported: true } as const,
    },
    { kind: "nothing" },
  ],
  ["nothing is new", { answer: { ok: true, reply, isNew: false, content } as const }, { kind: "nothing" }],
  [
    "nothing is new, and one line is wanted",
    { schedule: { saysNothing: true }, answer: { ok: true, reply, isNew: false, content } as const },
    { kind: "digest", reply, content },
  ],
] as const)("where %s", async (_name, options, outcome) => {
  expect((await compose(options)).outcome).toEqual(outcome);
});
