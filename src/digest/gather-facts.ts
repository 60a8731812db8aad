import type { Context } from "../command.ts";
import { type Day, dayIn, daysBetween } from "../core/calendar.ts";
import { groupBy } from "../core/group-by.ts";
import { resolvedOf } from "../core/offers/tally.ts";
import { isStaleSource } from "../health/health-findings.ts";
import { redefinedSince } from "../redefined-since.ts";
import type { About, DigestResults, LoadedSource, OpenTasks } from "../store/digest-reads.ts";
import type { OfferSummary } from "../store/offers.ts";
import type { Selection, Snapshot } from "../store/reads.ts";
import { comparisonWith } from "./comparison.ts";
import type { DigestFacts, DigestScope, MovesFound, StaleSource, WaveProgress } from "./digest-facts.ts";
import type { DigestAbout } from "./digest-reply.ts";
import { managersFacts, noWarnings } from "./managers-facts.ts";
import { candidatesNeeded } from "./shown-actions.ts";

/** Rows that a digest needs of a list. */
const [MOST_MOVES, MOST_RISERS, MOST_HOLDS] = [3, 2, 20];
/** What results are told of where no digest came before. */
const FIRST_DAYS = 7;

/** One digest that is asked for, with what it looks at. */
export interface Asked {
  readonly about: DigestAbout;
  readonly context: Context;
  readonly scope: DigestScope;
}

/** Digests of readers with the same rights, of the same moment, that look at the same. */
export interface AskedTogether {
  readonly snapshot: Snapshot;
  readonly selection: Selection;
  readonly asked: readonly [Asked, ...Asked[]];
}

/** What they all could say, in their order: however many there are, the same few questions are asked. */
export async function gatherFacts(together: AskedTogether): Promise<readonly DigestFacts[]> {
  const { snapshot, selection, asked } = together;
  const { scope, context } = asked[0];
  const { store, now, access } = context;
  const today = dayIn(now, access.timeZone);
  const people = asked.map(({ context: { access } }) => access);
  const everyone: About = scope.isMine ? people : "everything";
  /** What was answered for each, or once for all of them. */
  const each = <Answer>(answers: readonly Answer[], index: number): Answer =>
    present(answers[scope.isMine ? index : 0]);

  const needed = Math.max(...asked.map(({ about: { last } }) => candidatesNeeded(last?.shown)));
  const lists = await store.openActionsOf(snapshot, selection, everyone, today, needed);
  const shown = asked.flatMap(({ about: { last } }) => last?.shown?.flatMap(({ actions }) => actions) ?? []);
  const settled = groupBy(await store.settled(shown), ({ actionId }) => actionId);
  const moves = await movesOf(together);
  const risers = await store.risersOf(snapshot, selection, everyone, MOST_RISERS);
  const holds = await store.openHoldsOf(snapshot, selection, everyone, now, MOST_HOLDS);
  const since = asked.map(({ about: { lastAt } }) => lastAt ?? new Date(now.getTime() - FIRST_DAYS * DAY_MS));
  const results = await resultsSince(together, since);
  const waves = await wavesOf(together);
  const sources = scope.isShared ? [] : await store.sourcesOf(people.map(({ signature }) => signature));
  const warnings = await managersFacts(together);

  return asked.map(({ about: { last, lastAt }, context, scope }, index): DigestFacts => {
    const { rows: candidates, total: open } = each(lists, index);
    const own = last?.shown?.flatMap(({ actions }) => actions.map(({ id }) => id)) ?? [];
    return {
      at: now,
      ...{ today, snapshot, scope, candidates, open },
      last: last && { content: last, on: lastAt ? dayIn(lastAt, access.timeZone) : last.asOf },
      settled: [...new Set(own)].flatMap((id) => settled.get(id) ?? []),
      moves: moves[index],
      risers: each(risers, index),
      holds: each(holds, index),
      waves: waves[index] ?? [],
      results: { ...present(results[index]), since: dayIn(present(since[index]), access.timeZone) },
      stale: staleFor(context, sources, today),
      ...(warnings.get(context) ?? noWarnings),
    };
  });
}

const DAY_MS = 86_400_000;

