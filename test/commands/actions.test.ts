import { beforeAll, describe, expect, test } from "vitest";
import type { Action, Reply } from "../../src/command.ts";
import { createDesk } from "../../src/create-desk.ts";
import type { Request } from "../../src/desk.ts";
import { exportCsv } from "../../src/exports/export-csv.ts";
import { loadCommands } from "../../src/load-commands.ts";
import { idOf, openActionPortfolio as open } from "../helpers/action-portfolio.ts";
import type { OfferPortfolio, Who } from "../helpers/offer-portfolio.ts";
import { openAsked } from "../helpers/small-portfolio.ts";

const commands = await loadCommands(new URL("../../commands/", import.meta.url));

/** A list's data, as far as it is asserted here. */
interface Listed {
  readonly total: { readonly actions: number; readonly dueThisWeek: number };
  readonly rows: readonly {
    readonly id: string;
    readonly what: string;
    readonly kind: string;
    readonly account: string;
    readonly value: { readonly amount: number };
    readonly dueOn: string;
    readonly holder: string | null;
    readonly reasons: readonly string[];
  }[];
}
const listed = ({ data }: Reply) => data as Listed;
const whats = (reply: Reply) => listed(reply).rows.map(({ what }) => what);
const text = ({ lines }: { readonly lines?: Reply["lines"] }) =>
  (lines ?? []).map((line) => line.map((span) => (typeof span === "string" ? span : span.text)).join(""));
const entries = (reply: Reply) => (reply.entries ?? []).map((entry) => text(entry));
const lineOf = (actions: readonly Action[] | undefined, label: string) => {
  const found = actions?.find((action) => action.label === label);
  if (!found || found.kind === "choose") throw new Error(`no button ${label}`);
  return found.line;
};
const people = async (userId: string) =>
  ({ U1: { name: "Bob", email: "bob@example.com", standing: "member" as const } })[userId];

