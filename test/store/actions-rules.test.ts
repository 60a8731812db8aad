import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { type ActionKind, actionKinds, type ProposedAction } from "../../src/core/actions/action.ts";
import { actionId } from "../../src/core/actions/action-id.ts";
import { capActions } from "../../src/core/actions/cap.ts";
import { type AnswerCounts, learnFeedback } from "../../src/core/actions/feedback.ts";
import { dueFrom } from "../../src/core/actions/proposal.ts";
import { rankActions } from "../../src/core/actions/rank.ts";
import { type GivenAnswer, opennessOf } from "../../src/core/actions/suppress.ts";
import { addDays, daysBetween } from "../../src/core/calendar.ts";
import { recordId } from "../../src/ingest/drafts.ts";
import { accessOf } from "../../src/store/access.ts";
import { rowsAsTable } from "../../src/store/bulk.ts";
import { readActions } from "../../src/store/read-actions.ts";
import { readSnapshots } from "../../src/store/read-snapshots.ts";
import type { Snapshot } from "../../src/store/reads.ts";
import { sql } from "../../src/store/sql.ts";
import { accountRecord, openRawWorkspace, type RawWorkspace } from "../helpers/facts.ts";

// The store says by SQL of all proposals at once what the rules in core say of them one by one: on any proposals and answers
// both give the same list.

const today = "2026-06-30";
const [perHolder, coolDownDays] = [2, 14];
const owners: Readonly<Record<string, string | undefined>> = {
  a: "ann",
  b: "ann",
  c: "ann",
  d: "bob",
  e: "bob",
  f: undefined,
};
const account = (name: string) => accountRecord("crm", name);
const keyOf = (rep: string) => `rep:${recordId("crm", "rep", rep)}`;
const keys = [keyOf("ann"), keyOf("bob"), "mail:cat@rules.example"];

let world: RawWorkspace;
let snapshot: Snapshot;
beforeAll(async () => {
  world = await openRawWorkspace();
  await world.settings({ actions: { perHolder, coolDownDays } });
  await world.startImport("crm");
  await world.reps(["ann", "bob"].map((name) => ({ external_id: name, name })));
  await world.accounts(
    Object.entries(owners).map(([name, owner]) => ({
      external_id: name,
      name,
      owner_record_id: owner === undefined ? null : recordId("crm", "rep", owner),
    })),
  );
  await world.deals([
    { id: "1", account_record_id: account("a"), amount_minor: 100, close_on: "2026-05-01" },
  ]);
  await world.refresh(today);
  const found = await readSnapshots(world.database, await operator()).snapshot();
  if (!found) throw new RangeError("no snapshot");
  snapshot = found;
});

const operator = () => accessOf(world.database, { workspaceId: world.id, standing: "operator" });

interface Answered extends GivenAnswer {
  readonly holderKey: string | undefined;
}

const proposals: fc.Arbitrary<readonly ProposedAction[]> = fc
  .array(
    fc.record({
      account: fc.constantFrom(...Object.keys(owners)),
      kind: fc.constantFrom(...actionKinds),
      subject: fc.constantFrom("", "1"),
      score: fc.oneof(fc.constantFrom(100, 200, 300), fc.double({ min: 0, max: 1_000, noNaN: true })),
      due: fc.integer({ min: -5, max: 40 }),
    }),
    { minLength: 1, maxLength: 30 },
  )
  .map((drafts) => {
    const all = drafts.map(({ account: name, kind, subject, score, due }): ProposedAction => {
      const about = { kind, accountId: account(name), subject };
      const dueOn = addDays(today, due);
      return {
        ...about,
        id: actionId(about),
        valueMinor: Math.round(score),
        dueOn,
        effortMinutes: 60,
        reasons: [],
        score,
      };
    });
    return [...new Map(all.map((each) => [each.id, each])).values()];
  });

