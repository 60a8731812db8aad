import type { ActionKind, ActionStep, ProposedAction } from "../core/actions/action.ts";
import type { Recommender } from "../core/actions/choose-recommender.ts";
import type { Day } from "../core/calendar.ts";
import type { Tier } from "../core/tiers.ts";
import type { PageOf } from "./page-of.ts";
import type { Selection, Snapshot } from "./reads.ts";

/** What can be asked about next best actions, over the accounts that the viewer may see. */
export interface ActionReads {
  /**
   * What is open, the best first: without what answers hold back (`core/actions/suppress.ts`), ordered as
   * `core/actions/rank.ts` says, one action for an account at a time and at most so many for a holder (`cap.ts`). All of it
   * is done where the rows are, so a list of everybody's is as exact as a holder's own, and says the same.
   *
   * `kinds` narrows what is looked at: of several kinds of an account the best of those asked for is shown. Holders do not:
   * what waits since a colleague has something better to do with the account waits for everybody.
   */
  actions(snapshot: Snapshot, selection: ActionSelection, today: Day, page: PageOf): Promise<OpenActions>;
  /** The same for many holders at once, each with their `most` best ones; by their `key`. Those with nothing are there too. */
  actionsByHolder(
    snapshot: Snapshot,
    holders: readonly ActionHolder[],
    today: Day,
    most: number,
  ): Promise<ReadonlyMap<string, OpenActions>>;
  /** One proposal, also one that was answered; undefined for what is no longer proposed or not to be seen. */
  action(snapshot: Snapshot, id: string, today: Day): Promise<OpenAction | undefined>;
  /** What was answered, the newest first. Who see only what all of a channel may see read nobody else's name or reason. */
  actionAnswers(which: AnswerSelection, page: PageOf): Promise<AnsweredActions>;
  /** How a snapshot's proposals were made; undefined while none are there, as for some time after a large refresh. */
  proposalBasis(snapshot: Snapshot): Promise<ProposalBasis | undefined>;
}

/** Somebody with every key under which they may hold accounts. */
export interface ActionHolder {
  readonly key: string;
  readonly keys: readonly string[];
}

/** What proposals were made by. */
export interface ProposalBasis {
  /** Proposals that are stored: the best of each owner. */
  readonly proposals: number;
  /** What recommends products to whom they are new, and how it was judged; undefined where nothing was bought by name. */
  readonly recommender: Omit<Recommender, "recommend"> | undefined;
}

export interface ActionSelection extends Selection {
  readonly kinds?: readonly ActionKind[];
  /** Held by one of these, which are one person's: as the account's owner, or whoever it was given to. */
  readonly holderKeys?: readonly string[];
  /** Everything of one account that no answer and no cool-down holds back: what is asked about one account has no caps. */
  readonly accountId?: string;
}

export interface OpenAction extends ProposedAction {
  readonly account: string;
  readonly tier: Tier | undefined;
  /** Whoever is to do it: the account's owner, or whoever it was given to; undefined where nobody owns it. */
  readonly holder: { readonly key: string; readonly name: string } | undefined;
  /** The answer that holds, if there is one. */
  readonly answer: ActionAnswer | undefined;
}

export interface OpenActions {
  readonly rows: readonly OpenAction[];
  /** Over everything selected, also what is not on the page. */
  readonly total: number;
  readonly valueMinor: number;
  /** Of the total, those that are overdue or due within the seven days that begin with `today`. */
  readonly dueThisWeek: number;
  /**
   * What is proposed and not shown, since something better is shown for its account, its holder has enough to do, its
   * account had something done lately, or an answer holds it back.
   */
  readonly heldBack: {
    readonly byAccount: number;
    readonly byCap: number;
    readonly byCoolDown: number;
    readonly byAnswer: number;
  };
  /** How answers moved kinds in the order: what a kind's scores are multiplied by. Kinds that nothing moved are left out. */
  readonly moved: readonly MovedKind[];
}

export interface MovedKind {
  readonly kind: ActionKind;
  /** Above 1 it rose, below 1 it sank. */
  readonly factor: number;
  /** Answers that it follows from. */
  readonly done: number;
  readonly notRelevant: number;
}

export interface ActionAnswer {
  readonly id: number;
  readonly actionId: string;
  readonly accountId: string;
  readonly account: string;
  readonly kind: ActionKind;
  readonly subject: string;
  readonly answer: "done" | "snoozed" | "reassigned" | "not-relevant";
  readonly at: Date;
  readonly by: string;
  readonly until: Day | undefined;
  readonly holder: { readonly key: string; readonly name: string } | undefined;
  readonly reason: string | undefined;
  readonly minutes: number | undefined;
  readonly minutesKnown: boolean;
  readonly valueMinor: number;
  readonly currency: string;
  readonly ended: { readonly by: string; readonly at: Date } | undefined;
}

export interface AnswerSelection {
  readonly accountId?: string;
  readonly actionIds?: readonly string[];
  /** Answered at this moment or later. */
  readonly since?: Date;
  /** By this person: a signature. */
  readonly by?: string;
}

export interface AnsweredActions {
  readonly rows: readonly ActionAnswer[];
  readonly total: number;
}

/** What people do about proposals. The same answer again changes nothing; another one ends the one before. */
export interface ActionDecisions {
  /**
   * Notes an answer and keeps the proposal as it was. By anybody who sees the account.
   *
   * @throws NotAllowed, Refused for what is not there to see, for a day that is over, and for somebody who does not see the
   * account it is given to.
   */
  answerAction(
    id: string,
    step: ActionStep,
    now: Date,
  ): Promise<{ readonly kind: "answered" | "unchanged"; readonly action: OpenAction }>;
  /**
   * Takes back what was answered to it, and that its kind is not relevant for its account, which may have been said of
   * another one; false where there is nothing of that.
   */
  reopenAction(id: string, now: Date): Promise<boolean>;
}
