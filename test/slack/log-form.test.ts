import fc from "fast-check";
import { afterEach, describe, expect, test } from "vitest";
import { dayIn } from "../../src/core/calendar.ts";
import { interactionKinds } from "../../src/core/interactions.ts";
import { slackSignature } from "../../src/playground/signature.ts";
import { parseQuery } from "../../src/query.ts";
import { LOG_SHORTCUT, logLine } from "../../src/slack/log-form.ts";
import { saidIn } from "../../src/slack/message-text.ts";
import { readable } from "../../src/slack/readable-text.ts";
import { nastyText } from "./nasty-text.ts";
import {
  ANN,
  type Bench,
  type BenchOptions,
  BOB,
  CHANNEL,
  overSocket,
  SIGNING_SECRET,
  startBench,
  TEAM,
} from "./slack-bench.ts";

const ACME = "0f8fad5b-d9cb-469f-a165-70867728950e";
const LINE = `log "id:${ACME}"`;

/** What Slack sends of the form. */
const state = (entries: Readonly<Record<string, object>>) =>
  Object.fromEntries(
    Object.entries(entries).map(([field, entry]) => [`fill-${field}`, { [`fill-${field}`]: entry }]),
  );
const chosen = (value: string) => ({ selected_option: { value, text: { text: value } } });

describe("what a message says", () => {
  const people = async (id: string) => (id === BOB ? { name: "Bob Baker" } : undefined);

  test.each([
    ["Acme &amp; Sons called", "Acme & Sons called"],
    [`<@${BOB}> promised it, <@U0GONE> too`, "@Bob Baker promised it, @somebody too"],
    [
      "see <https://acme.com/x?a=1&amp;b=2|the order> or <https://acme.com>",
      "see the order or https://acme.com",
    ],
    ["ask <mailto:eva@acme.com|eva@acme.com> in <#C123|sales>", "ask eva@acme.com in #sales"],
    ["<!here> and <!subteam^S1|@sales>", "@here and @sales"],
    ["a &lt;tag&gt;", "a <tag>"],
  ])("%j reads %j", async (text, read) => {
    expect(await saidIn(text, people)).toBe(read);
  });
});

describe("a filled-in form", () => {
  test("is the line that would be typed", () => {
    expect(logLine("log", state({ account: chosen(`id:${ACME}`), kind: chosen("call") }))).toEqual({
      ok: true,
      line: `${LINE} call`,
    });
  });

  test("without account and kind says so beside each", () => {
    expect(logLine("log", state({ account: chosen("id:everything") }))).toEqual({
      ok: false,
      errors: { "fill-account": "Choose an account.", "fill-kind": "Choose what it was." },
    });
  });

  test("comes back from the parser whatever is noted", () => {
    const kind = fc.constantFrom(...interactionKinds.filter((each) => each !== "survey"));
    fc.assert(
      fc.property(nastyText, kind, fc.integer({ min: 0, max: 24 }), (note, what, hours) => {
        const clean = readable(note);
        fc.pre(clean !== "" && clean.length <= 500);
        const filled = logLine(
          "log",
          state({
            account: chosen(`id:${ACME}`),
            kind: chosen(what),
            day: { selected_date: "2026-11-15" },
            hours: { value: String(hours) },
            reason: { value: note },
          }),
        );
        expect(parseQuery(filled.ok ? filled.line : "", []).words).toEqual([
          ...["log", `id:${ACME}`, what, "on", "2026-11-15", "hours", String(hours), "because", clean],
        ]);
      }),
      { seed: 9 },
    );
  });
});

