import type { SettledAction } from "../store/digest-reads.ts";
import type { DigestContent, ShownActions } from "../store/digests.ts";

/** What the actions of the last digest came to. */
export interface SinceLast {
  readonly shown: number;
  readonly done: number;
  readonly snoozed: number;
  readonly reassigned: number;
  readonly notRelevant: number;
  /** Nobody answered. */
  readonly open: readonly string[];
  /** Each of them, and how it ended if it did. */
  readonly ends: ReadonlyMap<string, SettledAction["how"] | undefined>;
}

/** Undefined where the last digest showed no action. */
export function sinceLast(
  content: DigestContent | undefined,
  settled: readonly SettledAction[],
): SinceLast | undefined {
  const shown = content?.shown?.at(-1);
  if (shown === undefined || shown.actions.length === 0) return undefined;
  const ends = shown.actions.map(({ id }) => ({ id, how: howItEnded(id, shown, settled) }));
  const count = (how: SettledAction["how"]) => ends.filter((end) => end.how === how).length;
  return {
    shown: ends.length,
    done: count("done"),
    snoozed: count("snoozed"),
    reassigned: count("reassigned"),
    notRelevant: count("not-relevant"),
    open: ends.flatMap(({ id, how }) => (how === undefined ? [id] : [])),
    ends: new Map(ends.map(({ id, how }) => [id, how])),
  };
}

/** By the newest answer since it was shown. */
function howItEnded(
  id: string,
  { at }: ShownActions,
  settled: readonly SettledAction[],
): SettledAction["how"] | undefined {
  const answers = settled.filter((each) => each.actionId === id && each.at.getTime() > Date.parse(at));
  return answers.reduce<SettledAction | undefined>(
    (newest, each) => (newest === undefined || each.at > newest.at ? each : newest),
    undefined,
  )?.how;
}
