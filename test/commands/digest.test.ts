import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Reply } from "../../src/command.ts";
import type { Channel, Person, Request } from "../../src/desk.ts";
import { type Asked, openSmallPortfolio } from "../helpers/small-portfolio.ts";
import { rawRows } from "../helpers/workspace.ts";

// Asked on Saturday, 31 October 2026, 12:00 in UTC; Berlin put its clocks back six days before, New York will tomorrow.

const people: Readonly<Record<string, Person>> = {
  UANN: { name: "Ann Archer", email: "ann@example.com", standing: "member", timeZone: "Europe/Berlin" },
  UBOB: { name: "Bob Baker", email: "bob@example.com", standing: "member", timeZone: "America/New_York" },
  UROOT: { name: "Root", standing: "workspace-admin" },
};
const channels: Readonly<Record<string, Channel>> = {
  C1: { id: "C1", name: "#sales", isMember: true, isExternal: false },
  C2: { id: "C2", name: "#secret", isMember: false, isExternal: false },
  C3: { id: "C3", name: "#with-acme", isMember: true, isExternal: true },
};
type Who = keyof typeof people;

let portfolio: Asked;
beforeAll(async () => {
  portfolio = await openSmallPortfolio();
});
beforeEach(async () => {
  await rawRows("DELETE FROM digest_schedule WHERE workspace_id = $1", [portfolio.id]);
});

function from(who: Who, more: Partial<Request> = {}): Partial<Request> {
  const { name = "", email, standing } = people[who] ?? {};
  return {
    viewer: {
      workspaceId: portfolio.id,
      userId: who,
      name,
      ...(email && { email }),
      ...(standing && { standing }),
    },
    people: async (userId) => people[userId],
    channels: async (channelId) => channels[channelId],
    place: { channelId: "D1", isDirect: true },
    ...more,
  };
}

const say = (who: Who, line: string, more?: Partial<Request>) => portfolio.reply(line, from(who, more));
const refused = async (who: Who, line: string, more?: Partial<Request>) =>
  (await portfolio.mistake(line, from(who, more))).message;

function textOf(lines: Reply["lines"]): readonly string[] {
  return (lines ?? []).map((line) =>
    line.map((span) => (typeof span === "string" ? span : span.text)).join(""),
  );
}
const labels = ({ actions = [] }: Pick<Reply, "actions">) => actions.map(({ label }) => label);

/** When the digests of somebody come next. */
async function nextOf(who: Who): Promise<readonly (readonly string[])[]> {
  const { data } = await say(who, "digest");
  const { schedules } = data as { schedules: { next: { at: string }[] }[] };
  return schedules.map(({ next }) => next.map(({ at }) => at.slice(0, 16)));
}

