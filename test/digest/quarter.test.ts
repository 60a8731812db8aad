import { afterAll, beforeAll, expect, test } from "vitest";
import { people } from "../../demo/company.ts";
import { addDays } from "../../src/core/calendar.ts";
import { createDesk } from "../../src/create-desk.ts";
import { createCompose } from "../../src/digest/compose-delivery.ts";
import type { DeliveryJob } from "../../src/digest/deliver.ts";
import { createDigestRunner, type DeliveryQueue } from "../../src/digest/digest-runner.ts";
import { noHolidays } from "../../src/digest/holidays.ts";
import { importFiles } from "../../src/ingest/import-files.ts";
import { loadCommands } from "../../src/load-commands.ts";
import { createLog } from "../../src/log.ts";
import type { Message } from "../../src/playground/server.ts";
import { type DemoHistory, openDemoHistory, plainTiers } from "../helpers/demo-quarter.ts";
import { openWorkspace, rawRows, type TestWorkspace } from "../helpers/workspace.ts";
import { type Bench, startBench } from "../slack/slack-bench.ts";

// A quarter of the invented company, told week by week: its files grow, digests come, their buttons are pressed, and
// what they say is held against the files and against what was pressed, counted here and nowhere else.

const rep = people.find(({ role }) => role === "rep") ?? people[0];
if (rep === undefined) throw new RangeError("the invented company has nobody");
const colleague = people.find((one) => one.role === "rep" && one !== rep && one.team === rep.team) ?? rep;
const idOf = (email: string) => `U0${people.findIndex((one) => one.email === email)}`;
const [REP, COLLEAGUE] = [idOf(rep.email), idOf(colleague.email)];

/** Tuesdays at 08:30 in the rep's zone, which keeps summer time all the while. */
const FIRST = "2026-08-04";
/** A quarter where there is time for it. */
const WEEKS = process.env.PROVE ? 13 : 5;
const weeks = Array.from({ length: WEEKS }, (_, week) => addDays(FIRST, 7 * week));

const commands = await loadCommands(new URL("../../commands/", import.meta.url));
let workspace: TestWorkspace;
let slack: Bench;
let history: DemoHistory;
let offset = 0;
const now = () => new Date(Date.now() + offset);
const goTo = (moment: string) => {
  const by = new Date(moment).getTime() - now().getTime();
  offset += by;
  slack.later(by);
};
let digestsDue: () => Promise<void>;

beforeAll(async () => {
  workspace = await openWorkspace();
  history = await openDemoHistory();
  const { store, id: workspaceId } = workspace;
  const desk = createDesk({ store, commands, now });
  slack = await startBench({
    desk,
    workspaceId,
    users: people.map(({ name, email, role, timeZone }) => ({
      ...{ id: idOf(email), name: email.split("@")[0] ?? email, realName: name, email, tz: timeZone },
      isAdmin: role === "admin",
    })),
  });
  const { messenger } = slack;
  const settingsOf = async () => (await store.ensureWorkspace(workspaceId)).settings.digests;
  const runner = createDigestRunner({
    ...{ ledger: store.digests, messenger, workspaceId, now },
    compose: createCompose({ desk, ledger: store.digests, messenger, settingsOf }),
    holidaysOf: async () => noHolidays,
    sleep: async () => {},
    log: createLog("error"),
  });
  digestsDue = async () => {
    const waiting: DeliveryJob[] = [];
    const queue: DeliveryQueue = { add: async (jobs) => void waiting.push(...jobs) };
    await runner.tick(queue);
    while (waiting.length > 0) await runner.work(waiting.splice(0), queue);
  };
});
afterAll(async () => {
  expect(slack.violations).toEqual([]);
  expect(slack.logged).toEqual([]);
  await slack.stop();
});

const direct = () => slack.messages({ channelId: slack.directMessages(REP), viewerId: REP });

/** Types a line and returns the answer. */
async function type(text: string): Promise<Message> {
  const before = new Set(direct().map(({ ts }) => ts));
  await slack.slash({ userId: REP, channelId: slack.directMessages(REP), text });
  return slack.waitFor(() => direct().find(({ ts }) => !before.has(ts)));
}

