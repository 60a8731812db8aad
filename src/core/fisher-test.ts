/** How many of `drawn` have a trait that `marked` of `whole` have; drawn blindly, without putting any back. */
interface Draw {
  readonly whole: number;
  readonly marked: number;
  readonly drawn: number;
}

/** The logarithms of 0!, 1!, …, `most`!, which every probability below is read from. */
export function logFactorials(most: number): Float64Array {
  const logs = new Float64Array(most + 1);
  for (let number = 2; number <= most; number += 1) logs[number] = (logs[number - 1] ?? 0) + Math.log(number);
  return logs;
}

/**
 * How likely chance alone comes out at least as far from what is expected as `count`: twice the smaller tail of the
 * hypergeometric distribution (Fisher's exact test), at most 1.
 *
 * @param logs of all numbers up to `whole`, by `logFactorials`.
 */
export function chanceOf(draw: Draw, count: number, logs: Float64Array): number {
  return Math.min(1, 2 * Math.min(tailOf(draw, count, 1, logs), tailOf(draw, count, -1, logs)));
}

/** The smallest chance that any count could have: it depends on how many there are, never on which go together. */
export function leastChanceOf(draw: Draw, logs: Float64Array): number {
  const { fewest, most } = limitsOf(draw);
  return Math.min(chanceOf(draw, fewest, logs), chanceOf(draw, most, logs));
}

function limitsOf({ whole, marked, drawn }: Draw) {
  return { fewest: Math.max(0, drawn + marked - whole), most: Math.min(drawn, marked) };
}

/** The probability of `count` and of everything beyond it in one direction. */
function tailOf(draw: Draw, count: number, step: 1 | -1, logs: Float64Array): number {
  const { fewest, most } = limitsOf(draw);
  const mean = (draw.marked * draw.drawn) / draw.whole;
  // From this side of the middle on, the terms fall: the other side's tail is what they leave.
  if ((count - mean) * step < 0) return 1 - tailBeyond(draw, count - step, -step as 1 | -1, logs);
  return tailBeyond(draw, count, step, logs);

  function tailBeyond(of: Draw, from: number, direction: 1 | -1, table: Float64Array): number {
    if (from < fewest || from > most) return 0;
    let term = probabilityOf(of, from, table);
    let sum = 0;
    for (let at = from; at >= fewest && at <= most && term > sum * Number.EPSILON; at += direction) {
      sum += term;
      term *= ratioAt(of, at, direction);
    }
    return sum;
  }
}

/** The probability of the next count in a direction divided by that of this one. */
function ratioAt({ whole, marked, drawn }: Draw, at: number, direction: 1 | -1): number {
  const others = whole - marked - drawn;
  return direction === 1
    ? ((marked - at) * (drawn - at)) / ((at + 1) * (others + at + 1))
    : (at * (others + at)) / ((marked - at + 1) * (drawn - at + 1));
}

function probabilityOf({ whole, marked, drawn }: Draw, count: number, logs: Float64Array): number {
  const ways = (from: number, chosen: number) =>
    (logs[from] ?? 0) - (logs[chosen] ?? 0) - (logs[from - chosen] ?? 0);
  return Math.exp(ways(marked, count) + ways(whole - marked, drawn - count) - ways(whole, drawn));
}
