/**
 * One chart, whatever draws it: Slack itself, a table, a PNG or a sentence. It says what is to be seen, never how
 * large or in which colours.
 */
export interface Chart {
  readonly kind: ChartKind;
  /** What the chart is about, at most 50 characters: `Spend by tier`. */
  readonly title: string;
  /** What the chart shows, in a sentence with its figures: what somebody reads who does not see it. */
  readonly message: string;
  /** What every series has a value for, in the order in which they stand. */
  readonly categories: readonly string[];
  /** Every series has a value for every category. A pie and a Pareto chart have one series, a heatmap one for each column. */
  readonly series: readonly Series[];
  readonly unit: Unit;
  /** What stands along the categories. */
  readonly categoryTitle: string;
  /** Says what the chart leaves out of what was asked for, if anything. */
  readonly omission?: string;
  /** Of a funnel: where its categories stand. */
  readonly along?: Along;
}

/** The axis along which points stand. */
export interface Along {
  readonly title: string;
  readonly unit: Unit;
  /** One for each category, above zero. */
  readonly values: readonly number[];
  /** Places of the categories whose names are written beside their points, as far as there is room. */
  readonly named: readonly number[];
}

/**
 * `pareto` draws bars and over them a line with their cumulative share. They stand in the order of the categories: who
 * describes it puts the largest first, and groups of several where their members belong.
 *
 * `heatmap` shades a grid: a row for each category, a column for each series, so its values stand column by column. A
 * cell that there is not yet is NaN, and stays empty.
 *
 * `funnel` sets points beside what was expected of them: its series are a share of that, of which 1 is the middle, and the ends
 * of the ranges within which chance alone brings it, the narrower one's low and high end, then the wider one's.
 */
export type ChartKind = "bar" | "line" | "area" | "pie" | "pareto" | "heatmap" | "funnel";

export interface Series {
  readonly name: string;
  /** In the unit of the chart: money in minor units, shares as fractions. */
  readonly values: readonly number[];
  /** Places of values that are not final, as of a quarter that is not over. A heatmap marks them. */
  readonly unfinished?: readonly number[];
}

export type Unit =
  | { readonly kind: "money"; readonly currency: string }
  | { readonly kind: "count"; readonly noun: string }
  | { readonly kind: "share" };
