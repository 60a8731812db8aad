import { expect, test } from "vitest";
import { createDesk } from "../../src/create-desk.ts";
import type { Desk, DigestAnswer, DigestRequest } from "../../src/desk.ts";
import { loadCommands } from "../../src/load-commands.ts";
import { idOf, type OfferPortfolio, openOfferPortfolio, type Who } from "../helpers/offer-portfolio.ts";
import { deal } from "../helpers/workspace.ts";

const commands = await loadCommands(new URL("../../commands/", import.meta.url));
const WEEK_MS = 7 * 86_400_000;

type Digest = Extract<DigestAnswer, { ok: true }>;

interface Weeks extends OfferPortfolio {
  /** What the desk's clock says: 31 October 2026 and so many weeks. */
  week: number;
  readonly clocked: Desk;
  digest(who: Who, last?: Digest, asked?: Partial<DigestRequest>): Promise<Digest>;
  type(who: Who, line: string): Promise<void>;
}

async function openWeeks(): Promise<Weeks> {
  const portfolio = await openOfferPortfolio();
  const viewer = (who: Who) => {
    return { workspaceId: portfolio.id, email: `${who}@example.com`, standing: "member" } as const;
  };
  const now = () => new Date(Date.parse("2026-10-31T12:00:00Z") + weeks.week * WEEK_MS);
  const clocked = createDesk({ store: portfolio.store, commands, now });
  const weeks: Weeks = {
    ...portfolio,
    week: 0,
    clocked,
    async digest(who, last, asked) {
      const lastAt = last && new Date(last.content.shown?.at(-1)?.at ?? 0);
      const about = { filters: "", last: last?.content, lastAt, viewer: viewer(who), ...asked };
      return told(await clocked.digest(about));
    },
    async type(who, line) {
      const answer = await clocked.answer({ viewer: viewer(who), line });
      if (!answer.ok) throw new Error(answer.message);
    },
  };
  return weeks;
}

function told(answer: DigestAnswer): Digest {
  if (!answer.ok) throw new Error(answer.message);
  return answer;
}

test("a person's digest is about what they own and hold, and the next one about what came of it", async () => {
  const weeks = await openWeeks();
  await weeks.type("ann", `hold ${idOf("Acorn")} complaint because late`);
  await weeks.type("mia", 'pitch "Plan" value 5000');
  const first = await weeks.digest("ann");
  expect(first.content.lines).toEqual([
    expect.stringMatching(
      /^3 of your 4 open actions, worth €[\d,]+, 4 accounts are new, 1 complaint is open$/,
    ),
    expect.stringMatching(/^Settle the complaint of Acorn · €670 · /),
    expect.stringMatching(/^complaint open since .*: late$/),
    expect.stringMatching(/^Pitch Plan to /),
    expect.stringMatching(/^in an open wave of Plan, /),
    expect.stringMatching(/^Pitch Plan to /),
    expect.stringMatching(/^in an open wave of Plan, /),
    expect.stringMatching(/^Acorn is new in A: first bought 1 Oct 2026 /),
    expect.stringMatching(/^1 open complaint: Acorn /),
    "Offer Plan, wave 1 (A): 0 of 11 resolved, 3 of yours open",
  ]);
  const [complaint, pitch] = first.content.actions.map(({ id }) => id);
  expect((await weeks.digest("bob")).content.lines.join()).not.toContain("Acorn");

  weeks.week = 1;
  expect(await weeks.digest("ann", first)).toMatchObject({
    isNew: false,
    reply: { headline: "Nothing new since 31 Oct 2026: 4 actions are still open" },
  });
  await weeks.type("ann", `actions done id:${complaint} hours 1`);
  await weeks.type("ann", `actions snooze id:${pitch} 7d`);
  const second = await weeks.digest("ann", first);
  expect(second.content.lines).toContain(
    "Since 31 Oct 2026: 1 of 3 actions done, worth €670; 1 snoozed, 1 still open",
  );
  expect(second.content.actions.map(({ id }) => id)).not.toContain(complaint);
  expect(second.content.lines.filter((line) => line.endsWith("· again"))).toHaveLength(1);
});

test("what moved since the last digest's snapshot is told, with why", async () => {
  const weeks = await openWeeks();
  const first = await weeks.digest("ann");
  await weeks.import({
    deals: [deal("90", "2", "900000.00", "2026-10-20"), deal("91", "9", "700000.00", "2026-10-20")],
  });
  weeks.week = 1;
  const second = await weeks.digest("ann", first);
  expect(second.isNew).toBe(true);
  const moved = second.content.lines.filter((line) => line.includes(" fell from A to "));
  expect(moved.length).toBeGreaterThan(0);
  expect(second.content.lines.join("\n")).toMatch(/others overtook it/);
  expect(second.content.lines.join("\n")).not.toMatch(/Ash|Basil|Cedar/);
});