describe("what is open", () => {
  let portfolio: OfferPortfolio;
  beforeAll(async () => {
    portfolio = await open();
  });

  test("is a rep's own, the best first, each with why and with what can be done", async () => {
    const reply = await portfolio.say("ann", "actions");
    expect(reply.headline).toBe("3 actions for you, €2,400 margin, 3 due this week");
    expect(entries(reply)).toEqual(
      ["Apple", "Anise", "Apricot"].map((name, index) => [
        `${index + 1}. Offer Pump to ${name} · €800 · due today · 1 h`,
        "3 of 9 customers bought Pump",
      ]),
    );
    const [apple] = listed(reply).rows;
    expect(apple).toMatchObject({ kind: "cross-sell", value: { amount: 80_000 }, dueOn: "2026-10-31" });
    expect(reply.entries?.[0]?.actions).toEqual([
      { kind: "fill", form: "work", label: "Done", line: `actions done id:${apple?.id}`, style: "primary" },
      { kind: "fill", form: "day", label: "Snooze", line: `actions snooze id:${apple?.id}` },
      { kind: "fill", form: "person", label: "Reassign", line: `actions reassign id:${apple?.id}` },
      { kind: "fill", form: "reason", label: "Not relevant", line: `actions not-relevant id:${apple?.id}` },
      { kind: "run", label: "Open account", line: `account ${idOf("Apple")}` },
    ]);
    expect(reply.notes).toContain("Held back: 1 since their account has something better to do first.");
  });

  test("is everybody's for a manager and an admin, five on a page, with whoever holds each", async () => {
    for (const reply of [await portfolio.say("mia", "actions"), await portfolio.reply("actions")]) {
      // Six pumps of 800.00 and a hose of 355.56.
      expect(reply.headline).toBe("7 actions, €5,156 margin, 7 due this week");
      expect(entries(reply)).toHaveLength(5);
      expect(listed(reply).rows).toHaveLength(5);
    }
    const all = await portfolio.say("mia", "actions", { rows: "all" });
    expect(
      listed(all)
        .rows.map(({ account, holder }) => [account, holder])
        .sort(),
    ).toEqual([
      ...["Anise", "Apple", "Apricot"].map((name) => [name, "Ann Archer"]),
      ...["Basil", "Beech"].map((name) => [name, "Bob Baker"]),
      ["Cedar", null],
      ["Dill", null],
    ]);
    const second = await portfolio.say("mia", "actions page:2");
    expect(whats(second)).toEqual(whats(all).slice(5));
    expect(entries(second)[1]).toEqual([
      "7. Offer Hose to Cedar · €356 · due today · 1 h · nobody's",
      "8 of 9 customers bought Hose",
    ]);
    const lines = [...entries(await portfolio.say("mia", "actions")), ...entries(second)].map(
      ([line]) => line,
    );
    for (const { what, holder } of listed(all).rows)
      expect(lines.find((line) => line?.includes(what))).toMatch(new RegExp(` · ${holder ?? "nobody's"}$`));
    expect(await portfolio.refused("mia", "actions page:3")).toBe("There are only 2 pages.");
  });

  test("is a file as a list, with amounts and reasons", async () => {
    const { data } = await portfolio.say("ann", "actions", { rows: "all" });
    const [head, ...rows] = (exportCsv(data) ?? "").split("\r\n");
    expect(head).toBe(
      "id,what,kind,accountId,account,tier,value,value currency,dueOn,overdue,effortHours,holder,reasons,reasonCodes",
    );
    expect(rows.find((row) => row.includes("Apple"))).toMatch(
      /,Offer Pump to Apple,cross-sell,[0-9a-f-]+,Apple,[A-D],800\.00,EUR,2026-10-31,false,1,Ann Archer,3 of 9 customers bought Pump,popular$/,
    );
  });

  test.each([
    ["ann", "actions mine", "3 actions (mine), €2,400 margin, 3 due this week"],
    ["ann", "actions all", "7 actions, €5,156 margin, 7 due this week"],
    [
      "ann",
      "actions all industry:metal cross sell",
      "4 cross-sells (industry:metal), €2,756 margin, 4 due this week",
    ],
    [
      "ann",
      "actions industry:retail check-ins",
      /^1 check-in for you \(industry:retail\), €[\d.]+ margin, 1 due this week$/,
    ],
    ["ann", "actions @bob", "2 actions (owner:bob), €1,600 margin, 2 due this week"],
    ["mia", "actions team:North cross-sells", "3 cross-sells (team:North), €2,400 margin, 3 due this week"],
    // Of one account everything is shown, not only the best.
    ["ann", "actions anise", /^2 actions for Anise, €8\d\d margin, 2 due this week$/],
    ["bob", `actions ${idOf("Cedar")}`, "1 action for Cedar, €356 margin, 1 due this week"],
  ] as const)("%s asks %s", async (who, line, headline) => {
    const said = (await portfolio.say(who, line)).headline;
    if (typeof headline === "string") expect(said).toBe(headline);
    else expect(said).toMatch(headline);
  });

  test("a rep who owns nothing sees everybody's, and is told why there is nothing of theirs", async () => {
    const viewer = { workspaceId: portfolio.id, email: "zoe@example.com", standing: "member" } as const;
    expect((await portfolio.reply("actions", { viewer })).headline).toMatch(/^7 actions, /);
    const own = await portfolio.reply("actions mine", { viewer });
    expect(own.headline).toBe(
      "No actions (mine): no rep in the imported data has your address, and nobody gave you any",
    );
    expect(text(own)[0]).toMatch(/^Ask an admin to add your address/);
    expect((await portfolio.say("ann", "actions renewals")).headline).toBe(
      "No renewals for you: nothing of that is proposed",
    );
  });

  test.each([
    ["actions renewl", /^No account is called "renewl".* Kinds of actions are complaint, renewal, offer, /],
    ["actions since 30d", /^`since` is for what was answered/],
    ["actions by ltv", /^"by" does not fit here/],
    ["actions done", /^Say which action, by its account and its kind/],
    ["actions done anise", /^Anise has 2 actions open\. Which one\?$/],
    ["actions done apple renewal", /^No renewal is open for Apple\.$/],
    ["actions done nowhere renewal", /^No account is called "nowhere"/],
    ["actions snooze apple cross-sell until 2026-10-30", /^2026-10-30 is over/],
    ["actions not-relevant apple cross-sell", /^Say why, so that others understand it/],
    [
      "actions reassign apple cross-sell to zoe",
      /^There is no rep "zoe"\. There is Ann Archer, Bob Baker\.$/,
    ],
    ["actions reopen apple cross-sell", /^Nobody answered a cross-sell for Apple/],
    ["actions done id:00000000-0000-4000-8000-000000000000", /^This is not proposed any more, or it is not/],
    ["actions answered renewals", /^What was answered can be narrowed to/],
  ])("%s is refused with a sentence", async (line, sentence) => {
    expect(await portfolio.refused("ann", line)).toMatch(sentence);
  });

  test("where several could be meant, each is offered with what was typed behind it", async () => {
    const request = {
      viewer: { workspaceId: portfolio.id, email: "ann@example.com", standing: "member" },
    } as const;
    const several = await portfolio.mistake("actions snooze anise 3d because of fairs", request);
    expect(several.suggestions.map(({ label }) => label)).toEqual([
      "Offer Pump to Anise, due today",
      "Check in with Anise, due 3 Nov 2026",
    ]);
    for (const { line } of several.suggestions)
      expect(line).toMatch(/^actions snooze "id:[0-9a-f-]+" 3d because of fairs$/);
    const near = await portfolio.mistake("actions done Aple cross-sell hours 2", request);
    expect(near.suggestions.map(({ line }) => line)).toContain(
      `actions done ${idOf("Apple")} cross-sell hours 2`,
    );
    const kind = await portfolio.mistake("actions renewl", request);
    expect(kind.suggestions[0]).toEqual({ label: "renewal", line: "actions renewal" });
  });

  test("is on the account's card, with a button to log what happened", async () => {
    const card = await portfolio.say("bob", "account apple");
    expect(entries(card)).toEqual([
      ["Next: Offer Pump to Apple · €800 · due today · 1 h · Ann Archer", "3 of 9 customers bought Pump"],
    ]);
    const labels = card.entries?.[0]?.actions?.map(({ label }) => label);
    expect(labels).toEqual(["Done", "Snooze", "Reassign", "Not relevant"]);
    expect(card.actions?.[0]).toMatchObject({
      ...{ kind: "fill", form: "interaction", label: "Log", line: `log ${idOf("Apple")}` },
    });
    expect(card.data).toMatchObject({ next: { what: "Offer Pump to Apple", holder: "Ann Archer" } });
    const quiet = await portfolio.say("bob", "account acorn");
    expect(quiet).toMatchObject({ data: { next: null } });
    expect(quiet.entries).toBeUndefined();
  });

  test("explains itself", async () => {
    const { lines, data } = await portfolio.say("ann", "actions explain");
    const said = text({ ...(lines && { lines }) });
    expect(said).toHaveLength(12);
    expect(said.join("\n")).toContain("Up-sell: it buys less than half of what similar customers buy");
    expect(said.join("\n")).toContain("Recommending: cross-sells go by what most customers buy.");
    expect(said.join("\n")).toContain("at most 10 for a person");
    expect(data).toMatchObject({ recommender: { uses: "popularity" }, settings: { perHolder: 10 } });
  });
});