/** Answers to some of them, and to others that are no longer proposed; one to each at most that is not ended. */
const answersTo = (all: readonly ProposedAction[]): fc.Arbitrary<readonly Answered[]> =>
  fc
    .array(
      fc.record({
        about: fc.oneof(
          fc.constantFrom(...all),
          fc.record({
            accountId: fc.constantFrom(...Object.keys(owners).map(account)),
            kind: fc.constantFrom(...actionKinds),
            subject: fc.constant("gone"),
          }),
        ),
        answer: fc.constantFrom("done", "snoozed", "reassigned", "not-relevant"),
        ago: fc.integer({ min: 0, max: 400 }).map((days) => (days > 200 ? days % 20 : days)),
        ahead: fc.integer({ min: -2, max: 9 }),
        holder: fc.constantFrom(...keys),
        isEnded: fc.boolean(),
      }),
      { maxLength: 12 },
    )
    .map((drafts) => {
      const answers = drafts.map(({ about, answer, ago, ahead, holder, isEnded }): Answered => {
        const { accountId, kind, subject } = about;
        const on = addDays(today, -ago);
        return {
          ...{ actionId: actionId(about), accountId, kind, subject, answer, on, isEnded },
          until: answer === "snoozed" ? addDays(today, ahead) : undefined,
          holderKey: answer === "reassigned" ? holder : undefined,
        };
      });
      const standing = new Map(
        answers.filter(({ isEnded }) => !isEnded).map((each) => [each.actionId, each]),
      );
      return [...answers.filter(({ isEnded }) => isEnded), ...standing.values()];
    });

async function store(all: readonly ProposedAction[], answers: readonly Answered[]): Promise<void> {
  const { database, id } = world;
  for (const table of [sql`action_proposal`, sql`action_answer`])
    await database.$executeRaw(sql`DELETE FROM ${table} WHERE workspace_id = ${id}`);
  await database.$executeRaw(
    sql`INSERT INTO action_proposal (workspace_id, snapshot_id, id, account_id, kind, subject, value_minor, due_on,
          effort_minutes, reasons, score)
        SELECT ${id}, ${snapshot.id}::int, d.id, d.account, d.kind, d.subject, d.value, d.due_on, 60, '[]', d.score
        FROM ${rowsAsTable(all, [
          { name: "id", type: "uuid", of: (each) => each.id },
          { name: "account", type: "uuid", of: (each) => each.accountId },
          { name: "kind", type: "text", of: (each) => each.kind },
          { name: "subject", type: "text", of: (each) => each.subject },
          { name: "value", type: "bigint", of: (each) => each.valueMinor },
          { name: "due_on", type: "date", of: (each) => each.dueOn },
          { name: "score", type: "float8", of: (each) => each.score },
        ])}`,
  );
  await database.$executeRaw(
    sql`INSERT INTO action_answer (workspace_id, action_id, account_id, kind, subject, answer, at, by, until, holder_key,
          value_minor, currency, effort_minutes, due_on, reasons, snapshot_id, ended_at)
        SELECT ${id}, d.id, d.account, d.kind, d.subject, d.answer, d.day + interval '10 hours', 'somebody', d.until, d.holder,
               0, 'EUR', 60, d.day, '[]', ${snapshot.id}::int, d.ended_at
        FROM ${rowsAsTable(answers, [
          { name: "id", type: "uuid", of: (each) => each.actionId },
          { name: "account", type: "uuid", of: (each) => each.accountId },
          { name: "kind", type: "text", of: (each) => each.kind },
          { name: "subject", type: "text", of: (each) => each.subject },
          { name: "answer", type: "action_answer_kind", of: (each) => each.answer },
          { name: "day", type: "date", of: (each) => each.on },
          { name: "until", type: "date", of: (each) => each.until },
          { name: "holder", type: "text", of: (each) => each.holderKey },
          { name: "ended_at", type: "timestamptz", of: (each) => (each.isEnded ? today : undefined) },
        ])}`,
  );
}

const ownerKeyOf = (accountId: string) => {
  const owner = Object.entries(owners).find(([name]) => account(name) === accountId)?.[1];
  return owner === undefined ? undefined : keyOf(owner);
};

