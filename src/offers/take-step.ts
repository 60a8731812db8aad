import type { Context, Reply } from "../command.ts";
import { dayIn } from "../core/calendar.ts";
import type { Step } from "../core/offers/offer.ts";
import { findAccount } from "../find-account.ts";
import { minorUnits } from "../settings/people-words.ts";
import type { Offer, OfferMember, StepResult } from "../store/offers.ts";
import { UsageError } from "../usage-error.ts";
import { memberCard, wordStanding } from "./member-card.ts";
import { offerLine } from "./offer-lines.ts";
import { refusedStep, wordStatus } from "./refusal-words.ts";
import { resolveWorker } from "./resolve-worker.ts";
import { wordStatusReason } from "./ruling-words.ts";
import type { TypedStep } from "./step-words.ts";
import { waveSubject } from "./wave-words.ts";

/** Does something with one account of an offer, and shows it as it then stands. */
export async function takeTypedStep(
  offer: Offer,
  typed: { readonly account: string; readonly step: TypedStep },
  context: Context,
): Promise<Reply> {
  const { decisions, access, now } = context;
  const { timeZone } = access;
  const member = await requireMember(offer, typed.account, typed.step.kind, context);
  const step = await stepOf(typed.step, offer, context);
  const result = await decisions.step(offer.id, member.accountId, step, now);
  if (result.kind === "refused")
    throw refusedStep(result.why, result.member, offer, { timeZone, today: dayIn(now, timeZone) });
  const changed = (await context.store.offer(offer.id, now)) ?? offer;
  return memberCard(changed, result.member, context, {
    headline: wordDone(step, result, offer, timeZone),
    lines: result.ruled.map(({ wave, status, reason }) => {
      const why = wordStatusReason(reason, offer.terms);
      return `${waveSubject(wave)} is ${status} now${why === "" ? "." : `: ${why}.`}`;
    }),
  });
}

/**
 * The account of an offer that typed words mean.
 *
 * @throws UsageError for one that is not in the offer.
 */
export async function requireMember(
  offer: Offer,
  typed: string,
  verb: string,
  context: Context,
): Promise<OfferMember> {
  const { id, name } = await findAccount(typed, offerLine(offer, verb), context);
  const { rows } = await context.store.members(
    offer.id,
    { accountId: id, now: context.now },
    { offset: 0, limit: 1 },
  );
  const [member] = rows;
  if (member) return member;
  throw new UsageError(
    `${name} is not in "${offer.name}": its waves have the best A, B and C accounts and prospects that resemble A, as they were when it started.`,
    [{ label: offer.name, line: offerLine(offer) }],
  );
}

async function stepOf(typed: TypedStep, { terms }: Offer, context: Context): Promise<Step> {
  switch (typed.kind) {
    case "assign":
      return { kind: "assign", to: await resolveWorker(typed.to, context) };
    case "outcome": {
      const { amount, ...others } = typed;
      return { ...others, ...(amount === undefined ? {} : { amount: minorUnits(amount, terms.currency) }) };
    }
    case "skip":
    case "reopen":
      return { kind: typed.kind, reason: typed.reason };
    default:
      return { kind: typed.kind };
  }
}

function wordDone(
  step: Step,
  { kind, member, isCorrection }: Exclude<StepResult, { kind: "refused" }>,
  { name }: Offer,
  timeZone: string,
): string {
  const { account } = member;
  const standing = wordStanding(member, timeZone);
  if (kind === "unchanged") return `Nothing changes: ${account} in "${name}" is ${standing} already`;
  switch (step.kind) {
    case "claim":
      return `${account} is yours${standing.includes(" until ") ? standing.slice(standing.indexOf(" until ")) : ""}`;
    case "release":
      return `${account} is free to claim again`;
    case "assign":
      return `${account} is with ${step.to.name} now`;
    case "skip":
      return `${account} is skipped`;
    case "reopen":
      return `${account} is open again: ${standing}`;
    case "outcome":
      return `${account}: ${isCorrection ? "corrected to " : ""}${wordStatus(step.outcome)}`;
  }
}