describe("answers", () => {
  test("what is done goes, its account rests, the next one follows, and it can be taken back", async () => {
    const portfolio = await open();
    const done = await portfolio.say(
      "ann",
      "actions done apple cross sell hours 1.5 because they take three, up to May",
    );
    expect(done.headline).toBe("Done: Offer Pump to Apple");
    expect(text(done)).toEqual([
      "It is not proposed again before 29 Jan 2027.",
      "Until 14 Nov 2026 only complaints, renewals and offers are proposed for Apple.",
    ]);
    expect(entries(done)).toEqual([
      ["Next for you: Offer Pump to Anise · €800 · due today · 1 h", "3 of 9 customers bought Pump"],
    ]);
    expect(done.data).toMatchObject({
      changed: true,
      step: { kind: "done", minutes: 90, note: "they take three, up to May" },
    });
    const after = await portfolio.say("ann", "actions");
    expect(whats(after)).toEqual(["Offer Pump to Anise", "Offer Pump to Apricot"]);
    expect(after.notes?.join(" ")).toContain(
      "Held back: 1 since their account has something better to do first, 1 since they were answered.",
    );
    expect(after.notes?.join(" ")).toContain("up went cross-sells (1 of 1 done)");
    expect((await portfolio.say("ann", "actions done apple cross-sell")).headline).toBe(
      "Nothing changes: Offer Pump to Apple is answered so already",
    );
    const back = await portfolio.say("ann", lineOf(done.actions, "Take back"));
    expect(back.headline).toBe("Taken back: Offer Pump to Apple");
    expect(entries(back)[0]?.[0]).toMatch(/^Open again: Offer Pump to Apple · €800/);
    expect(whats(await portfolio.say("ann", "actions"))).toContain("Offer Pump to Apple");
    expect((await portfolio.say("ann", lineOf(done.actions, "Take back"))).headline).toBe(
      "Nothing changes: nobody answered Offer Pump to Apple",
    );
  });

  test("what is snoozed is back the day after its last day", async () => {
    const portfolio = await open();
    const snoozed = await portfolio.say("ann", "actions snooze apple cross-sell until 2026-11-05");
    expect(snoozed.headline).toBe("Snoozed until 5 Nov 2026: Offer Pump to Apple");
    expect(text(snoozed)).toEqual(["It comes back on 6 Nov 2026, if it is still due then."]);
    const onDay = async (day: string) => {
      const desk = createDesk({ store: portfolio.store, commands, now: () => new Date(`${day}T12:00:00Z`) });
      const viewer = { workspaceId: portfolio.id, email: "ann@example.com", standing: "member" } as const;
      const answer = await desk.answer({ viewer, line: "actions" });
      if (!answer.ok) throw new Error(answer.message);
      return whats(answer.reply);
    };
    expect(await onDay("2026-11-05")).not.toContain("Offer Pump to Apple");
    expect(await onDay("2026-11-06")).toContain("Offer Pump to Apple");
  });

  test("what is given to a colleague is on their list, and named on others'", async () => {
    const portfolio = await open();
    const given = await portfolio.say(
      "ann",
      "actions reassign apple cross-sell to <@U1> because he sold it",
      {
        people,
      },
    );
    expect(given.headline).toBe("With Bob Baker now: Offer Pump to Apple");
    expect(text(given)).toEqual(["It is on the list of Bob Baker now."]);
    expect(whats(await portfolio.say("bob", "actions"))).toContain("Offer Pump to Apple");
    expect(whats(await portfolio.say("ann", "actions"))).not.toContain("Offer Pump to Apple");
    const apple = await portfolio.say("mia", "actions apple cross-sell");
    expect(entries(apple)[0]?.[0]).toMatch(/ · Bob Baker$/);
  });

  test("what is not relevant takes its kind with it, and says until when", async () => {
    const portfolio = await open();
    const gone = await portfolio.say("ann", "actions not relevant apple cross-sell because my buyer left");
    expect(gone.headline).toBe("Not relevant: Offer Pump to Apple");
    expect(text(gone)).toEqual(["No cross-sell is proposed for Apple before 29 Apr 2027."]);
    expect(whats(await portfolio.say("ann", "actions all"))).not.toContain("Offer Pump to Apple");
    const notes = (await portfolio.say("ann", "actions")).notes?.join(" ");
    expect(notes).toContain("down went cross-sells (0 of 1 done)");
  });

  test("a complaint is settled, and closed by another button; a pitch ends with its outcome", async () => {
    const portfolio = await open();
    await portfolio.say("ann", "hold apple complaint because the pump leaks");
    const [complaint] = entries(await portfolio.say("ann", "actions complaints"));
    expect(complaint?.[0]).toMatch(/^1\. Settle the complaint of Apple · €100 · /);
    expect(complaint?.[1]).toMatch(/^complaint open since .*: the pump leaks$/);
    const done = await portfolio.say("ann", "actions done apple complaint");
    expect(text(done)[0]).toBe(
      "It is off the list for good. The complaint keeps the account out of offers until somebody closes it.",
    );
    const closed = await portfolio.say("ann", lineOf(done.actions, "Close the complaint"));
    expect(closed.headline).toBe("Apple is no longer kept out of offers for this: open complaint");
    await portfolio.say("mia", 'pitch "Spring" value 1000');
    const before = await portfolio.say("ann", "actions offers");
    const pitch = before.entries?.[0];
    expect(text({ lines: pitch?.lines })[0]).toMatch(/^1\. Pitch Spring to /);
    const line = lineOf(pitch?.actions, "Won, lost or no reply");
    expect((await portfolio.say("ann", `${line} won amount 900`)).headline).toMatch(/: won$/);
    const after = await portfolio.say("ann", "actions offers");
    expect(listed(after).total.actions).toBe(listed(before).total.actions - 1);
  });

  test("when all are answered the list says so", async () => {
    const portfolio = await open();
    for (const account of ["apple", "apricot", "anise cross-sell"])
      await portfolio.say("ann", `actions done ${account}`);
    const reply = await portfolio.say("ann", "actions");
    expect(reply.headline).toBe(
      "No actions for you: 1 waits until something else about its account has had time to work and 3 are answered",
    );
    const last = await portfolio.say("ann", "actions done apple");
    expect(entries(last)).toEqual([["Nothing else is open for you."]]);
  });

  test("are listed with who gave them and why: one's own, a manager everybody's", async () => {
    const portfolio = await open();
    await portfolio.say("ann", "actions done anise check-in hours 2 because all is well");
    await portfolio.say("bob", "actions not-relevant basil cross-sell because they make pumps");
    const own = await portfolio.say("ann", "actions answered");
    expect(own.headline).toBe("1 answer of yours in the last 30 days");
    expect(own.table?.rows.map((row) => row.map((cell) => cell.text))).toEqual([
      ["31 Oct 2026, 12:00", "Anise", "check-in", "done, 2 h", "ann@example.com", "all is well"],
    ]);
    const everybodys = await portfolio.say("mia", "actions answered");
    expect(everybodys.headline).toBe("2 answers in the last 30 days");
    expect((await portfolio.say("mia", "actions answered @bob since 7d")).headline).toBe(
      "1 answer of Bob Baker in the last 7 days",
    );
    expect((await portfolio.say("mia", "actions answered anise")).headline).toBe(
      "1 answer for Anise in the last 30 days",
    );
    const choices = own.actions?.find(({ label }) => label === "Take back");
    expect(choices).toMatchObject({ kind: "choose", choices: [{ label: "Anise: check-in, done, 2 h" }] });
    expect((await portfolio.say("bob", "actions answered since 400d")).headline).toBe(
      "1 answer of yours in the last 400 days",
    );
  });
});

