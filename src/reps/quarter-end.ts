import { scoreInterval } from "../core/score-interval.ts";
import type { QuarterEnd } from "../store/rep-results.ts";
import { formatCount } from "../wording.ts";

/** On both sides, to tell at all. */
const FEWEST_DEALS = 30;
/** A difference of so many standard errors is no chance. */
const ERRORS = 3;

/** Says so where deals that close in the last month of a fiscal quarter are won more often, or less often, than others. */
export function quarterEndSentence({ last, others }: QuarterEnd): string | undefined {
  const [ending, rest] = [scoreInterval(last.won, last.closed), scoreInterval(others.won, others.closed)];
  if (!ending || !rest || Math.min(last.closed, others.closed) < FEWEST_DEALS) return undefined;
  const all = (last.won + others.won) / (last.closed + others.closed);
  const error = Math.sqrt(all * (1 - all) * (1 / last.closed + 1 / others.closed));
  if (Math.abs(ending.share - rest.share) < ERRORS * error) return undefined;
  const percent = (share: number) => `${Math.round(share * 100)} %`;
  return `Quarter ends count: of ${formatCount(last.closed)} deals that closed in the last month of a fiscal quarter ${percent(ending.share)} were won, of ${formatCount(others.closed)} in other months ${percent(rest.share)}. So compare whole quarters.`;
}
