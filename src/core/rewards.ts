import type { Day } from "./calendar.ts";

/** Thank-yous, and what one costs where nobody says otherwise, in whole units of the currency. */
export const usualCost = { card: 5, gift: 50, event: 150 } as const;
export type RewardKind = keyof typeof usualCost;
export const rewardKinds = Object.keys(usualCost) as readonly RewardKind[];

export interface RewardDraft {
  readonly kind: RewardKind;
  readonly onDay: Day;
  /** In the minor unit of the snapshot's currency. */
  readonly costMinor: number;
  readonly currency: string;
  readonly occasion: string;
}
