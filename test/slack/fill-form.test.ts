import fc from "fast-check";
import { afterEach, describe, expect, test } from "vitest";
import { readAnswer } from "../../src/actions/step-words.ts";
import type { Action, FillForm } from "../../src/command.ts";
import { addDays, dayIn } from "../../src/core/calendar.ts";
import { interactionKinds } from "../../src/core/interactions.ts";
import type { Answer, Request } from "../../src/desk.ts";
import { readLog } from "../../src/interactions/log-words.ts";
import { slackSignature } from "../../src/playground/signature.ts";
import { validateView } from "../../src/playground/validate-blocks.ts";
import { parseQuery } from "../../src/query.ts";
import { fillForm, fillForms, fillLine } from "../../src/slack/fill-form.ts";
import { readable } from "../../src/slack/readable-text.ts";
import { renderTerminal } from "../../src/terminal.ts";
import { nastyText } from "./nasty-text.ts";
import { ANN, type Bench, BOB, CHANNEL, overSocket, SIGNING_SECRET, startBench } from "./slack-bench.ts";

const TODAY = "2027-01-08";
const LINE = 'offer "New offer" Acme';

/** What Slack sends of a form with these entries. */
const state = (entries: Readonly<Record<string, object>>) =>
  Object.fromEntries(
    Object.entries(entries).map(([field, entry]) => [`fill-${field}`, { [`fill-${field}`]: entry }]),
  );
const outcome = (value: string, more: Readonly<Record<string, string | null>> = {}) =>
  state({
    outcome: { selected_option: { value, text: { text: value } } },
    ...Object.fromEntries(Object.entries(more).map(([field, value]) => [field, { value }])),
  });
const day = (selected_date: string | null) => state({ day: { selected_date } });
const work = (more: Readonly<Record<string, string>>) =>
  state(Object.fromEntries(Object.entries(more).map(([field, value]) => [field, { value }])));
const interaction = (value: string) => state({ kind: { selected_option: { value, text: { text: value } } } });
const reason = (value: string | null) => state({ reason: { value } });

describe("what is entered", () => {
  test.each([
    [{ amount: "5000", hours: "1.5", reason: "price" }, "won amount 5000 hours 1.5 because price"],
    [{ amount: null, hours: null, reason: null }, "won"],
    [{ amount: "0.5", hours: "0" }, "won amount 0.5 hours 0"],
    [{ reason: "they asked twice" }, 'won because "they asked twice"'],
  ])("is typed on: %j", (entries, typedOn) => {
    expect(fillLine("outcome", LINE, outcome("won", entries))).toEqual({
      ok: true,
      line: `${LINE} ${typedOn}`,
    });
  });

  test("names other outcomes, a reason and a person as they are typed", () => {
    expect(fillLine("outcome", LINE, outcome("lost"))).toEqual({ ok: true, line: `${LINE} lost` });
    expect(fillLine("outcome", LINE, outcome("no-reply", { hours: "2" }))).toEqual({
      ok: true,
      line: `${LINE} no-reply hours 2`,
    });
    expect(fillLine("reason", LINE, reason("expensive"))).toEqual({
      ok: true,
      line: `${LINE} because expensive`,
    });
    expect(fillLine("person", LINE, state({ person: { selected_user: "U0BOB" } }))).toEqual({
      ok: true,
      line: `${LINE} to <@U0BOB>`,
    });
  });

  test.each<[FillForm, ReturnType<typeof state>, string]>([
    ["day", day("2027-01-15"), "until 2027-01-15"],
    ["work", state({}), ""],
    ["work", work({ hours: "1.5", reason: "they renew" }), 'hours 1.5 because "they renew"'],
    ["interaction", interaction("call"), "call"],
    [
      "interaction",
      { ...interaction("call"), ...day("2027-01-15"), ...work({ hours: "0.5", reason: "spoke to Eva" }) },
      'call on 2027-01-15 hours 0.5 because "spoke to Eva"',
    ],
    ["interaction", { ...interaction("survey"), ...state({ score: { value: "9" } }) }, "survey score 9"],
  ])("in %s is typed on as %s", (form, values, typedOn) => {
    expect(fillLine(form, LINE, values)).toEqual({ ok: true, line: `${LINE} ${typedOn}`.trim() });
  });

  test.each<[FillForm, ReturnType<typeof state>, object]>([
    [
      "outcome",
      outcome("lost", { amount: "5" }),
      { "fill-amount": expect.stringContaining("Only what was won") },
    ],
    [
      "outcome",
      outcome("no-reply", { amount: "5" }),
      { "fill-amount": expect.stringContaining("Leave it empty") },
    ],
    ["outcome", outcome("won", { amount: "-5" }), { "fill-amount": expect.stringContaining("from 0 on") }],
    ["outcome", outcome("won", { hours: "-1" }), { "fill-hours": expect.stringContaining("from 0 to 1000") }],
    ["outcome", outcome("won", { hours: "1001" }), { "fill-hours": expect.stringContaining("such as 1.5") }],
    ["outcome", outcome("drawn"), { "fill-outcome": "Choose how it ended." }],
    [
      "outcome",
      outcome("won", { reason: "x".repeat(301) }),
      { "fill-reason": expect.stringContaining("300") },
    ],
    ["reason", reason(" \n "), { "fill-reason": "Write a reason." }],
    ["reason", reason(null), { "fill-reason": "Write a reason." }],
    ["person", state({ person: { selected_user: null } }), { "fill-person": "Choose a person." }],
    ["day", day(null), { "fill-day": "Choose a day." }],
    ["day", day("2027-02-30"), { "fill-day": "Choose a day of the calendar." }],
    ["work", work({ hours: "x" }), { "fill-hours": expect.stringContaining("such as 1.5") }],
    ["work", work({ reason: "x".repeat(301) }), { "fill-reason": expect.stringContaining("300") }],
    ["interaction", state({}), { "fill-kind": "Choose what it was." }],
    ["interaction", interaction("dance"), { "fill-kind": "Choose what it was." }],
    [
      "interaction",
      { ...interaction("call"), ...state({ score: { value: "9" } }) },
      { "fill-score": "Only a survey has a score. Leave it empty." },
    ],
    [
      "interaction",
      { ...interaction("survey"), ...state({ score: { value: "11" }, hours: { value: "-1" } }) },
      { "fill-score": expect.stringContaining("0 to 10"), "fill-hours": expect.stringContaining("0 to 24") },
    ],
  ])("in %s that cannot be is told on its field", (form, values, errors) => {
    expect(fillLine(form, LINE, values)).toEqual({ ok: false, errors });
  });
});