interface Button {
  readonly action_id: string;
  readonly value?: string;
  readonly text?: { readonly text: string };
}
const buttonsOf = ({ blocks }: Message): readonly Button[] =>
  blocks.flatMap((block) => (block.type === "actions" ? (block.elements as Button[]) : []));

/** Presses the button of an action in a digest, fills its form in, and waits until what was answered is kept. */
async function answer(digest: Message, label: string, actionId: string, entries: Record<string, string>) {
  const button = buttonsOf(digest).find(
    ({ text, value }) => text?.text === label && value?.includes(actionId),
  );
  expect(button, `${label} of ${actionId}`).toBeDefined();
  await slack.press({ userId: REP, messageTs: digest.ts, actionId: button?.action_id ?? "" });
  const view = await slack.waitFor(() => slack.frontModal(REP));
  const before = direct().length;
  expect(await slack.submitView({ userId: REP, viewId: view.id, values: entries })).toEqual({
    kind: "closed",
  });
  // Answered before the clock moves on: what Slack lends an answer lasts half an hour.
  await slack.waitFor(() => direct().length > before);
  expect(await answersOf(actionId)).toHaveLength(1);
}

const answersOf = (actionId: string) =>
  rawRows(
    "SELECT answer::text, holder_name AS holder FROM action_answer WHERE workspace_id = $1 AND action_id = $2::uuid AND ended_at IS NULL",
    [workspace.id, actionId],
  );

interface Shown {
  readonly id: string;
  readonly kind: string;
  readonly accountId: string;
}
interface Kept {
  readonly content: {
    readonly asOf: string;
    readonly lines: readonly string[];
    readonly actions: readonly { readonly id: string }[];
    readonly shown: readonly { readonly actions: readonly Shown[] }[];
  };
  readonly message_ts: string;
}

/** What the ledger keeps of the newest digest. */
async function newestDelivery(): Promise<Kept> {
  const [row] = await rawRows(
    "SELECT content, message_ts FROM digest_delivery WHERE workspace_id = $1 AND status = 'confirmed' ORDER BY id DESC LIMIT 1",
    [workspace.id],
  );
  return row as unknown as Kept;
}

interface Pressed extends Shown {
  readonly how: "done" | "snooze" | "reassign" | "not-relevant";
  readonly on: string;
  readonly until?: string;
}

/** Whether something may be shown on a day after what was pressed, said in other words than the rules of the core. */
function mayShow(shown: Shown, day: string, pressed: readonly Pressed[]): boolean {
  const daysSince = (on: string) => (Date.parse(day) - Date.parse(on)) / 86_400_000;
  return pressed.every(({ how, id, kind, accountId, on, until = "" }) => {
    const isSame = id === shown.id;
    const isNeighbour = accountId === shown.accountId;
    if (how === "snooze") return !isSame || day > until;
    if (how === "reassign") return !isSame;
    if (how === "not-relevant")
      return !(isSame || (isNeighbour && kind === shown.kind)) || daysSince(on) >= 180;
    if (isSame) return !["complaint", "renewal"].includes(kind) && daysSince(on) >= 90;
    return !isNeighbour || ["complaint", "renewal", "offer"].includes(shown.kind) || daysSince(on) >= 14;
  });
}

