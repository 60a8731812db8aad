import { type Bought, liftOf } from "../core/offers/results.ts";
import { countOf, formatShare } from "../wording.ts";

/** What pitching changed against those that nobody pitches; nothing where nobody was kept out. */
export function wordLift(about: { readonly pitched: Bought; readonly holdOut: Bought }): readonly string[] {
  const { pitched, holdOut } = about;
  if (holdOut.accounts === 0) return [];
  const lift = liftOf(about);
  if (!lift) return ["Too early to say what pitching changes: no pitched account has an outcome yet."];
  const points = (share: number) => `${share < 0 ? "−" : "+"}${Math.abs(Math.round(share * 100))}`;
  const compared = `Of ${countOf(pitched.accounts, "pitched account")} ${formatShare(lift.pitchedShare)} bought since, of ${holdOut.accounts} kept out ${formatShare(lift.holdOutShare)}: ${points(lift.difference)} points, with 95 % probability ${points(lift.low)} to ${points(lift.high)}.`;
  return [lift.isCertain ? compared : `${compared} That can still be chance: too early to say.`];
}
