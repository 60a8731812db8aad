import { groupScores } from "./score-groups.ts";

/** Rows next to each other whose probabilities mean the same chance. */
interface Block {
  /** Their mean probability. */
  readonly at: number;
  readonly rows: number;
  readonly won: number;
}

/**
 * The chances that never fall as the probability rises and fit the outcomes best: pool adjacent violators (Ayer et al.
 * 1955; Zadrozny & Elkan 2002). Given at the middle of each block, to be interpolated. A block at an end that was never, or
 * always, won has the chance of Laplace's rule, (won + 1) ÷ (rows + 2), or its neighbour's where that is nearer to the end:
 * no chance is 0 or 1.
 */
export function fitIsotonic(
  probabilities: ArrayLike<number>,
  outcomes: ArrayLike<number>,
): { readonly at: number[]; readonly to: number[] } {
  const blocks = poolViolators(probabilities, outcomes);
  const to = blocks.map(shareOf);
  const [first, second, beforeLast, last] = [blocks[0], blocks[1], blocks.at(-2), blocks.at(-1)];
  if (first?.won === 0) to[0] = Math.min(ruleOfLaplace(first), second ? middleOf(second) : 1);
  if (last && last.won === last.rows) {
    to[to.length - 1] = Math.max(ruleOfLaplace(last), beforeLast ? middleOf(beforeLast) : 0);
  }
  return { at: blocks.map(({ at }) => at), to };
}

function poolViolators(probabilities: ArrayLike<number>, outcomes: ArrayLike<number>): readonly Block[] {
  const groups = groupScores(probabilities, outcomes);
  const blocks: Block[] = [];
  for (let group = 0; group < groups.rows.length; group += 1) {
    let block: Block = {
      at: groups.scores[group] ?? 0,
      rows: groups.rows[group] ?? 0,
      won: groups.won[group] ?? 0,
    };
    for (let before = blocks.at(-1); before && shareOf(before) >= shareOf(block); before = blocks.at(-1)) {
      block = join(before, block);
      blocks.pop();
    }
    blocks.push(block);
  }
  return blocks;
}

function join(left: Block, right: Block): Block {
  const rows = left.rows + right.rows;
  const at = (left.at * left.rows + right.at * right.rows) / rows;
  return { at, rows, won: left.won + right.won };
}

function shareOf({ rows, won }: Block): number {
  return won / rows;
}

function ruleOfLaplace({ rows, won }: Block): number {
  return (won + 1) / (rows + 2);
}

/** A block's share, or by Laplace's rule where that would be certain. */
function middleOf(block: Block): number {
  return block.won === 0 || block.won === block.rows ? ruleOfLaplace(block) : shareOf(block);
}