/** Moves since each one's last digest: those with the same one are compared together. */
async function movesOf({
  snapshot,
  selection,
  asked,
}: AskedTogether): Promise<readonly (MovesFound | undefined)[]> {
  const found = new Map<Asked, MovesFound>();
  const byLast = groupBy(asked, ({ about: { last } }) =>
    last ? `${last.snapshotId} ${last.asOf}` : "first",
  );
  for (const those of byLast.values()) {
    const { about, context, scope } = present(those[0]);
    const compared = await comparisonWith(about.last, snapshot, context);
    if (compared === undefined) continue;
    const people: About = scope.isMine ? those.map(({ context: { access } }) => access) : "everything";
    const moves = await context.store.movesOf(snapshot, compared.against, selection, people, MOST_MOVES);
    const rows = moves.flatMap((own) => own.rows);
    const { byAccount } = await redefinedSince(context, snapshot, compared.against, rows);
    for (const [index, one] of those.entries()) {
      const own = present(moves[scope.isMine ? index : 0]);
      found.set(one, {
        since: compared.since,
        counts: own.counts,
        rows: own.rows.map((row) => ({ ...row, redefined: byAccount.get(row.accountId) })),
      });
    }
  }
  return asked.map((one) => found.get(one));
}

/** What everybody who is asked about did since their own moment; of everything, once for each moment. */
async function resultsSince(
  { snapshot, selection, asked }: AskedTogether,
  since: readonly Date[],
): Promise<readonly DigestResults[]> {
  const [{ context, scope }] = asked;
  const { store } = context;
  if (scope.isMine) {
    const people = asked.map(({ context: { access } }) => access);
    return store.resultsOf(snapshot, selection, people, since);
  }
  const byMoment = new Map<number, DigestResults>();
  for (const moment of since)
    if (!byMoment.has(moment.getTime()))
      byMoment.set(
        moment.getTime(),
        present((await store.resultsOf(snapshot, selection, "everything", [moment]))[0]),
      );
  return since.map((moment) => present(byMoment.get(moment.getTime())));
}

/** Open waves: those in which each has something to do, or all where nobody and nothing was chosen. */
async function wavesOf({ selection, asked }: AskedTogether): Promise<readonly (readonly WaveProgress[])[]> {
  const [{ context, scope }] = asked;
  const { store, now } = context;
  const isChosen = Object.keys(selection).length > 0;
  if (!scope.isMine && isChosen) return asked.map(() => []);
  const open = openWaves(await store.offers(now));
  if (!scope.isMine) return asked.map(() => open);
  const people = asked.map(({ context: { access } }) => access);
  const tasks = open.length === 0 ? [] : await store.openTasksOf(people, now);
  return asked.map((_, index) => withTasks(open, tasks[index] ?? []));
}

function openWaves(offers: readonly OfferSummary[]): readonly WaveProgress[] {
  return offers
    .filter(({ closedAt }) => closedAt === undefined)
    .flatMap(({ id, name, waves }) =>
      waves
        .filter(({ status, accounts }) => status === "open" && accounts > 0)
        .map((wave) => ({
          ...{ offerId: id, offer: name, wave: wave.wave },
          ...{ accounts: wave.accounts, resolved: resolvedOf(wave), own: undefined },
        })),
    );
}

/** Those in which somebody has most to do first. */
function withTasks(open: readonly WaveProgress[], tasks: readonly OpenTasks[]): readonly WaveProgress[] {
  return tasks.flatMap((task) =>
    open
      .filter(({ offerId, wave }) => offerId === task.offerId && wave === task.wave)
      .map((wave) => ({ ...wave, own: task.open })),
  );
}

/** Told to whoever loads a source and to admins, and not to those who only read what comes of it. */
function staleFor({ access }: Context, sources: readonly LoadedSource[], today: Day): readonly StaleSource[] {
  return sources
    .filter(({ by }) => access.role === "admin" || by === access.signature)
    .map(({ source, importedAt }) => {
      const importedOn = dayIn(importedAt, access.timeZone);
      return { source, importedOn, ageDays: Math.max(0, daysBetween(importedOn, today)) };
    })
    .filter(isStaleSource);
}

function present<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new RangeError("An answer about many people says nothing of one of them.");
  return value;
}
