import type { ActionKind } from "../core/actions/action.ts";
import type { Day } from "../core/calendar.ts";
import type { InteractionKind } from "../core/interactions.ts";
import type { HoldKind } from "../core/offers/offer.ts";
import type { RewardKind, RewardStatus } from "../core/rewards.ts";
import type { CorrectionField } from "./corrections.ts";
import type { PageOf } from "./page-of.ts";
import type { Snapshot } from "./reads.ts";

/** What can be asked about all that happened with an account that the viewer sees. */
export interface TimelineReads {
  /**
   * The newest first. In what is shared, nobody is named but whoever shares it; notes, reasons, and what people set by hand
   * are left out.
   */
  timeline(snapshot: Snapshot, accountId: string, page: PageOf): Promise<Timeline>;
}

export interface Timeline {
  readonly rows: readonly TimelineEntry[];
  readonly total: number;
  /** Over everything that takes hours: what was noted, answers to offers, actions done. */
  readonly work: { readonly entries: number; readonly known: number; readonly minutes: number };
}

export type TimelineEntry = {
  readonly on: Day;
  /** Undefined for what comes from imported data. */
  readonly by: string | undefined;
} & TimelineEvent;

/** Money in minor units, of the snapshot's currency unless the event has its own. */
type TimelineEvent =
  /** Invoices and payments of a day that count; `withoutRate` of them are in no sum. */
  | {
      readonly kind: "purchase";
      readonly valueMinor: number;
      readonly sales: number;
      readonly withoutRate: number;
      readonly products: readonly string[];
    }
  | {
      readonly kind: "deal";
      readonly outcome: "won" | "lost";
      readonly deal: string | undefined;
      readonly amountMinor: number | undefined;
      readonly currency: string;
    }
  | ({
      readonly kind: "interaction";
      readonly id: number;
      readonly interaction: InteractionKind;
      readonly score: number | undefined;
      readonly note: string | undefined;
    } & Worked)
  | ({
      readonly kind: "offer";
      readonly offer: string;
      readonly offerId: number;
      readonly outcome: "won" | "lost" | "no-reply" | "skipped";
      readonly amountMinor: number | undefined;
      readonly currency: string;
      readonly note: string | undefined;
    } & Partial<Worked>)
  | ({
      readonly kind: "action";
      readonly action: ActionKind;
      readonly answer: "done" | "snoozed" | "reassigned" | "not-relevant";
      readonly until: Day | undefined;
      readonly holder: string | undefined;
      readonly note: string | undefined;
    } & Partial<Worked>)
  | {
      readonly kind: "hold";
      readonly hold: HoldKind;
      readonly step: "begun" | "ended";
      readonly until: Day | undefined;
      readonly note: string | undefined;
    }
  | {
      readonly kind: "correction";
      readonly field: CorrectionField;
      readonly step: "set" | "taken-back";
      readonly value: string;
      readonly until: Day | undefined;
      readonly note: string | undefined;
    }
  | ({
      readonly kind: "reward";
      readonly id: number;
      readonly reward: RewardKind;
      readonly status: RewardStatus;
      readonly costMinor: number;
      readonly currency: string;
      /** The day it is planned for. */
      readonly plannedFor: Day | undefined;
      readonly note: string | undefined;
    } & Partial<Worked>);

interface Worked {
  readonly minutes: number | undefined;
  /** Whether somebody typed them. */
  readonly minutesKnown: boolean;
}
