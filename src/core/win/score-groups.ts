/** Equal scores as one, from low to high: all that measures by rank and calibration need to know. */
export interface ScoreGroups {
  readonly scores: Float64Array;
  /** How many rows have the score. */
  readonly rows: Float64Array;
  /** How many of them have 1 as their outcome. */
  readonly won: Float64Array;
}

/**
 * Scores of either outcome are sorted apart and then walked together: sorting numbers alone is many times quicker than
 * sorting rows by them.
 *
 * @param outcomes 1, or anything else.
 */
export function groupScores(scores: ArrayLike<number>, outcomes: ArrayLike<number>): ScoreGroups {
  const [won, lost] = sortedApart(scores, outcomes);
  const groups = {
    scores: new Float64Array(outcomes.length),
    rows: new Float64Array(outcomes.length),
    won: new Float64Array(outcomes.length),
  };
  let [atWon, atLost, count] = [0, 0, 0];
  while (atWon < won.length || atLost < lost.length) {
    const score = Math.min(won[atWon] ?? Number.POSITIVE_INFINITY, lost[atLost] ?? Number.POSITIVE_INFINITY);
    const [fromWon, fromLost] = [atWon, atLost];
    // Not "equal": so that what is not a number ends too, in a group of its own.
    while (atWon < won.length && !((won[atWon] ?? 0) > score)) atWon += 1;
    while (atLost < lost.length && !((lost[atLost] ?? 0) > score)) atLost += 1;
    groups.scores[count] = score;
    groups.rows[count] = atWon - fromWon + (atLost - fromLost);
    groups.won[count] = atWon - fromWon;
    count += 1;
  }
  return {
    scores: groups.scores.subarray(0, count),
    rows: groups.rows.subarray(0, count),
    won: groups.won.subarray(0, count),
  };
}

function sortedApart(scores: ArrayLike<number>, outcomes: ArrayLike<number>) {
  const [won, lost] = [new Float64Array(outcomes.length), new Float64Array(outcomes.length)];
  let [wonCount, lostCount] = [0, 0];
  for (let row = 0; row < outcomes.length; row += 1) {
    const score = scores[row] ?? Number.NaN;
    if (outcomes[row] === 1) {
      won[wonCount] = score;
      wonCount += 1;
    } else {
      lost[lostCount] = score;
      lostCount += 1;
    }
  }
  return [won.subarray(0, wonCount).sort(), lost.subarray(0, lostCount).sort()] as const;
}
