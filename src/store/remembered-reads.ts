import { keepNewest } from "../core/keep-newest.ts";
import type { Access } from "./access.ts";
import type { PageOf } from "./page-of.ts";
import type { Snapshot, StoreReads } from "./reads.ts";
import type { Executor } from "./sql.ts";

/** Of a list, or accounts that are asked about; longer ones are for files, and asked for once. */
const MOST_ROWS = 100;

/** Workspaces whose answers one store keeps at hand. */
const MOST_WORKSPACES = 20;

/** Questions whose answers follow from the state that an access was decided in, and how many answers of a workspace are kept. */
const shelves = [
  {
    most: 500,
    questions: [
      ...["snapshot", "totals", "standings", "concentration", "valueBasis", "values", "rfmThresholds"],
      ...["outlookBasis", "crossCells", "crossPairs", "renewals", "cohorts", "boughtAgain", "growth"],
      ...["redefinitions", "facets", "reps"],
    ],
  },
  // About single accounts. They have a place of their own: looking at many does not forget what is asked of all.
  {
    most: 2_000,
    questions: [
      ...["findAccounts", "labels", "account", "standing", "purchases", "salesBehind"],
      ...["accountValue", "accountPotential", "openDeals"],
    ],
  },
] as const;

type Remembered = Pick<StoreReads, (typeof shelves)[number]["questions"][number]>;
type Answers = Map<string, Promise<unknown>>;

/** The answers of a workspace in its newest state, a map for each shelf: those of another state are never asked for again. */
interface Kept {
  readonly state: string;
  readonly answers: readonly Answers[];
}

const byStore = new WeakMap<Executor, Map<string, Kept>>();

/**
 * What many people ask again and again, asked of the database once for as long as it stays true: the answers follow
 * from the state that the access was decided in and from nothing else. They are kept for everybody with the same
 * rights, never for anybody with others.
 */
export function remembered(on: Executor, access: Access, reads: Remembered): Remembered {
  const { signature: _, userId: __, settings: ___, ...rights } = access;
  const asker = JSON.stringify(rights);
  const { answers: kept } = answersOf(on, access);

  function recalled(question: keyof Remembered, answers: Answers, most: number) {
    const ask = reads[question] as (...terms: readonly unknown[]) => Promise<unknown>;
    return (...terms: readonly unknown[]): Promise<unknown> => {
      if (access.state === "" || terms.some(isLong)) return ask(...terms);
      const key = `${asker}${question}${JSON.stringify(terms.map(toldApart))}`;
      const known = answers.get(key);
      const answer = known ?? ask(...terms);
      // The newest last, so that the first is the one that nobody has asked for longest.
      keepNewest(answers, key, answer, most);
      if (!known) answer.catch(() => answers.delete(key));
      return answer;
    };
  }

  const recalling = shelves.flatMap(({ questions, most }, place) =>
    questions.map((question) => [question, recalled(question, kept[place] ?? new Map(), most)] as const),
  );
  return Object.fromEntries(recalling) as unknown as Remembered;
}

function answersOf(on: Executor, { workspaceId, state }: Access): Kept {
  const workspaces = byStore.get(on) ?? new Map<string, Kept>();
  byStore.set(on, workspaces);
  const known = workspaces.get(workspaceId);
  const kept = known?.state === state ? known : { state, answers: shelves.map(() => new Map()) };
  keepNewest(workspaces, workspaceId, kept, MOST_WORKSPACES);
  return kept;
}

function isLong(term: unknown): boolean {
  if (Array.isArray(term)) return term.length > MOST_ROWS;
  if (typeof term !== "object" || term === null || !("offset" in term)) return false;
  const { limit } = term as PageOf;
  return limit === undefined || limit > MOST_ROWS;
}

/** A snapshot by what tells it from others; everything else as it is. */
function toldApart(term: unknown): unknown {
  if (typeof term !== "object" || term === null || !("isPrepared" in term)) return term;
  const { id, isPrepared } = term as Snapshot;
  return [id, isPrepared];
}
