import type { Action, Reply } from "../command.ts";
import type { DigestContent } from "../store/digests.ts";
import { formatDay } from "../wording.ts";
import { actionParts } from "./action-parts.ts";
import type { DigestFacts } from "./digest-facts.ts";
import { fitParts, type Part, plainText } from "./digest-parts.ts";
import { headlineOf, nothingNew } from "./headline.ts";
import { holdParts } from "./hold-parts.ts";
import { moveParts } from "./move-parts.ts";
import { resultParts } from "./result-parts.ts";
import { type ChosenAction, chooseActions, keepShown } from "./shown-actions.ts";
import { warningParts } from "./warning-parts.ts";
import { waveParts } from "./wave-parts.ts";

/** What is shown of a digest, its headline and small print included; buttons do not count. */
export const mostLines = 12;

export interface ComposedDigest {
  readonly reply: Reply;
  /** False where nothing happened since the last one: the reply is one line then. */
  readonly isNew: boolean;
  readonly content: DigestContent;
}

/** Words a digest: the same facts always give the same one. */
export function composeDigest(facts: DigestFacts): ComposedDigest {
  const { candidates, last, settled } = facts;
  const chosen = chooseActions(candidates, last?.content.shown ?? [], settled);
  const warnings = warningParts(facts);
  const told = new Set(last?.content.told);
  const isTold = (part: Part) => (part.told ?? []).every((code) => told.has(code));
  const parts = [
    ...actionParts(chosen, facts),
    ...moveParts(facts),
    ...holdParts(facts),
    ...waveParts(facts),
    ...resultParts(facts),
    ...warnings.filter((part) => !isTold(part)),
  ];
  const carried = warnings.filter(isTold);
  return parts.some(({ isNews }) => isNews)
    ? newDigest(facts, chosen, parts, carried)
    : nothing(facts, [...parts, ...carried]);
}

function newDigest(
  facts: DigestFacts,
  chosen: readonly ChosenAction[],
  parts: readonly Part[],
  carried: readonly Part[],
): ComposedDigest {
  const { at, snapshot, last, scope } = facts;
  const headline = headlineOf(chosen, facts);
  const notes = [
    [...scope.notes, `Data as of ${formatDay(snapshot.asOf)}`, `snapshot ${snapshot.id}`].join(" · "),
  ];
  const { kept, entries } = fitParts(parts, mostLines - 1 - notes.length);
  const shown = { at: at.toISOString(), actions: chosen.map(({ action }) => referenceTo(action)) };
  return {
    reply: {
      headline,
      entries,
      actions: [allActions(facts)],
      notes,
      data: dataOf(facts, chosen),
    },
    isNew: true,
    content: {
      ...contentOf(facts, [...kept, ...carried]),
      actions: chosen.map(({ action: { id, valueMinor } }) => ({
        id,
        valueMinor,
        currency: snapshot.currency,
      })),
      lines: [headline, ...entries.flatMap(({ lines }) => lines.map(plainText))],
      shown: keepShown([...(last?.content.shown ?? []), shown], at),
    },
  };
}

/** What was shown before stays what the next digest is compared with. */
function nothing(facts: DigestFacts, parts: readonly Part[]): ComposedDigest {
  const { at, last } = facts;
  const headline = nothingNew(facts);
  return {
    reply: { headline, actions: [allActions(facts)], data: dataOf(facts, []) },
    isNew: false,
    content: {
      ...contentOf(facts, parts),
      actions: last?.content.actions ?? [],
      lines: [headline],
      shown: keepShown(last?.content.shown ?? [], at),
    },
  };
}

function contentOf({ snapshot }: DigestFacts, parts: readonly Part[]) {
  return {
    snapshotId: snapshot.id,
    asOf: snapshot.asOf,
    told: [...new Set(parts.flatMap(({ told = [] }) => told))],
  };
}

function referenceTo({ id, accountId, kind, subject }: ChosenAction["action"]) {
  return { id, accountId, kind, subject };
}

function allActions({ scope: { isMine, filters } }: DigestFacts): Action {
  const line = ["actions", ...(isMine ? ["mine"] : []), filters].join(" ").trim();
  return { kind: "run", label: "All actions", line };
}

/** Exact figures for programs. */
function dataOf(facts: DigestFacts, chosen: readonly ChosenAction[]) {
  const { snapshot, open, moves, holds, waves, results, stale } = facts;
  return {
    asOf: snapshot.asOf,
    snapshot: snapshot.id,
    actions: chosen.map(({ action, isAgain }) => ({
      ...referenceTo(action),
      account: action.account,
      value: { amount: action.valueMinor, currency: snapshot.currency },
      dueOn: action.dueOn,
      isAgain,
    })),
    open,
    moves: moves ? { since: moves.since, counts: moves.counts } : null,
    complaints: holds.complaints,
    overdue: holds.overdue,
    waves,
    results: {
      since: results.since,
      answered: results.answers.length,
      done: results.answers.filter(({ how }) => how === "done").length,
      wins: results.wins,
    },
    stale,
  };
}