describe("a reason", () => {
  const parsed = (typed: string) => {
    const filled = fillLine("reason", LINE, reason(typed));
    if (!filled.ok) throw new Error(JSON.stringify(filled));
    return parseQuery(filled.line, []);
  };

  test.each([
    'he said "no", twice',
    'a 5" pipe',
    "“too dear”, said ‘Ann’",
    "wait until page:3 snapshot:7",
    "quiet 90 days since 2 weeks",
    "mine up down by profit industry:retail",
    "because <!channel> & <@U0BOB> say so",
    "won amount 9",
  ])("is one word sequence, as it was typed: %s", (typed) => {
    expect(parsed(typed)).toEqual({
      words: ["offer", "New offer", "Acme", "because", typed],
      filters: {},
      page: 1,
    });
  });

  test("has blanks for line breaks and control characters", () => {
    expect(parsed("too\n\ndear\u0000\tfor\u0085them").words.at(-1)).toBe("too dear for them");
  });

  test("comes back from the parser whatever is in it", () => {
    fc.assert(
      fc.property(nastyText, (typed) => {
        const clean = readable(typed);
        fc.pre(clean !== "" && clean.length <= 300);
        expect(parsed(typed).words.slice(3)).toEqual(["because", clean]);
      }),
      { seed: 7 },
    );
  });
});

