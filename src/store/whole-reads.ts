import type { Criterion } from "../core/cross/criteria.ts";
import type { PageOf } from "./page-of.ts";
import type { Selection, Snapshot, StoreReads } from "./reads.ts";

/** What is asked about a whole portfolio, and takes long where that is large. */
export type WholeReads = Pick<
  StoreReads,
  "boughtAgain" | "crossCells" | "crossPairs" | "growth" | "outlookBasis" | "renewals" | "rfmThresholds"
>;

/**
 * Gives the answer to a question about all of a snapshot's accounts.
 *
 * @param question the read and what it is asked with, other than the snapshot; one question has one answer.
 * @param ask computes it. What JSON cannot say, but for what is undefined, is in no answer.
 */
type Answering = <Answer>(
  snapshot: Snapshot,
  question: readonly unknown[],
  ask: () => Promise<Answer>,
) => Promise<Answer>;

/** So many rows of an answer belong to it; whoever asks for fewer gets a part of them. */
const [MOST_ROWS, MOST_NAMED] = [100, 10];

/** The same reads, but what is asked without a filter and for the first rows is answered in a way of its own. */
export function answering(reads: WholeReads, answer: Answering): WholeReads {
  const first = { offset: 0, limit: MOST_ROWS };
  return {
    async crossCells(snapshot, criteria, selection, page, window) {
      if (window || !isWhole(selection) || !isAmongFirst(page))
        return reads.crossCells(snapshot, criteria, selection, page, window);
      const { ordered, places } = inOneOrder(criteria);
      const found = await answer(snapshot, ["crossCells", ordered], () =>
        reads.crossCells(snapshot, ordered, selection, first),
      );
      const cells = rowsOf(found.cells, page).map((cell) => ({
        ...cell,
        values: places.map((place) => cell.values[place]),
      }));
      return { ...found, cells };
    },
    crossPairs(snapshot, selection, window) {
      const ask = () => reads.crossPairs(snapshot, selection, window);
      return window || !isWhole(selection) ? ask() : answer(snapshot, ["crossPairs"], ask);
    },
    async renewals(snapshot, selection, span, page) {
      if (!(isWhole(selection) && isAmongFirst(page))) return reads.renewals(snapshot, selection, span, page);
      const found = await answer(snapshot, ["renewals", span.columns, span.until], () =>
        reads.renewals(snapshot, selection, span, first),
      );
      return { ...found, rows: rowsOf(found.rows, page) };
    },
    boughtAgain(snapshot, selection) {
      const ask = () => reads.boughtAgain(snapshot, selection);
      return isWhole(selection) ? answer(snapshot, ["boughtAgain"], ask) : ask();
    },
    async growth(snapshot, selection, most) {
      if (!isWhole(selection) || most > MOST_NAMED) return reads.growth(snapshot, selection, most);
      const found = await answer(snapshot, ["growth"], () => reads.growth(snapshot, selection, MOST_NAMED));
      return found && { ...found, gained: found.gained.slice(0, most), lost: found.lost.slice(0, most) };
    },
    outlookBasis(snapshot, selection, newAfter) {
      const ask = () => reads.outlookBasis(snapshot, selection, newAfter);
      return isWhole(selection) ? answer(snapshot, ["outlookBasis", newAfter], ask) : ask();
    },
    rfmThresholds: (snapshot) => answer(snapshot, ["rfmThresholds"], () => reads.rfmThresholds(snapshot)),
  };
}

/** The same criteria in an order that does not depend on theirs, and the place in it of each: both orders have the same cells. */
function inOneOrder(criteria: readonly Criterion[]) {
  const ordered = criteria.toSorted((one, other) => (nameOf(one) < nameOf(other) ? -1 : 1));
  return { ordered, places: criteria.map((criterion) => ordered.indexOf(criterion)) };
}

const nameOf = (criterion: Criterion) => JSON.stringify(criterion);

function isWhole(selection: Selection): boolean {
  return Object.keys(selection).length === 0;
}

function isAmongFirst({ offset, limit }: PageOf): boolean {
  return limit !== undefined && offset + limit <= MOST_ROWS;
}

function rowsOf<Row>(rows: readonly Row[], { offset, limit = rows.length }: PageOf): readonly Row[] {
  return rows.slice(offset, offset + limit);
}
