import type { ActionKind, ActionStep, ProposedAction } from "../core/actions/action.ts";
import type { Day } from "../core/calendar.ts";
import type { Tier } from "../core/tiers.ts";
import type { PageOf } from "./page-of.ts";
import type { Selection, Snapshot } from "./reads.ts";

/** What can be asked about next best actions, over the accounts that the viewer may see. */
export interface ActionReads {
  /**
   * What is open, the best first: without what was answered (see `core/actions/suppress.ts`), with answers' effect on the
   * order, a cap for each holder and one action for each account in its cool-down.
   */
  actions(snapshot: Snapshot, selection: ActionSelection, today: Day, page: PageOf): Promise<OpenActions>;
  /** One proposal, also one that was answered; undefined for what is no longer proposed or not to be seen. */
  action(snapshot: Snapshot, id: string, today: Day): Promise<OpenAction | undefined>;
  /** What was answered, the newest first. */
  actionAnswers(which: AnswerSelection, page: PageOf): Promise<AnsweredActions>;
}

export interface ActionSelection extends Selection {
  readonly kinds?: readonly ActionKind[];
  /** Held by one of these: the account's owner, or whoever it was given to. */
  readonly holderKeys?: readonly string[];
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
  /** What is open and not shown, since its holder has enough to do or its account had something done lately. */
  readonly heldBack: { readonly byCap: number; readonly byCoolDown: number };
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
  /** @throws NotAllowed, Refused for what is not there to see, or for a day that is over. */
  answerAction(
    id: string,
    step: ActionStep,
    now: Date,
  ): Promise<{ readonly kind: "answered" | "unchanged"; readonly action: OpenAction }>;
  /** Takes the answer that holds back; false where there is none. */
  reopenAction(id: string, now: Date): Promise<boolean>;
}