describe("the command understands what a form adds", () => {
  const ID = "0f8fad5b-d9cb-469f-a165-70867728950e";
  const typed = nastyText.filter((text) => text.length <= 300);
  const hours = fc.option(
    fc.integer({ min: 0, max: 96 }).map((quarters) => String(quarters / 4)),
    { nil: "" },
  );
  const future = fc.date({ min: new Date("2027-01-09"), max: new Date("2027-12-31"), noInvalidDate: true });
  const past = fc.date({ min: new Date("1970-01-01"), max: new Date("2027-01-08"), noInvalidDate: true });
  const dayText = (date: Date) => date.toISOString().slice(0, 10);
  const minutes = (text: string) => (text === "" ? {} : { minutes: Number(text) * 60 });
  /** The words of the filled-in line behind its first ones. */
  const wordsOf = (form: FillForm, line: string, values: ReturnType<typeof state>) => {
    const filled = fillLine(form, line, values);
    if (!filled.ok) throw new Error(JSON.stringify(filled.errors));
    return parseQuery(filled.line, []).words.slice(line.split(" ").length - 1);
  };

  test("of an action that was done", () => {
    fc.assert(
      fc.property(hours, typed, (spent, note) => {
        const words = wordsOf("work", `actions done id:${ID}`, work({ hours: spent, reason: note }));
        const said = readable(note);
        expect(readAnswer("done", words, TODAY)).toMatchObject({
          target: { id: ID },
          step: { kind: "done", ...minutes(spent), ...(said !== "" && { note: said }) },
        });
      }),
      { seed: 10 },
    );
  });

  test("of one that is put off, given to somebody, or not relevant", () => {
    fc.assert(
      fc.property(future, typed, (until, why) => {
        const chosen = day(dayText(until));
        const snoozed = readAnswer("snooze", wordsOf("day", `actions snooze id:${ID}`, chosen), TODAY);
        expect(snoozed).toMatchObject({
          target: { id: ID },
          step: { kind: "snooze", until: dayText(until) },
        });
        fc.pre(readable(why) !== "");
        const line = `actions not-relevant id:${ID}`;
        expect(readAnswer("not-relevant", wordsOf("reason", line, reason(why)), TODAY)).toMatchObject({
          target: { id: ID },
          step: { kind: "not-relevant", reason: readable(why) },
        });
      }),
      { seed: 11 },
    );
    const person = state({ person: { selected_user: BOB } });
    expect(
      readAnswer("reassign", wordsOf("person", `actions reassign id:${ID}`, person), TODAY),
    ).toMatchObject({
      step: { kind: "reassign", to: `<@${BOB}>` },
    });
  });

  test("of what happened with an account", () => {
    const kind = fc.constantFrom(...interactionKinds);
    const score = fc.integer({ min: 0, max: 10 });
    fc.assert(
      fc.property(kind, fc.option(past), hours, score, typed, (what, on, spent, points, note) => {
        const values = {
          ...interaction(what),
          ...day(on === null ? null : dayText(on)),
          ...work({ hours: spent, reason: note }),
          ...state({ score: { value: what === "survey" ? String(points) : null } }),
        };
        const words = wordsOf("interaction", "log Acme", values);
        expect(readLog(words, TODAY).readings[0]).toEqual({
          kind: "note",
          account: "Acme",
          draft: {
            kind: what,
            onDay: on === null ? TODAY : dayText(on),
            ...minutes(spent),
            ...(what === "survey" && { score: points }),
            note: readable(note),
          },
        });
      }),
      { seed: 12 },
    );
  });
});

describe("the form", () => {
  test.each(fillForms)("%s is one that Slack takes, whatever its line and button say", (form) => {
    fc.assert(
      fc.property(nastyText, nastyText, (line, label) => {
        fc.pre(JSON.stringify({ line }).length < 2900);
        expect(validateView(fillForm(form, { line }, label, TODAY))).toEqual([]);
      }),
      { seed: 8 },
    );
  });

  test("for a line too long to remember is refused with a sentence", () => {
    expect(() => fillForm("reason", { line: "x".repeat(3000) }, undefined, TODAY)).toThrow(
      "too long for the form",
    );
  });

  test("is a line to type where there are no forms", () => {
    const actions: readonly Action[] = fillForms.map((form) => ({
      kind: "fill",
      form,
      label: form,
      line: LINE,
    }));
    expect(renderTerminal({ headline: "Work", actions, data: {} })).toContain(
      [
        `  outcome: ${LINE} won|lost|no-reply [amount 5000] [hours 1.5] [because …]`,
        `  reason: ${LINE} because …`,
        `  person: ${LINE} to @name`,
        `  day: ${LINE} until 2027-01-15`,
        `  work: ${LINE} [hours 1.5] [because …]`,
        `  interaction: ${LINE} call|meeting|visit|… [on 2027-01-15] [hours 0.5] [score 9] [because …]`,
      ].join("\n"),
    );
  });
});

