import type { ProposedAction } from "../core/actions/action.ts";
import type { Day } from "../core/calendar.ts";
import type { WaveName } from "../core/offers/offer.ts";
import type { Access } from "./access.ts";
import type { ActionAnswer, OpenActions } from "./actions.ts";
import type { Against, Moves, Selection, Snapshot } from "./reads.ts";

/**
 * Whom figures of a digest are about: one figure over everything that is visible and selected, or one for each person, over
 * what they own or hold of it. An answer has one element for each, in their order.
 */
export type About = "everything" | readonly DigestPerson[];

/** Somebody who owns accounts by their rep records, and holds them by keys that follow from those and the address. */
export type DigestPerson = Pick<Access, "repIds" | "signature">;

/** What digests ask for many people of the same rights at once; figures are over the accounts that the viewer may see. */
export interface DigestReads {
  /** What is open, the best first, at most so many rows for each; `everything` is whoever holds it. */
  openActionsOf(
    snapshot: Snapshot,
    selection: Selection,
    about: About,
    today: Day,
    most: number,
  ): Promise<readonly OpenActions[]>;
  /** Accounts that nobody owns, for which something is proposed and nothing was answered, with the best of each added up. */
  unownedActions(
    snapshot: Snapshot,
    selection: Selection,
  ): Promise<{ readonly accounts: number; readonly valueMinor: number }>;
  /** Accounts whose tier was another one then, at most so many rows for each. */
  movesOf(
    snapshot: Snapshot,
    against: Against,
    selection: Selection,
    about: About,
    most: number,
  ): Promise<readonly Moves[]>;
  /** Prospects whose weighted potential rose clearly since the snapshot before, those that rose most first. */
  risersOf(
    snapshot: Snapshot,
    selection: Selection,
    about: About,
    most: number,
  ): Promise<readonly (readonly Riser[])[]>;
  /** Open complaints and what is overdue, as people said or an imported column says; the newest first. */
  openHoldsOf(
    snapshot: Snapshot,
    selection: Selection,
    about: About,
    now: Date,
    most: number,
  ): Promise<readonly OpenHolds[]>;
  /** How many accounts of open waves each holds and has not resolved. */
  openTasksOf(people: readonly DigestPerson[], now: Date): Promise<readonly (readonly OpenTasks[])[]>;
  /** Answers that hold, and what was won in offers, since a moment for each: by these people, or about selected accounts. */
  resultsOf(
    snapshot: Snapshot,
    selection: Selection,
    about: About,
    since: readonly Date[],
  ): Promise<readonly DigestResults[]>;
  /**
   * What became of some proposals: the answers that hold, and for offers and complaints what ended them elsewhere. In no
   * order.
   */
  settled(
    actions: readonly Pick<ProposedAction, "id" | "accountId" | "kind" | "subject">[],
  ): Promise<readonly SettledAction[]>;
  /** Sources of files with their newest import that stands, of those that these people load; of all, where an admin asks. */
  sourcesOf(signatures: readonly string[]): Promise<readonly LoadedSource[]>;
}

/** A prospect that is worth more than it was; potential times chance, in minor units of the snapshot's currency. */
export interface Riser {
  readonly accountId: string;
  readonly account: string;
  readonly weightedMinor: number;
  readonly beforeMinor: number;
}

export interface OpenHolds {
  readonly complaints: number;
  readonly overdue: number;
  readonly rows: readonly OpenHold[];
}

export interface OpenHold {
  readonly kind: "complaint" | "overdue";
  readonly accountId: string;
  readonly account: string;
  /** Undefined for what an imported column says. */
  readonly since: Day | undefined;
}

export interface OpenTasks {
  readonly offerId: number;
  readonly wave: WaveName;
  readonly open: number;
}

export interface SettledAction {
  readonly actionId: string;
  readonly how: ActionAnswer["answer"];
  readonly at: Date;
}

export interface DigestResults {
  readonly answers: readonly GivenAnswer[];
  /** Accounts that offers won. */
  readonly wins: readonly WonOffer[];
}

export interface GivenAnswer extends SettledAction {
  /** As it was proposed. */
  readonly valueMinor: number;
  readonly currency: string;
}

export interface WonOffer {
  readonly offer: string;
  readonly accounts: number;
  readonly amountMinor: number;
  readonly currency: string;
}

export interface LoadedSource {
  readonly source: string;
  readonly importedAt: Date;
  /** Who loaded it last. */
  readonly by: string;
}
