import { keepNewest } from "../core/keep-newest.ts";
import type { Access } from "./access.ts";
import type { Selection, Snapshot, StoreReads } from "./reads.ts";
import type { Executor } from "./sql.ts";

/** Answers that one store keeps at hand. */
const MOST_REMEMBERED = 500;
/** Of a list; longer ones are for files, and asked for once. */
const MOST_ROWS = 100;

type Remembered = Pick<
  StoreReads,
  | "snapshot"
  | "totals"
  | "standings"
  | "concentration"
  | "outlookBasis"
  | "valueBasis"
  | "values"
  | "rfmThresholds"
  | "crossCells"
  | "crossPairs"
  | "renewals"
  | "cohorts"
  | "boughtAgain"
  | "growth"
  | "redefinitions"
>;

const byStore = new WeakMap<Executor, Map<string, Promise<unknown>>>();

/**
 * What many people ask again and again, asked of the database once for as long as it stays true: the answers follow
 * from the state that the access was decided in and from nothing else. They are kept for everybody with the same
 * rights, never for anybody with others.
 */
export function remembered(on: Executor, access: Access, reads: Remembered): Remembered {
  const { signature: _, userId: __, settings: ___, ...rights } = access;
  const answers = byStore.get(on) ?? new Map<string, Promise<unknown>>();
  byStore.set(on, answers);

  function recall<Value>(question: readonly unknown[], ask: () => Promise<Value>): Promise<Value> {
    if (access.state === "") return ask();
    const key = JSON.stringify([rights, ...question]);
    const known = answers.get(key) as Promise<Value> | undefined;
    const answer = known ?? ask();
    // The newest last, so that the first is the one that nobody has asked for longest.
    keepNewest(answers, key, answer, MOST_REMEMBERED);
    if (!known) answer.catch(() => answers.delete(key));
    return answer;
  }

  const named = ({ id, isPrepared }: Snapshot, selection?: Selection) => [id, isPrepared, selection];
  return {
    snapshot: (id) => recall(["snapshot", id], () => reads.snapshot(id)),
    totals: (snapshot) => recall(["totals", ...named(snapshot)], () => reads.totals(snapshot)),
    standings: (snapshot, selection, page) => {
      const ask = () => reads.standings(snapshot, selection, page);
      const isShort = page.limit !== undefined && page.limit <= MOST_ROWS;
      return isShort ? recall(["standings", ...named(snapshot, selection), page], ask) : ask();
    },
    concentration: (snapshot, selection, window) =>
      recall(["concentration", ...named(snapshot, selection), window], () =>
        reads.concentration(snapshot, selection, window),
      ),
    outlookBasis: (snapshot, selection, newAfter) =>
      recall(["outlookBasis", ...named(snapshot, selection), newAfter], () =>
        reads.outlookBasis(snapshot, selection, newAfter),
      ),
    valueBasis: (snapshot) => recall(["valueBasis", ...named(snapshot)], () => reads.valueBasis(snapshot)),
    values: (snapshot, selection, page) => {
      const ask = () => reads.values(snapshot, selection, page);
      const isShort = page.limit !== undefined && page.limit <= MOST_ROWS;
      return isShort ? recall(["values", ...named(snapshot, selection), page], ask) : ask();
    },
    renewals: (snapshot, selection, span, page) => {
      const ask = () => reads.renewals(snapshot, selection, span, page);
      const isShort = page.limit !== undefined && page.limit <= MOST_ROWS;
      return isShort ? recall(["renewals", ...named(snapshot, selection), span, page], ask) : ask();
    },
    crossCells: (snapshot, criteria, selection, page, window) => {
      const ask = () => reads.crossCells(snapshot, criteria, selection, page, window);
      const isShort = page.limit !== undefined && page.limit <= MOST_ROWS;
      return isShort
        ? recall(["crossCells", ...named(snapshot, selection), criteria, page, window], ask)
        : ask();
    },
    crossPairs: (snapshot, selection, window) =>
      recall(["crossPairs", ...named(snapshot, selection), window], () =>
        reads.crossPairs(snapshot, selection, window),
      ),
    cohorts: (snapshot, selection) =>
      recall(["cohorts", ...named(snapshot, selection)], () => reads.cohorts(snapshot, selection)),
    boughtAgain: (snapshot, selection) =>
      recall(["boughtAgain", ...named(snapshot, selection)], () => reads.boughtAgain(snapshot, selection)),
    growth: (snapshot, selection, most) =>
      recall(["growth", ...named(snapshot, selection), most], () => reads.growth(snapshot, selection, most)),
    redefinitions: (span) => recall(["redefinitions", span], () => reads.redefinitions(span)),
    rfmThresholds: (snapshot) =>
      recall(["rfmThresholds", ...named(snapshot)], () => reads.rfmThresholds(snapshot)),
  };
}