describe("a button that opens one", () => {
  let bench: Bench;
  afterEach(() => bench.stop());

  const answer = ({ line }: Request): Answer => ({
    ok: true,
    command: "offer",
    query: {},
    line,
    reply: {
      headline: `Answer to ${line}`,
      actions: [
        { kind: "fill", form: "outcome", label: "Outcome of Acme", line: LINE, style: "primary" },
        { kind: "fill", form: "reason", label: "Skip Acme", line: `${LINE} skip` },
        { kind: "fill", form: "person", label: "Assign Acme", line: `${LINE} assign` },
        { kind: "fill", form: "day", label: "Snooze Acme", line: `${LINE} snooze` },
        { kind: "fill", form: "interaction", label: "Log for Acme", line: "log Acme" },
      ],
      entries: [
        {
          lines: [["1. ", { text: "Call Acme", style: "bold" }, " · €5,000"], ["its renewal is due"]],
          actions: [{ kind: "fill", form: "work", label: "Done", line: "actions done Acme" }],
        },
      ],
      data: {},
    },
  });
  const messages = () => bench.messages({ channelId: CHANNEL, viewerId: ANN });

  async function open(actionId: string) {
    bench = await startBench({ answer });
    await bench.slash({ userId: ANN, channelId: CHANNEL, text: "offer" });
    const [message] = await bench.waitFor(() => messages().length === 1 && messages());
    await bench.press({ userId: ANN, messageTs: message?.ts ?? "", actionId });
    return bench.waitFor(() => bench.frontModal(ANN));
  }
  const submit = (viewId: string, values: Readonly<Record<string, string | null>>) =>
    bench.submitView({ userId: ANN, viewId, values });
  const lineAsked = (line: string) =>
    bench.waitFor(() => bench.asked.some((request) => request.line === line));

  test("says what it is about, tells faults on their fields, and answers in place of the message", async () => {
    const view = await open("fill-outcome:0");
    expect(JSON.stringify(view.blocks)).toContain("Outcome of Acme");
    const entries = { "fill-outcome": "lost", "fill-amount": "5000", "fill-hours": "-1" };
    expect(await submit(view.id, entries)).toMatchObject({
      kind: "errors",
      errors: { "fill-amount": expect.any(String), "fill-hours": expect.any(String) },
    });
    expect(
      await submit(view.id, { "fill-outcome": "won", "fill-hours": "1.5", "fill-reason": 'a\n5" pipe' }),
    ).toEqual({ kind: "closed" });
    const line = `${LINE} won amount 5000 hours 1.5 because "a 5"" pipe"`;
    await lineAsked(line);
    await bench.waitFor(() => messages()[0]?.text === `Answer to ${line}`);
    expect(messages()).toHaveLength(1);
    expect(bench.asked).toHaveLength(2);
    expect(bench.violations).toEqual([]);
  });

  test("asks for a reason or a person", async () => {
    const view = await open("fill-reason:1");
    await submit(view.id, { "fill-reason": "no budget" });
    await lineAsked(`${LINE} skip because "no budget"`);
    await bench.stop();
    const chooser = await open("fill-person:2");
    await submit(chooser.id, { "fill-person": BOB });
    await lineAsked(`${LINE} assign to <@U0BOB>`);
    expect(bench.violations).toEqual([]);
  });

  test("asks for a day, a week from now unless another one is chosen", async () => {
    const view = await open("fill-day:3");
    const inAWeek = addDays(dayIn(new Date(), "UTC"), 7);
    await submit(view.id, {});
    await lineAsked(`${LINE} snooze until ${inAWeek}`);
    await bench.stop();
    const chooser = await open("fill-day:3");
    await submit(chooser.id, { "fill-day": "2031-01-15" });
    await lineAsked(`${LINE} snooze until 2031-01-15`);
    expect(bench.violations).toEqual([]);
  });

  test("of an entry says which it is about", async () => {
    const view = await open("fill-work:e0-0");
    expect(JSON.stringify(view.blocks)).toContain("Done: Call Acme · €5,000");
    await submit(view.id, { "fill-hours": "2" });
    await lineAsked("actions done Acme hours 2");
    expect(bench.violations).toEqual([]);
  });

  test("asks what happened", async () => {
    const view = await open("fill-interaction:4");
    const entries = { "fill-kind": "call", "fill-score": "9" };
    expect(await submit(view.id, entries)).toMatchObject({ kind: "errors" });
    await submit(view.id, { "fill-kind": "survey", "fill-day": "2026-11-15", "fill-reason": "likes us" });
    await lineAsked('log Acme survey on 2026-11-15 score 9 because "likes us"');
    expect(bench.violations).toEqual([]);
  });

  test.skipIf(overSocket)("acts once, however often the form is submitted", async () => {
    const view = await open("fill-reason:1");
    const submission = (triggerId: string) => {
      const payload = {
        type: "view_submission",
        team: { id: "T0BENCH" },
        user: { id: ANN, team_id: "T0BENCH" },
        trigger_id: triggerId,
        view: {
          id: view.id,
          type: "modal",
          callback_id: "fill-reason",
          private_metadata: view.private_metadata,
          state: { values: reason("no budget") },
        },
      };
      return new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
    };
    const send = (body: string) => {
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
    };
    // Sent again by Slack, and pressed again by somebody impatient.
    for (const triggerId of ["1.2.a", "1.2.a", "1.2.b"])
      expect((await send(submission(triggerId))).status).toBe(200);
    await lineAsked(`${LINE} skip because "no budget"`);
    await new Promise((resolve) => setTimeout(resolve, 250));
    expect(bench.asked).toHaveLength(2);
  });
});
