/** How far what is expected of a rep may be off, all deals alike: variances, in log-odds. Plain data that is stored. */
export interface Doubt {
  /** Since it is learned from so many deals, fewer of which are like the rep's. */
  readonly own: number;
  /**
   * Since those who made the others are not all average: times the variance of skill. One who shares all that there is to a
   * territory with a single colleague is compared with that colleague, and has a 1.
   */
  readonly others: number;
}

/** Where nothing is known of it. */
export const noDoubt: Doubt = { own: 0, others: 0 };
