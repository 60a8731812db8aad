import type { Day } from "../core/calendar.ts";
import type { InteractionDraft, InteractionKind } from "../core/interactions.ts";
import type { PageOf } from "./page-of.ts";

/** What can be asked about what happened with an account that the viewer sees. */
export interface InteractionReads {
  /** The newest first, those taken back left out. */
  interactions(accountId: string, page: PageOf): Promise<Interactions>;
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
   * Notes what happened; a complaint also holds the account back from offers until it is closed. The same again on the
   * same day by the same person changes nothing.
   *
   * @throws Refused for an account that is not there to see, a day to come, hours or a score that cannot be.
   */
  logInteraction(
    accountId: string,
    draft: InteractionDraft,
    now: Date,
  ): Promise<{ readonly id: number; readonly isNew: boolean }>;
  /** Takes one back, by whoever noted it or a manager; false where it is not there. */
  takeBackInteraction(id: number, now: Date): Promise<boolean>;
}
