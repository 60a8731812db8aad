import type { Context } from "../command.ts";
import { groupBy } from "../core/group-by.ts";
import { nothingImported } from "../intake/first-run.ts";
import type { DigestContent } from "../store/digests.ts";
import type { Selection } from "../store/reads.ts";
import { Refused } from "../store/refused.ts";
import { UsageError } from "../usage-error.ts";
import { type ComposedDigest, composeDigest } from "./compose-digest.ts";
import { scopeOf } from "./digest-scope.ts";
import { type Asked, gatherFacts } from "./gather-facts.ts";

/** What a digest is to be about, and what the one before it showed. */
export interface DigestAbout {
  /** As they are typed; empty for a person's own accounts, or for all that a channel's members may see. */
  readonly filters: string;
  /** What the newest digest of the schedule showed; undefined for its first. */
  readonly last: DigestContent | undefined;
  readonly lastAt: Date | undefined;
  /** Whether others read it too: it is about everything selected then, and nobody's own. */
  readonly isShared?: boolean;
}

/** What somebody is told instead of a digest: as it would be thrown. */
type Unanswered = UsageError | Refused;

/** So many people are asked about by one statement. */
const MOST_TOGETHER = 1_000;

/**
 * What a digest says to the viewer of a context.
 *
 * @throws UsageError for filters that name nothing, NothingImported
 */
export async function digestReply(about: DigestAbout, context: Context): Promise<ComposedDigest> {
  const [composed] = await digestReplies([{ about, context }]);
  if (composed === undefined) throw new RangeError("A digest that was asked for was not composed.");
  if (composed instanceof Error) throw composed;
  return composed;
}

/** The same for many at once, in their order: those with the same rights and filters are asked about together. */
export async function digestReplies(
  requests: readonly Requested[],
): Promise<readonly (ComposedDigest | Unanswered)[]> {
  const answers = new Map<Requested, ComposedDigest | Unanswered>();
  for (const sameRights of groupBy(requests, rightsOf).values()) await answerAll(sameRights, answers);
  return requests.map((request) => present(answers.get(request)));
}

interface Requested {
  readonly about: DigestAbout;
  readonly context: Context;
}

interface Prepared extends Asked {
  readonly request: Requested;
  readonly selection: Selection;
}

/** All that have the same rights. */
async function answerAll(
  requests: readonly Requested[],
  answers: Map<Requested, ComposedDigest | Unanswered>,
): Promise<void> {
  const { context } = present(requests[0]);
  const snapshot = await context.store.snapshot();
  if (snapshot === undefined) {
    const missing = await nothingImported(context);
    for (const request of requests) answers.set(request, missing);
    return;
  }
  const prepared: Prepared[] = [];
  for (const request of requests)
    try {
      const scoped = await scopeOf(request.about, snapshot, request.context);
      prepared.push({ request, ...request, ...scoped });
    } catch (error) {
      if (!(error instanceof UsageError || error instanceof Refused)) throw error;
      answers.set(request, error);
    }
  for (const alike of groupBy(prepared, ({ selection, scope }) =>
    JSON.stringify([selection, scope]),
  ).values())
    for (let first = 0; first < alike.length; first += MOST_TOGETHER) {
      const [one, ...others] = alike.slice(first, first + MOST_TOGETHER);
      if (one === undefined) continue;
      const asked = [one, ...others] as const;
      const facts = await gatherFacts({ snapshot, selection: one.selection, asked });
      for (const [index, { request }] of asked.entries())
        answers.set(request, composeDigest(present(facts[index])));
    }
}

/** What the answers to two people's questions follow from, but for what they own and hold themselves. */
function rightsOf({ context: { access, now } }: Requested): string {
  const { signature, userId, repIds, ...rights } = access;
  // Where names are left out, everybody may still read their own.
  const own = access.anonymous ? { signature, userId, repIds } : {};
  return JSON.stringify([rights, own, now.getTime()]);
}

function present<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new RangeError("A digest that was asked for was not composed.");
  return value;
}