describe("the shortcut in a message's menu", () => {
  let bench: Bench;
  afterEach(() => bench.stop());

  const accounts: NonNullable<BenchOptions["accounts"]> = async (_viewer, typed) =>
    [{ id: ACME, name: "Acme & Sons" }].filter(({ name }) =>
      name.toLowerCase().includes(typed.toLowerCase()),
    );

  async function open(text = "Acme called & wants more", options: BenchOptions = {}) {
    bench = await startBench({ accounts, ...options });
    const { ts } = bench.say({ userId: BOB, channelId: CHANNEL, text });
    await bench.takeShortcut({ userId: ANN, messageTs: ts, callbackId: LOG_SHORTCUT });
    return ts;
  }
  const form = () => bench.waitFor(() => bench.frontModal(ANN));
  const block = (view: Awaited<ReturnType<typeof form>>, id: string) =>
    view.blocks.find(({ block_id }) => block_id === id)?.element;

  test("opens a form that knows the message's words and day", async () => {
    const ts = await open("Acme called\nand wants 5 & more");
    const view = await form();
    expect(block(view, "fill-reason")).toMatchObject({ initial_value: "Acme called and wants 5 & more" });
    expect(block(view, "fill-day")).toMatchObject({
      initial_date: dayIn(new Date(Number(ts) * 1000), "UTC"),
    });
    expect(bench.violations).toEqual([]);
  });

  test("shortens what is too long for a note", async () => {
    await open("very long ".repeat(200));
    const { initial_value } = block(await form(), "fill-reason") as { initial_value: string };
    expect(initial_value).toMatch(/^very long .*…$/);
    expect(initial_value.length).toBeLessThanOrEqual(500);
    expect(bench.violations).toEqual([]);
  });

  test("logs for the chosen account as whoever pressed, who alone reads the answer", async () => {
    const ts = await open();
    const view = await form();
    expect(await bench.submitView({ userId: ANN, viewId: view.id })).toMatchObject({ kind: "errors" });
    const options = await bench.suggest({
      ...{ userId: ANN, viewId: view.id, actionId: "fill-account", value: "acme" },
    });
    expect(options).toMatchObject([{ text: { text: "Acme & Sons" }, value: `id:${ACME}` }]);
    const values = { "fill-account": `id:${ACME}`, "fill-kind": "call", "fill-hours": "0.5" };
    expect(await bench.submitView({ userId: ANN, viewId: view.id, values })).toEqual({ kind: "closed" });
    const day = dayIn(new Date(Number(ts) * 1000), "UTC");
    const line = `${LINE} call on ${day} hours 0.5 because "Acme called & wants more"`;
    await bench.waitFor(() => bench.seen(ANN).some((text) => text.includes("Answer to log")));
    expect(bench.asked).toMatchObject([
      {
        line,
        viewer: { email: "ann@example.com" },
        place: { channelId: CHANNEL, isDirect: false },
      },
    ]);
    expect(bench.seen(BOB)).toHaveLength(1);
    // The message itself stays as it was.
    expect(bench.messages({ channelId: CHANNEL, viewerId: BOB })[0]).toMatchObject({ ts, version: 0 });
    expect(bench.violations).toEqual([]);
  });

  test("answers in direct messages where it cannot answer in the channel", async () => {
    await open("Acme called", { appIsMember: false });
    const view = await form();
    bench.later(31 * 60 * 1000);
    await bench.suggest({ userId: ANN, viewId: view.id, actionId: "fill-account", value: "" });
    const values = { "fill-account": `id:${ACME}`, "fill-kind": "note" };
    await bench.submitView({ userId: ANN, viewId: view.id, values });
    const direct = { channelId: bench.directMessages(ANN), viewerId: ANN };
    const [answer] = await bench.waitFor(() => bench.messages(direct).length > 0 && bench.messages(direct));
    expect(answer?.text).toContain("Answer to log");
    expect(bench.seen(ANN)).toHaveLength(1);
  });

  test("says what to do when the form did not open", async () => {
    bench = await startBench();
    bench.faults.next({ method: "views.open", error: "expired_trigger_id" });
    const { ts } = bench.say({ userId: BOB, channelId: CHANNEL, text: "Acme called" });
    await bench.takeShortcut({ userId: ANN, messageTs: ts, callbackId: LOG_SHORTCUT });
    await bench.waitFor(() => bench.seen(ANN).some((text) => text.includes("waited too long")));
  });

  test.skipIf(overSocket)("logs once, however often the form is submitted", async () => {
    await open();
    const view = await form();
    const submission = (triggerId: string) => {
      const values = state({ account: chosen(`id:${ACME}`), kind: chosen("call") });
      const payload = {
        type: "view_submission",
        team: { id: TEAM },
        user: { id: ANN, team_id: TEAM },
        trigger_id: triggerId,
        view: { ...view, state: { values } },
      };
      return new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
    };
    for (const triggerId of ["1.2.a", "1.2.a", "1.2.b"])
      expect((await send(submission(triggerId))).status).toBe(200);
    await bench.waitFor(() => bench.asked.length > 0);
    await new Promise((resolve) => setTimeout(resolve, 250));
    expect(bench.asked.map(({ line }) => line)).toEqual([`${LINE} call`]);
  });

  test.skipIf(overSocket)(
    "is refused to people of other workspaces, and sent twice it opens one form",
    async () => {
      bench = await startBench({ accounts });
      const { ts } = bench.say({ userId: BOB, channelId: CHANNEL, text: "Acme called" });
      const shortcut = (teamId: string) => {
        const payload = {
          type: "message_action",
          callback_id: LOG_SHORTCUT,
          trigger_id: "1.2.c",
          team: { id: TEAM },
          user: { id: ANN, team_id: teamId },
          channel: { id: CHANNEL, name: "sales" },
          message: { ts, text: "Acme called" },
        };
        return send(new URLSearchParams({ payload: JSON.stringify(payload) }).toString());
      };
      await shortcut("T0ELSEWHERE");
      await shortcut("T0ELSEWHERE");
      await bench.waitFor(() =>
        bench.seen(ANN).some((text) => text.includes("belongs to another workspace")),
      );
      await new Promise((resolve) => setTimeout(resolve, 250));
      expect(bench.seen(ANN).filter((text) => text.includes("belongs to another workspace"))).toHaveLength(1);
      expect(bench.views).toEqual([]);
    },
  );

  function send(body: string) {
    const timestamp = String(Math.floor(Date.now() / 1000));
    return fetch(bench.appUrl, {
      method: "POST",
      body,
      headers: {
        "Content-Type": "application/x-www-form-urlencoded",
        "X-Slack-Request-Timestamp": timestamp,
        "X-Slack-Signature": slackSignature(SIGNING_SECRET, timestamp, body),
      },
    });
  }
});
