import type { Day } from "../core/calendar.ts";
import type { InteractionDraft, InteractionKind } from "../core/interactions.ts";
import type { PageOf } from "./page-of.ts";

/**
 * What can be asked about what happened with an account that the viewer sees. In what is shared, nobody is named but whoever
 * shares it, and notes are left out, since they name people.
 */
export interface InteractionReads {
  /** The newest first, those taken back left out; without `since`, of whatever day. */
  interactions(accountId: string, page: PageOf, since?: Day): Promise<Interactions>;
  /** One of them, also one that was taken back; undefined for what is not there to see. */
  interaction(id: number): Promise<NotedInteraction | undefined>;
}

export interface Interaction {
  readonly id: number;
  readonly kind: InteractionKind;
  readonly onDay: Day;
  readonly minutes: number;
  /** Whether somebody typed them; they are the usual ones of the kind otherwise. */
  readonly minutesKnown: boolean;
  readonly score: number | undefined;
  readonly note: string;
  readonly by: string;
  readonly at: Date;
}

export interface NotedInteraction extends Interaction {
  readonly accountId: string;
  readonly account: string;
  readonly isTakenBack: boolean;
}

export interface Interactions {
  readonly rows: readonly Interaction[];
  /** Over all of them. */
  readonly total: number;
  readonly minutes: number;
  /** How many of them have hours that somebody typed. */
  readonly known: number;
}

export interface InteractionDecisions {
  /**
   * Notes what happened. The same kind with the same note on the same day by the same person changes nothing. A complaint
   * also holds the account back from offers, unless one does so already, until `closeComplaint`.
   *
   * @throws Refused for an account that is not there to see, a day to come, hours or a score that cannot be.
   */
  logInteraction(accountId: string, draft: InteractionDraft, now: Date): Promise<LoggedInteraction>;
  /**
   * Ends what holds the account back because of a complaint, and notes how it ended; undefined where nothing does.
   *
   * @throws Refused as `logInteraction`.
   */
  closeComplaint(
    accountId: string,
    draft: Omit<InteractionDraft, "kind" | "score">,
    now: Date,
  ): Promise<LoggedInteraction | undefined>;
  /**
   * Takes one back, and with it the hold that it began; false where that was done already.
   *
   * @throws NotAllowed for anybody but managers and whoever noted it. Refused for what is not there to see.
   */
  takeBackInteraction(id: number, now: Date): Promise<boolean>;
}

export interface LoggedInteraction {
  readonly id: number;
  readonly isNew: boolean;
  /** As it is noted: what was there already may have other hours. */
  readonly minutes: number;
  readonly minutesKnown: boolean;
  readonly score: number | undefined;
  /** Whether it began to hold the account back from offers. */
  readonly holdsBack: boolean;
}