test("a channel reads what all of its members may see, and nobody's name", async () => {
  const weeks = await openWeeks();
  await weeks.reply("settings visibility own");
  const members = (["ann", "mia"] as const).map((who) => {
    return { workspaceId: weeks.id, email: `${who}@example.com`, standing: "member" as const };
  });
  await weeks.reply("settings person mia@example.com manager manages:North");
  await weeks.type("ann", `hold ${idOf("Acorn")} complaint because Bob was late`);
  const audience = { place: "#north", members };
  const { reply, content } = await weeks.digest("mia", undefined, { audience });
  const said = JSON.stringify({ reply, content });
  expect(said).toContain("Acorn");
  expect(said).not.toMatch(/Ann Archer|Bob|ann@|Basil|Avens|rep:/);
  expect(reply.notes?.[0]).toMatch(/everybody here may see/);
  const alone = await weeks.clocked.digest({
    ...{ viewer: members[0] ?? { workspaceId: weeks.id }, filters: "", last: undefined, lastAt: undefined },
    audience: {
      place: "#all",
      members: [...members, { workspaceId: weeks.id, email: "bob@example.com", standing: "member" }],
    },
  });
  expect(alone).toMatchObject({ ok: false });
});

test("filters choose, and what they do not name is said", async () => {
  const weeks = await openWeeks();
  const bobs = await weeks.digest("mia", undefined, { filters: 'owner:"Bob Baker"' });
  expect(bobs.reply.headline).toContain('(owner:"Bob Baker")');
  expect(JSON.stringify(bobs.content)).not.toMatch(/Acorn|Almond|Basil/);
  const refused = await weeks.clocked.digest({
    viewer: { workspaceId: weeks.id, email: "ann@example.com", standing: "member" },
    ...{ filters: "industry:Nothing", last: undefined, lastAt: undefined },
  });
  expect(refused).toMatchObject({ ok: false, message: expect.stringContaining("Nothing") });
});

test("who loads a source is told that it is stale, and admins; others are not", async () => {
  const weeks = await openWeeks();
  await weeks.reply("settings person bob@example.com admin");
  weeks.week = 30;
  const stale = (digest: Digest) => digest.content.lines.filter((line) => line.includes("last imported"));
  expect(stale(await weeks.digest("ann"))).toEqual([]);
  const first = await weeks.digest("bob");
  expect(stale(first)).toHaveLength(1);
  expect(stale(await weeks.digest("bob", first))).toEqual([]);
});

test("managers are warned of what hangs on one account and of accounts that nobody owns, reps are not", async () => {
  const weeks = await openWeeks();
  await weeks.import({ deals: [deal("90", "9", "400000.00", "2026-10-20")] });
  const warned = (digest: Digest) => digest.content.lines.join("\n");
  const manager = warned(await weeks.digest("mia"));
  expect(manager).toMatch(/^Anise holds \d\d\.\d % of spend$/m);
  expect(manager).toMatch(/^13 accounts with something to do belong to nobody/m);
  expect(warned(await weeks.digest("ann"))).not.toMatch(/of spend|belong to nobody/);
});

test("many together are told what each is told alone", async () => {
  const weeks = await openWeeks();
  await weeks.type("ann", `hold ${idOf("Acorn")} complaint because late`);
  await weeks.type("bob", `hold ${idOf("Avens")} complaint because wrong`);
  await weeks.type("mia", 'pitch "Plan" value 5000');
  const firsts = {
    ann: await weeks.digest("ann"),
    bob: await weeks.digest("bob"),
    mia: await weeks.digest("mia"),
  };
  for (const who of ["ann", "bob"] as const)
    await weeks.type(who, `actions done id:${firsts[who].content.actions[0]?.id}`);
  await weeks.import({
    deals: [deal("90", "2", "90000.00", "2026-10-20"), deal("91", "6", "70000.00", "2026-10-20")],
  });
  weeks.week = 1;
  const requests = (["ann", "bob", "mia"] as const).flatMap((who) =>
    ["", "industry:Retail", "tier:A"].flatMap((filters) =>
      [undefined, firsts[who]].map(
        (last): DigestRequest => ({
          viewer: { workspaceId: weeks.id, email: `${who}@example.com`, standing: "member" },
          ...{ filters, last: last?.content, lastAt: last && new Date("2026-10-31T12:00:00Z") },
        }),
      ),
    ),
  );
  const together = await weeks.clocked.digests(requests);
  const alone = [];
  for (const request of requests) alone.push(await weeks.clocked.digest(request));
  expect(together).toEqual(alone);
  expect(new Set(together.map((answer) => JSON.stringify(told(answer).content.lines))).size).toBeGreaterThan(
    6,
  );
});

test("a workspace without data says so", async () => {
  const { clocked } = await openWeeks();
  const answer = await clocked.digest({
    viewer: { workspaceId: "nothing-here", standing: "operator" },
    ...{ filters: "", last: undefined, lastAt: undefined },
  });
  expect(answer).toMatchObject({ ok: false });
});