/** How often kinds were done or not relevant in the year before: all, or of each holder. */
function countsOf(answers: readonly Answered[]): readonly AnswerCounts[] {
  const counted = answers.filter(({ isEnded, on }) => !isEnded && daysBetween(on, today) <= 365);
  const one = (kind: ActionKind, answer: string) => ({
    kind,
    done: Number(answer === "done"),
    notRelevant: Number(answer === "not-relevant"),
  });
  return counted.flatMap(({ kind, answer, accountId, holderKey = ownerKeyOf(accountId) }) =>
    answer === "done" || answer === "not-relevant"
      ? [one(kind, answer), ...(holderKey === undefined ? [] : [{ ...one(kind, answer), holderKey }])]
      : [],
  );
}

/** The list by the rules one by one, for everybody or for one of them. */
function byTheRules(all: readonly ProposedAction[], answers: readonly Answered[], only?: string) {
  const held = all.map((each) => {
    const given = answers.find(
      ({ actionId: id, isEnded, holderKey }) => id === each.id && !isEnded && holderKey,
    );
    const openness = opennessOf(each, answers, { today, coolDownDays });
    return {
      ...each,
      dueOn: dueFrom(each, today),
      holderKey: given?.holderKey ?? ownerKeyOf(each.accountId),
      openness,
    };
  });
  const ranked = rankActions(held, learnFeedback(countsOf(answers)), today);
  const open = ranked.filter(({ openness }) => openness.kind === "open");
  const best = capActions(open, Number.POSITIVE_INFINITY).shown;
  const isAsked = ({ holderKey }: (typeof held)[number]) => only === undefined || holderKey === only;
  const { shown } = capActions(best.filter(isAsked), perHolder);
  const count = (kinds: readonly string[]) =>
    held.filter((each) => isAsked(each) && kinds.includes(each.openness.kind)).length;
  return {
    ids: shown.map(({ id }) => id),
    total: shown.length,
    valueMinor: shown.reduce((sum, { valueMinor }) => sum + valueMinor, 0),
    dueThisWeek: shown.filter(({ dueOn }) => daysBetween(today, dueOn) < 7).length,
    heldBack: {
      byCap: best.filter(isAsked).length - shown.length,
      byAccount: open.filter(isAsked).length - best.filter(isAsked).length,
      byCoolDown: count(["cool-down"]),
      byAnswer: count(["done", "snoozed", "not-relevant"]),
    },
  };
}

test("lists what the rules say, in their order and with their counts", async () => {
  const reads = readActions(world.database, await operator());
  const everything = { offset: 0 };
  await fc.assert(
    fc.asyncProperty(
      proposals.chain((all) => fc.tuple(fc.constant(all), answersTo(all))),
      async ([all, answers]) => {
        await store(all, answers);
        const toIds = ({ rows, moved: _, ...told }: Awaited<ReturnType<typeof reads.actions>>) => ({
          ids: rows.map(({ id }) => id),
          ...told,
        });
        expect(toIds(await reads.actions(snapshot, {}, today, everything))).toEqual(byTheRules(all, answers));
        const holders = keys.map((key) => ({ key, keys: [key] }));
        const byHolder = await reads.actionsByHolder(snapshot, holders, today, 100);
        for (const key of keys) {
          const expected = byTheRules(all, answers, key);
          const own = await reads.actions(snapshot, { holderKeys: [key] }, today, everything);
          expect(toIds(own)).toEqual(expected);
          expect(byHolder.get(key)).toEqual(own);
        }
      },
    ),
    { seed: 20261122, numRuns: 40 },
  );
});

test("pages are parts of the whole list", async () => {
  const reads = readActions(world.database, await operator());
  const [all = []] = fc.sample(proposals, { seed: 7, numRuns: 1 });
  await store(all, []);
  const whole = await reads.actions(snapshot, {}, today, { offset: 0 });
  expect(whole.rows.length).toBeGreaterThan(3);
  const parts = await Promise.all(
    [0, 2, 4].map((offset) => reads.actions(snapshot, {}, today, { offset, limit: 2 })),
  );
  expect(parts.flatMap(({ rows }) => rows)).toEqual(whole.rows.slice(0, 6));
  expect(parts.map(({ total }) => total)).toEqual([0, 2, 4].map(() => whole.total));
});