describe("what is shared", () => {
  const shared = (portfolio: OfferPortfolio, who: Who, readers: readonly Who[]): Partial<Request> => ({
    audience: {
      place: "#sales",
      members: [who, ...readers].map((name) => ({
        workspaceId: portfolio.id,
        email: `${name}@example.com`,
        standing: "member" as const,
      })),
    },
  });

  test("says whose it is, and shows what was seen", async () => {
    const portfolio = await open();
    for (const who of ["ann", "mia"] as const) {
      const seen = await portfolio.say(who, "actions");
      const line = lineOf(seen.actions, "Share");
      expect(line).toBe(who === "ann" ? "actions mine" : "actions all");
      const posted = await portfolio.say(who, line, shared(portfolio, who, ["bob"]));
      expect(whats(posted)).toEqual(whats(seen));
      expect(posted.headline).not.toContain("you");
    }
  });

  test("names nobody else where not everybody sees everything", async () => {
    const portfolio = await open();
    await portfolio.reply("settings visibility team");
    await portfolio.reply("settings person bob@example.com team:North");
    await portfolio.say("ann", "hold apple complaint because Bob Baker said so");
    await portfolio.say("bob", "actions done basil cross-sell because Bob Baker was there");
    for (const line of ["actions all", "actions answered all", "actions explain", "account apple"]) {
      const reply = await portfolio.say("ann", line, { ...shared(portfolio, "ann", ["bob"]), rows: "all" });
      const said = JSON.stringify(reply);
      expect({ line, named: said.includes("Bob Baker") || said.includes("bob@") }).toEqual({
        line,
        named: false,
      });
    }
    const everybodys = await portfolio.say("ann", "actions all", {
      ...shared(portfolio, "ann", ["bob"]),
      rows: "all",
    });
    expect(new Set(listed(everybodys).rows.map(({ holder }) => holder))).toEqual(
      new Set(["Ann Archer", "another rep"]),
    );
  });
});

