import { type ActionKind, actionKinds } from "./action.ts";

/** How often proposals of a kind were answered; one row for a kind and holder at most. */
export interface AnswerCounts {
  readonly kind: ActionKind;
  /** Undefined for what the whole workspace answered, whoever holds it. */
  readonly holderKey?: string | undefined;
  readonly done: number;
  readonly notRelevant: number;
}

/** What answers so far make of the order: factors from ½ to 2, 1 where nothing is known. */
export interface Feedback {
  readonly byKind: Readonly<Record<ActionKind, number>>;
  /** Only for holders who answered often enough. */
  readonly byHolder: readonly {
    readonly holderKey: string;
    readonly kind: ActionKind;
    readonly factor: number;
  }[];
}

/** As if so many had been answered before, and from how many answers on a holder counts alone. */
const [priorAnswers, leastOfHolder] = [10, 5];

/**
 * Factors for the order: what is mostly done rises, what is mostly not relevant sinks.
 *
 * The share that is done is the mean of a beta posterior in two levels, as empirical Bayes has it (Casella 1985, The
 * American Statistician 39, 83–87; Gelman et al., Bayesian Data Analysis, 2.4 and 5.3): of a workspace, `done` of `n` is
 * drawn to one half as if 10 more had been answered, `(done + 10 · ½) ÷ (n + 10)`; of a holder with 5 answers or more,
 * to the share of the workspace in the same way. The factor is `2 ^ (2 · share − 1)`: ½ of none, 1 of one half, 2 of all.
 */
export function learnFeedback(counts: readonly AnswerCounts[]): Feedback {
  const shares = byKind((kind) => {
    const own = counts.find((each) => each.kind === kind && each.holderKey === undefined);
    return own ? shareOf(own, 0.5) : 0.5;
  });
  return {
    byKind: byKind((kind) => factorOf(shares[kind])),
    byHolder: counts.flatMap((own) =>
      own.holderKey !== undefined && own.done + own.notRelevant >= leastOfHolder
        ? [
            {
              holderKey: own.holderKey,
              kind: own.kind,
              factor: factorOf(shareOf(own, shares[own.kind])),
            },
          ]
        : [],
    ),
  };
}

/** What a holder's own answers make of a kind, or else everybody's. */
export function feedbackFactor(
  { byKind, byHolder }: Feedback,
  kind: ActionKind,
  holderKey: string | undefined,
): number {
  const own = byHolder.find((each) => each.holderKey === holderKey && each.kind === kind);
  return own?.factor ?? byKind[kind];
}

function byKind(figureOf: (kind: ActionKind) => number): Readonly<Record<ActionKind, number>> {
  return Object.fromEntries(actionKinds.map((kind) => [kind, figureOf(kind)])) as Record<ActionKind, number>;
}

function shareOf({ done, notRelevant }: AnswerCounts, prior: number): number {
  return (done + priorAnswers * prior) / (done + notRelevant + priorAnswers);
}

function factorOf(share: number): number {
  return 2 ** (2 * share - 1);
}
