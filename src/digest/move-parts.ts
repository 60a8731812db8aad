import type { Line, Span } from "../command.ts";
import { daysBetween } from "../core/calendar.ts";
import { moveKind, moveKinds } from "../core/moves.ts";
import { wordCounts, wordMove } from "../move-words.ts";
import { wordRedefined } from "../redefinition-words.ts";
import type { Snapshot } from "../store/reads.ts";
import { formatCount, formatDay } from "../wording.ts";
import type { DigestFacts, MovesFound } from "./digest-facts.ts";
import { clip, nameSpan, type Part } from "./digest-parts.ts";

/** Moves that are told one by one where there is room. */
const MOST_MOVES = 3;
const LONGEST_WHY = 80;

/** Who changed tier since the last digest, and why. */
export function moveParts({ moves, snapshot, scope }: DigestFacts): readonly Part[] {
  const [first, ...others] = moves?.rows ?? [];
  if (moves === undefined || first === undefined) return [];
  const all = moved(moves);
  const told = [first, ...others].slice(0, MOST_MOVES);
  const rest = all - told.length;
  const since = `since ${formatDay(moves.since)}`;
  return [
    {
      name: "moves",
      line: [
        ...moveSpans(first, snapshot),
        all === 1 ? ` (${since})` : ` (${wordCounts(moves.counts)} ${since})`,
      ],
      ...(all > 1 && {
        roomy: [
          [`Tiers ${since}: ${wordCounts(moves.counts)}`],
          ...told.map(
            (row, index): Line => [
              "• ",
              ...moveSpans(row, snapshot),
              ...(rest > 0 && index === told.length - 1 ? [`; ${formatCount(rest)} more`] : []),
            ],
          ),
        ],
      }),
      actions: [{ kind: "run", label: "What moved", line: movedLine(moves, snapshot, scope) }],
      isNews: true,
    },
  ];
}

export function moved({ counts }: Pick<MovesFound, "counts">): number {
  return moveKinds.reduce((sum, kind) => sum + counts[kind], 0);
}

function moveSpans(row: MovesFound["rows"][number], snapshot: Snapshot): readonly Span[] {
  const { account, tier, previousTier, reason, redefined } = row;
  const why = redefined ? wordRedefined(redefined) : wordMove(reason, snapshot);
  const where = {
    rose: ` rose from ${previousTier} to ${tier}`,
    fell: ` fell from ${previousTier} to ${tier}`,
    new: ` is new in ${tier}`,
    gone: ` left ${previousTier}`,
  }[moveKind(row)];
  return [nameSpan(account), `${where}: ${clip(why, LONGEST_WHY)}`];
}

/** The same list where it is told whole. */
function movedLine(
  { since }: MovesFound,
  { asOf }: Pick<Snapshot, "asOf">,
  { isMine, filters }: DigestFacts["scope"],
): string {
  const days = daysBetween(since, asOf);
  return ["moved", ...(days > 0 ? [`${days}d`] : []), ...(isMine ? ["mine"] : []), filters]
    .filter((word) => word !== "")
    .join(" ");
}