test("what a rep sees and answers ends where their accounts end", async () => {
  const portfolio = await open();
  await portfolio.reply("settings visibility own");
  const bobs = listed(await portfolio.say("bob", "actions")).rows.map(({ id }) => id);
  expect(whats(await portfolio.say("ann", "actions all"))).toHaveLength(3);
  for (const id of bobs)
    expect(await portfolio.refused("ann", `actions done id:${id}`)).toMatch(/^This is not proposed any more/);
  expect(await portfolio.refused("ann", "actions reassign apple cross-sell to Bob Baker")).toMatch(
    /no rep "Bob Baker"|does not see Apple/,
  );
});

test("before anything is imported, the way there is told", async () => {
  const asked = await openAsked();
  for (const line of ["actions", "actions answered", "actions explain", "actions done Acme"])
    expect((await asked.mistake(line)).message).toMatch(/^Nothing is imported yet/);
});

test("every form that a button carries can be typed and is understood", async () => {
  const portfolio = await open();
  await portfolio.say("ann", "hold apple complaint because it leaks");
  await portfolio.say("mia", 'pitch "Spring" value 1000 product:Pump');
  const endings = {
    work: "hours 1.5 because it was mine to do by May",
    day: "until 2026-12-24",
    person: "to <@U1>",
    reason: "because up to now no team, since March",
    outcome: "lost hours 1 because of price",
    interaction: "call on 2026-10-30 hours 0.5 because they asked",
  };
  const seen = new Set<string>();
  const press = async (who: Who, actions: readonly Action[] = []) => {
    for (const action of actions) {
      if (action.kind === "filter" || action.kind === "form") continue;
      const lines = action.kind === "choose" ? action.choices.map(({ line }) => line) : [action.line];
      const typed = lines.map((line) => (action.kind === "fill" ? `${line} ${endings[action.form]}` : line));
      for (const line of typed) {
        // Pressing answers things, so that another page may be gone.
        if (seen.has(line) || line.includes("page:")) continue;
        seen.add(line);
        const answer = await portfolio.ask(line, {
          people,
          viewer: { workspaceId: portfolio.id, email: `${who}@example.com`, standing: "member" },
        });
        expect({ line, understood: answer.ok, why: answer.ok ? "" : answer.message }).toEqual({
          line,
          understood: true,
          why: "",
        });
      }
    }
  };
  for (const line of ["actions", "account apple", "actions offers", "actions answered", "actions explain"])
    for (const who of ["ann", "mia"] as const) {
      const { actions, entries: shown = [] } = await portfolio.say(who, line);
      await press(who, [...shown.slice(0, 2).flatMap((entry) => entry.actions ?? []), ...(actions ?? [])]);
    }
  expect([...seen].filter((line) => line.startsWith("actions done id:")).length).toBeGreaterThan(1);
  expect([...seen].some((line) => line.startsWith("log "))).toBe(true);
});
