import type { Context } from "../command.ts";
import type { MovedKind, OpenActions } from "../store/actions.ts";
import { countOf, formatCount } from "../wording.ts";
import { kindNames } from "./kind-words.ts";

/** What is proposed and not in the list, and why it waits. */
export function heldBackNotes(
  { heldBack: { byAccount, byCap, byCoolDown, byAnswer } }: Pick<OpenActions, "heldBack">,
  { access }: Pick<Context, "access">,
): readonly string[] {
  if (byAccount + byCap + byCoolDown + byAnswer === 0) return [];
  const { perHolder, coolDownDays } = access.settings.actions;
  const waiting = [
    ...(byCap > 0 ? [`${formatCount(byCap)} since nobody is shown more than ${perHolder}`] : []),
    ...(byAccount > 0
      ? [`${formatCount(byAccount)} since their account has something better to do first`]
      : []),
    ...(byCoolDown > 0
      ? [
          `${formatCount(byCoolDown)} since something was done with their account in the last ${countOf(coolDownDays, "day")}`,
        ]
      : []),
    ...(byAnswer > 0 ? [`${formatCount(byAnswer)} since they were answered`] : []),
  ];
  return [`Held back: ${waiting.join(", ")}.`];
}

/** Which kinds answers moved up and down in the order, and by how many answers. */
export function movedNotes({ moved }: Pick<OpenActions, "moved">): readonly string[] {
  const [up, down] = [moved.filter(({ factor }) => factor > 1), moved.filter(({ factor }) => factor < 1)];
  const parts = [
    ...(up.length > 0 ? [`up went ${up.map(wordMoved).join(", ")}`] : []),
    ...(down.length > 0 ? [`down went ${down.map(wordMoved).join(", ")}`] : []),
  ];
  return parts.length === 0 ? [] : [`Answers so far changed the order: ${parts.join("; ")}.`];
}

/** "renewals (9 of 10 done)". */
function wordMoved({ kind, done, notRelevant }: MovedKind): string {
  return `${kindNames[kind][1]} (${formatCount(done)} of ${formatCount(done + notRelevant)} done)`;
}