test("digests of a quarter: what was handled stays away, results are told the week after, figures are right", async () => {
  const pressed: Pressed[] = [];
  const told: string[] = [];
  let before: { readonly asOf: string; readonly shown: readonly Shown[]; readonly on: string } | undefined;
  let turnedOn = false;

  for (const [week, tuesday] of weeks.entries()) {
    const files = history.asOf(addDays(tuesday, -1));
    goTo(`${tuesday}T05:00:00Z`);
    await importFiles({ store: workspace.store, workspaceId: workspace.id, files, currency: "EUR", now });
    if (!turnedOn) {
      const confirmation = await type("digest on weekly tue at 08:30");
      expect(JSON.stringify(confirmation.blocks)).toContain(rep.timeZone);
      turnedOn = true;
    }
    const seenBefore = direct().length;
    goTo(new Date(new Date(`${tuesday}T08:30:30Z`).getTime() - zoneOffsetMs(tuesday)).toISOString());
    await digestsDue();
    await digestsDue();
    expect(direct(), `digests of ${tuesday}`).toHaveLength(seenBefore + 1);
    const digest = direct().at(-1) as Message;
    const { content, message_ts } = await newestDelivery();
    expect(message_ts).toBe(digest.ts);
    told.push(`${tuesday}\n  ${content.lines.join("\n  ")}`);

    // Its form.
    expect(digest.text.length).toBeGreaterThan(10);
    expect(content.lines.length + 1, content.lines.join("\n")).toBeLessThanOrEqual(12);

    // Nothing that was handled, and no more than three.
    const shown = content.shown.at(-1)?.actions ?? [];
    expect(shown.length).toBeLessThanOrEqual(3);
    for (const action of shown)
      expect(mayShow(action, tuesday, pressed), `${tuesday}: ${action.kind}`).toBe(true);
    expect(new Set(shown.map(({ accountId }) => accountId)).size).toBe(shown.length);

    // Tiers that moved, against the files.
    if (before) {
      const mine = history.owned.get(rep.name) ?? new Set();
      const [then, today] = [plainTiers(history.sales, before.asOf), plainTiers(history.sales, content.asOf)];
      const moves = [...today].filter(([account, tier]) => mine.has(account) && then.get(account) !== tier);
      const lines = content.lines.filter((line) => / (rose|fell) from | is new in /.test(line));
      for (const line of lines) {
        const [, account = "", from, to] =
          /^(?:• )?(.+?) (?:(?:rose|fell) from ([A-D]) to|is new in) ([A-D])/.exec(line) ?? [];
        expect([then.get(account), today.get(account)], line).toEqual([from, to]);
      }
      expect(lines.length > 0, `${tuesday}: ${moves.length} moved`).toBe(moves.length > 0);
    }

    // What became of the last one's actions.
    if (before) {
      const since = pressed.filter(({ on }) => on >= (before?.on ?? ""));
      const results = content.lines.find((line) => line.startsWith("Since "));
      const done = since.filter(({ how }) => how === "done").length;
      const total = new Set([...since, ...before.shown].map(({ id }) => id)).size;
      if (total > 0)
        expect(results, tuesday).toContain(`${done} of ${total} action${total === 1 ? "" : "s"} done`);
    }

    // One is done, one waits for three weeks, one is refused; every fourth week one is given away.
    const [first, second, third] = shown;
    const press = async (
      action: Shown | undefined,
      label: string,
      entry: Record<string, string>,
      how: Pressed["how"],
    ) => {
      if (!action || action.kind === "offer") return;
      await answer(digest, label, action.id, entry);
      const until = entry["fill-day"];
      pressed.push({ ...action, how, on: tuesday, ...(until !== undefined && { until }) });
    };
    await press(first, "Done", { "fill-hours": "0.5" }, "done");
    if (week % 4 === 1) {
      await press(second, "Reassign", { "fill-person": COLLEAGUE }, "reassign");
      if (second)
        expect(await answersOf(second.id)).toEqual([{ answer: "reassigned", holder: colleague.name }]);
    } else await press(second, "Snooze", { "fill-day": addDays(tuesday, 20) }, "snooze");
    if (week % 2 === 0)
      await press(third, "Not relevant", { "fill-reason": "they build it themselves" }, "not-relevant");
    before = { asOf: content.asOf, shown, on: tuesday };
  }
  if (process.env.PROVE) process.stdout.write(`${told.join("\n")}\n`);
  expect(new Set(pressed.map(({ how }) => how))).toEqual(
    new Set(["done", "snooze", "reassign", "not-relevant"]),
  );
}, 300_000);

/** How far ahead of UTC the clocks of the rep are on a day. */
function zoneOffsetMs(day: string): number {
  const text = new Intl.DateTimeFormat("en-GB", {
    timeZone: rep?.timeZone ?? "UTC",
    timeZoneName: "longOffset",
  }).format(new Date(`${day}T12:00:00Z`));
  const [, sign = "+", hours = "0", minutes = "0"] = /GMT(?:([+-])(\d\d):(\d\d))?/.exec(text) ?? [];
  return (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
}