describe("turning one on", () => {
  test("confirms with the next three runs in the recipient's zone, what comes and how it stops", async () => {
    const reply = await say("UANN", "digest on");
    expect(reply.headline).toBe("From now on a digest comes to you every Tuesday at 08:30");
    expect(textOf(reply.lines)[0]).toBe(
      "Next: Tue 3 Nov 08:30, Tue 10 Nov 08:30, Tue 17 Nov 08:30, Europe/Berlin",
    );
    expect(textOf(reply.lines).join(" ")).toMatch(/at most 12 lines, and nothing at all when nothing is new/);
    expect(textOf(reply.lines).join(" ")).toMatch(/To stop it, press Pause or Remove, or type digest off/);
    expect(labels(reply)).toEqual(["Pause", "Preview", "Send times", "Deliveries", "Remove"]);
    expect(reply.data).toMatchObject({
      ...{
        target: "UANN",
        targetName: "Ann Archer",
        isChannel: false,
        cron: "30 8 * * 2",
        zone: "Europe/Berlin",
      },
      ...{ isNew: true, isChanged: true },
      next: [
        { at: "2026-11-03T07:30:00.000Z" },
        { at: "2026-11-10T07:30:00.000Z" },
        { at: "2026-11-17T07:30:00.000Z" },
      ],
    });
  });

  test("goes by everybody's own zone, and by the workspace's where Slack names none", async () => {
    await say("UBOB", "digest on");
    expect(await nextOf("UBOB")).toEqual([["2026-11-03T13:30", "2026-11-10T13:30", "2026-11-17T13:30"]]);
    await say("UROOT", "digest on");
    expect(await nextOf("UROOT")).toEqual([["2026-11-03T08:30", "2026-11-10T08:30", "2026-11-17T08:30"]]);
  });

  test.each([
    ["weekly mon 07:15", "every Monday at 07:15", "2026-11-02T06:15"],
    ["weekly on Monday and thu at 7:15", "every Monday and Thursday at 07:15", "2026-11-02T06:15"],
    ["fri", "every Friday at 08:30", "2026-11-06T07:30"],
    ["every Wednesday at 4pm", "every Wednesday at 16:00", "2026-11-04T15:00"],
    ["daily", "every working day at 08:30", "2026-11-02T07:30"],
    ["monthly", "on the first working day of the month at 08:30", "2026-11-02T07:30"],
    ["monthly last", "on the last working day of the month at 08:30", "2026-11-30T07:30"],
    ["monthly 31 12:00", "on the last day of the month at 12:00", "2026-11-30T11:00"],
    ["monthly 1 08:30", "on the 1st of the month at 08:30", "2026-11-01T07:30"],
    [
      "monthly 15, 30",
      "on the 15th and 30th of the month, or the last day of a shorter one, at 08:30",
      "2026-11-15T07:30",
    ],
    ["monthly first third tue", "on the first and third Tuesday of the month at 08:30", "2026-11-03T07:30"],
    ["monthly last friday at 14:00", "on the last Friday of the month at 14:00", "2026-11-27T13:00"],
    ['cron "30 8 * * 2"', "every Tuesday at 08:30", "2026-11-03T07:30"],
    ["cron 0 8 13 * 5", 'by cron "0 8 13 * 5"', "2026-11-06T07:00"],
    ["at 9 in Asia/Tokyo", "every Tuesday at 09:00", "2026-11-03T00:00"],
    ["in new york", "every Tuesday at 08:30", "2026-11-03T13:30"],
    ["in asia/kolkata always", "every Tuesday at 08:30", "2026-11-03T03:00"],
    ["team:North at 10:00 silent", "every Tuesday at 10:00", "2026-11-03T09:00"],
    ["industry:Real Estate 10:00", "every Tuesday at 10:00", "2026-11-03T09:00"],
  ])("with %s comes %s", async (words, said, first) => {
    const { headline } = await say("UANN", `digest on ${words}`);
    expect(headline).toBe(`From now on a digest comes to you ${said}`);
    expect((await nextOf("UANN"))[0]?.[0]).toBe(first);
  });

  test("again changes the one of the same filters, and keeps what is not said", async () => {
    await say("UANN", "digest on weekly mon at 07:15 in Asia/Tokyo always");
    await say("UANN", "digest on team:north");
    const moved = await say("UANN", "digest on at 09:00");
    expect(moved.data).toMatchObject({
      cron: "0 9 * * 1",
      zone: "Asia/Tokyo",
      saysNothing: true,
      isNew: false,
    });
    const same = await say("UANN", "digest on");
    expect(same.headline).toBe("Nothing changes: a digest comes to you every Monday at 09:00 already");
    expect((await say("UANN", "digest on TEAM:NORTH silent")).headline).toMatch(/^Nothing changes/);
    expect(await nextOf("UANN")).toHaveLength(2);
  });

  test("for a channel needs the app in it, and goes by the zone of whoever did it", async () => {
    const reply = await say("UANN", "digest on for <#C1|sales> tier:A");
    expect(reply.headline).toBe("From now on a digest comes to #sales every Tuesday at 08:30");
    expect(textOf(reply.lines)).toContain("It shows only what everybody in the channel may see.");
    expect(reply.data).toMatchObject({
      target: "C1",
      isChannel: true,
      ownerId: "UANN",
      zone: "Europe/Berlin",
      filters: "tier:A",
    });
    const here = await say("UBOB", "digest on here", { place: { channelId: "C1", isDirect: false } });
    expect(here.data).toMatchObject({ target: "C1", filters: "", ownerId: "UBOB", isNew: true });
    expect(await refused("UANN", "digest on here", { place: { channelId: "C1", isDirect: false } })).toMatch(
      /^#sales gets this digest already, and somebody else turned it on/,
    );
    expect((await say("UANN", "digest on here")).data).toMatchObject({ target: "UANN", isChannel: false });
    expect(await refused("UANN", "digest on for <#C2|secret>")).toBe(
      "I am not in #secret. Type `/invite @Portfolio` there, then turn its digest on again.",
    );
    expect(await refused("UANN", "digest on for <#C9|gone>")).toMatch(
      /^I cannot see this channel\. Type `\/invite @Portfolio`/,
    );
  });

  test("for a channel that another company reads needs an admin's word", async () => {
    expect(await refused("UANN", "digest on for <#C3|with-acme>")).toBe(
      "People of another company read #with-acme, so it gets no digest unless an admin allows it: `settings digest-slack-connect yes`.",
    );
    await portfolio.reply("settings digest-slack-connect yes");
    expect((await say("UANN", "digest on for <#C3|with-acme>")).data).toMatchObject({
      target: "C3",
      isNew: true,
    });
    await portfolio.reply("settings digest-slack-connect no");
  });

  test("keeps the workspace's holidays, and says which run they move", async () => {
    await portfolio.reply("settings digest-holidays DE");
    const reply = await say("UANN", "digest on monthly 25");
    expect(textOf(reply.lines)[0]).toBe(
      "Next: Wed 25 Nov 08:30, Mon 28 Dec 08:30 (not on Fri 25 Dec, Christmas Day), Mon 25 Jan 2027 08:30, Europe/Berlin",
    );
    expect(reply.notes).toContain("None comes on a public holiday of DE, but on the next working day.");
    expect(reply.data).toMatchObject({
      next: [{}, { insteadOf: { day: "2026-12-25", holiday: "Christmas Day" } }, {}],
    });
    await portfolio.reply("settings digest-holidays none");
  });

  test.each([
    ["on biweekly", /^Every second week is on no fixed days/],
    ["on every 2 weeks", /^Every second week is on no fixed days/],
    ["on hourly", /^I do not understand "hourly" here\. Type `digest on` and any of these/],
    ["on weekly tue at 25:00", /^"25:00" is no time of day/],
    ["on 13pm", /^"13pm" is no time of day/],
    ["on at noon", /^"noon" is no time of day/],
    ["on in Berln", /^I know no time zone "Berln"\. Did you mean `in Europe\/Berlin`\?$/],
    ["on in nowhere", /^I know no time zone "nowhere"\. Name a city/],
    ["on for #sales", /^I do not know which channel "#sales" is\. Pick it/],
    ["on for Bob", /^I do not know which channel "Bob" is/],
    ["on weekly monthly", /^"monthly" says again what was said before it/],
    ['on cron "0,30 8 * * *"', /^Digests come at most once an hour/],
    ['on cron "0 8 30 2 *"', /^That never comes/],
    ['on cron "every day"', /^I cannot read "every day" as cron\. It has five fields/],
    ['on cron "0 8 * * 2" at 09:00', /^The five fields of cron say both/],
    ["on monthly 7 mon", /^Before a weekday, say first, second/],
    ["on team:Nowhere", /^There is no team "Nowhere"\. There is North, South/],
    ["on since 90d", /does not fit here/],
    ["sometimes", /^I do not understand "sometimes" here: `digest \[on/],
    ["off x", /^I do not understand "x" here: `digest off 2`/],
    ["off", /^You have no digest yet/],
    ["resend", /^Say which delivery/],
    ["resend 1 2", /^Say which delivery/],
    ["everybody", /^Only an admin of Portfolio sees everybody's digests/],
    ["team:North", /^I do not understand "team:North" here/],
  ])("digest %s is refused with what would be right", async (words, sentence) => {
    expect(await refused("UANN", `digest ${words}`)).toMatch(sentence);
    expect((await say("UANN", "digest")).headline).toBe("No digest comes to you yet");
  });
});

describe("the list", () => {
  test("shows each with its zone, the next three runs and what the last one did", async () => {
    await say("UANN", "digest on");
    await say("UANN", "digest on monthly at 07:00 for <#C1|sales> team:North always");
    const [first] = await schedules();
    await deliver(first, "confirmed");
    const { headline, entries, actions, data } = await say("UANN", "digest");
    expect(headline).toBe("You have 2 digests");
    expect(entries?.map(({ lines }) => textOf(lines))).toEqual([
      [
        "1. To you, every Tuesday at 08:30, silent when nothing is new",
        "Next: Tue 3 Nov 08:30, Tue 10 Nov 08:30, Tue 17 Nov 08:30, Europe/Berlin",
        "Last: Tue 27 Oct 08:30, arrived",
      ],
      [
        "2. To #sales, on the first working day of the month at 07:00, team:North, also when nothing is new",
        "Next: Mon 2 Nov 07:00, Tue 1 Dec 07:00, Fri 1 Jan 2027 07:00, Europe/Berlin",
      ],
    ]);
    expect(entries?.[1]?.actions).toContainEqual({
      kind: "run",
      label: "Preview",
      line: "digest preview team:North",
    });
    expect(actions).toEqual([]);
    expect(data).toMatchObject({ schedules: [{ last: { status: "confirmed" } }, { last: null }] });
  });

  test("offers to turn one on where there is none, and shows an admin the way to everybody's", async () => {
    expect(labels(await say("UANN", "digest"))).toEqual(["Turn on", "Preview"]);
    expect(labels(await say("UROOT", "digest"))).toEqual(["Turn on", "Preview", "Everybody's"]);
  });

  test("has lines on its buttons that do what they say", async () => {
    await say("UANN", 'digest on for <#C1|sales> industry:"Real Estate"');
    const { entries } = await say("UANN", "digest");
    const actions = entries?.[0]?.actions ?? [];
    const times = actions.find(({ kind }) => kind === "choose");
    const choices = times?.kind === "choose" ? times.choices : [];
    expect(choices.map(({ label }) => label)).toContain("Every working day at 08:30");
    for (const { line } of choices) {
      const { data } = await say("UANN", line);
      expect(data).toMatchObject({ isNew: false, target: "C1", filters: 'industry:"Real Estate"' });
    }
    for (const [label, expected] of [
      ["Pause", /^Paused: the digest to #sales$/],
      ["Deliveries", /^Nothing was sent yet: the digest to #sales$/],
      ["Remove", /^Removed: the digest to #sales$/],
    ] as const) {
      const action = actions.find((one) => one.label === label);
      expect((await say("UANN", action?.kind === "run" ? action.line : "")).headline).toMatch(expected);
    }
  });

  test("at a terminal is what a digest would say, and that they go out in Slack", async () => {
    const reply = await portfolio.reply("digest");
    expect(reply.notes?.join(" ")).toMatch(/This is a preview.*Digests go out in Slack/);
    expect((await portfolio.mistake("digest on")).message).toMatch(/^Digests go out in Slack/);
    expect((await portfolio.reply("digest everybody")).headline).toBe("0 digests in this workspace");
  });
});

describe("the preview", () => {
  test("is the digest of now, also with filters, and says that it is one", async () => {
    const whole = await say("UANN", "digest preview");
    expect(whole.headline.length).toBeGreaterThan(10);
    expect(whole.notes?.at(-1)).toMatch(/This is a preview: a digest that comes now would say this/);
    expect((await say("UANN", "digest preview team:South")).headline).toContain("(team:South)");
    expect(await refused("UANN", "digest preview team:Nowhere")).toMatch(/^There is no team "Nowhere"/);
  });

  test("compares with the last one of these filters that arrived", async () => {
    await say("UANN", "digest on");
    const [id = 0] = await schedules();
    const { viewer } = from("UANN");
    const told =
      viewer && (await portfolio.desk.digest({ viewer, filters: "", last: undefined, lastAt: undefined }));
    const delivery = await deliver(id, "confirmed");
    await rawRows("UPDATE digest_delivery SET content = $2, sent_at = run_at WHERE id = $1", [
      delivery,
      JSON.stringify(told?.ok && told.content),
    ]);
    const again = await say("UANN", "digest preview");
    expect(again.notes?.at(-1)).toMatch(/This is a preview: nothing is new/);
    expect((await say("UANN", "digest preview team:South")).notes?.at(-1)).toMatch(/would say this/);
  });
});

describe("pausing, going on and removing", () => {
  test("are said of the only one, by place, by filters or by id; twice changes nothing", async () => {
    await say("UANN", "digest on");
    expect((await say("UANN", "digest pause")).headline).toBe("Paused: the digest to you");
    expect((await say("UANN", "digest pause")).headline).toBe(
      "Nothing changes: the digest to you is paused already",
    );
    expect(textOf((await say("UANN", "digest")).entries?.[0]?.lines)[1]).toBe(
      "Paused by ann@example.com on 31 Oct 2026, 13:00. Press Resume to go on.",
    );
    await say("UANN", "digest on team:North");
    expect((await say("UANN", "digest")).headline).toBe("You have 2 digests: 1 on, 1 paused");
    const which = await portfolio.mistake("digest resume", from("UANN"));
    expect(which.message).toBe("Say which digest you mean.");
    const [own = 0, north = 0] = await schedules();
    expect(which.suggestions).toEqual([
      { label: "1. To you", line: `digest resume "id:${own}"` },
      { label: "2. To you team:North", line: `digest resume "id:${north}"` },
    ]);
    const on = await say("UANN", "digest resume 1");
    expect(on.headline).toBe("On again: the digest to you comes every Tuesday at 08:30");
    expect(textOf(on.lines)).toEqual([
      "Next: Tue 3 Nov 08:30, Tue 10 Nov 08:30, Tue 17 Nov 08:30, Europe/Berlin",
    ]);
    expect((await say("UANN", "digest resume 1")).headline).toBe("Nothing changes: the digest to you is on");
    expect((await say("UANN", "digest off team:north")).data).toEqual({ id: north, isChanged: true });
    expect(await refused("UANN", `digest off "id:${north}"`)).toBe("That digest is not there, or not yours.");
    expect((await say("UANN", "digest off 1")).headline).toBe("Removed: the digest to you");
    expect(await schedules()).toEqual([]);
  });

  test("a channel's goes on once the app is in it, with the fix until then", async () => {
    await say("UANN", "digest on for <#C1|sales>");
    await rawRows(
      "UPDATE digest_schedule SET status = 'paused', next_at = NULL, paused_reason = $2 WHERE workspace_id = $1",
      [
        portfolio.id,
        JSON.stringify({ code: "slack", error: "not_in_channel", at: "2026-10-27T07:30:00.000Z" }),
      ],
    );
    expect(textOf((await say("UANN", "digest")).entries?.[0]?.lines)[1]).toMatch(
      /\/invite @Portfolio in #sales/,
    );
    const outside = {
      channels: async () => ({ id: "C1", name: "#sales", isMember: false, isExternal: false }),
    };
    expect(await refused("UANN", "digest resume", outside)).toMatch(/^I am not in #sales/);
    expect((await say("UANN", "digest resume")).headline).toMatch(/^On again/);
  });

  test("are nobody else's, but an admin's", async () => {
    await say("UANN", "digest on");
    const [id] = await schedules();
    expect(await refused("UBOB", `digest off "id:${id}"`)).toBe("That digest is not there, or not yours.");
    const everybody = await say("UROOT", "digest everybody");
    expect(everybody.headline).toBe("1 digest in this workspace");
    expect(everybody.table?.rows.map((row) => row.map(({ text }) => text))).toEqual([
      ["Ann Archer", "every Tuesday at 08:30", "none", "Tue 3 Nov 08:30, Europe/Berlin", "none yet"],
    ]);
    expect((await say("UROOT", `digest pause "id:${id}"`)).headline).toBe("Paused: the digest to Ann Archer");
    expect((await say("UROOT", "digest everybody")).headline).toBe("1 digest in this workspace, 1 paused");
    expect((await say("UROOT", `digest off "id:${id}"`)).headline).toBe("Removed: the digest to Ann Archer");
  });
});

describe("deliveries", () => {
  test("say how each ended and what to do, with a button only where sending again makes sense", async () => {
    await say("UANN", "digest on");
    const [id = 0] = await schedules();
    await deliver(id, "silent", "2026-10-06T06:30:00Z");
    await deliver(id, "confirmed", "2026-10-13T06:30:00Z");
    await deliver(id, "unconfirmed", "2026-10-20T06:30:00Z");
    const failed = await deliver(id, "failed", "2026-10-27T07:30:00Z");
    const reply = await say("UANN", "digest status");
    expect(reply.headline).toBe(
      "The digest to you, Tue 27 Oct 08:30: did not arrive: Slack says not_in_channel",
    );
    expect(
      reply.entries?.map(({ lines, actions = [] }) => [textOf(lines)[0], labels({ actions }).join()]),
    ).toEqual([
      ["Tue 27 Oct 08:30: did not arrive: Slack says not_in_channel", "Resend"],
      ["Tue 20 Oct 08:30: may have arrived: Slack did not say", "Resend"],
      ["Tue 13 Oct 08:30: arrived", ""],
      ["Tue 6 Oct 08:30: nothing was new, so nothing was sent", ""],
    ]);
    expect(reply.entries?.[0]?.actions).toEqual([
      { kind: "run", label: "Resend", line: `digest resend ${failed}` },
    ]);
    const again = await say("UANN", `digest resend ${failed}`);
    expect(again.headline).toBe("It is being sent again");
    expect((await say("UANN", `digest resend ${failed}`)).headline).toBe(
      "Nothing changes: it is on its way already",
    );
    const after = await say("UANN", `digest status "id:${id}"`);
    expect(after.headline).toBe("The digest to you, Tue 27 Oct 08:30: about to be sent");
    expect(after.entries?.map(({ actions = [] }) => actions.length)).toEqual([0, 0, 1, 0, 0]);
    expect(await refused("UBOB", `digest resend ${failed}`)).toBe(
      "This digest is not there any more, or it is not yours.",
    );
  });
});

/** The ids of the workspace's schedules. */
async function schedules(): Promise<readonly number[]> {
  const rows = await rawRows("SELECT id FROM digest_schedule WHERE workspace_id = $1 ORDER BY id", [
    portfolio.id,
  ]);
  return rows.map(({ id }) => Number(id));
}

/** A delivery as the workers would have left it. */
async function deliver(
  scheduleId = 0,
  status = "confirmed",
  runAt = "2026-10-27T07:30:00Z",
): Promise<number> {
  const [row] = await rawRows(
    `INSERT INTO digest_delivery (workspace_id, schedule_id, run_at, target, status, not_before, settled_at, fault)
     VALUES ($1, $2, $3, 'UANN', $4::delivery_status, $3, $3, '"not_in_channel"') RETURNING id`,
    [portfolio.id, scheduleId, runAt, status],
  );
  return Number(row?.id);
}
