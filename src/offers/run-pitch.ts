import type { Context, Reply } from "../command.ts";
import { isManaging } from "../core/access.ts";
import { type Day, dayIn } from "../core/calendar.ts";
import { requireSnapshot } from "../list-accounts.ts";
import type { Paged } from "../paging.ts";
import { formatQuery } from "../query.ts";
import type { Candidates, Offer } from "../store/offers.ts";
import type { Snapshot } from "../store/reads.ts";
import { offerNamed, openOffer } from "./find-offer.ts";
import { nobodyToPitch } from "./nobody-to-pitch.ts";
import { pitchReply } from "./pitch-reply.ts";
import { type PitchView, viewOffer, viewPlan } from "./pitch-view.ts";
import { readPitch, type TypedPitch } from "./pitch-words.ts";
import { planPitch } from "./plan-pitch.ts";
import { isWord } from "./reason-words.ts";

/** How an offer is called in a preview that nobody has given a name. */
const UNNAMED = "New offer";

/**
 * Shows the offer of that name, or without a name the one that was started last and still runs; plans and, for managers,
 * starts one that is not there yet.
 */
export async function runPitch(words: readonly string[], paged: Paged, context: Context): Promise<Reply> {
  const snapshot = await requireSnapshot(context, paged.query);
  const { settings } = context.access;
  const today = dayIn(context.now, settings.timeZone);
  const typed = readPitch(words, today);
  const known = await (typed.name === undefined ? newestRunning(context) : offerNamed(typed.name, context));
  if (known) return showOffer(known, typed, { isCreated: false, paged, today, context, notes: [] });

  const plan = await planPitch(context, snapshot, { ...typed, name: typed.name ?? UNNAMED }, paged.query, {
    settings: settings.offers,
    today,
  });
  const { draft, evidence } = plan;
  const view = viewPlan(plan);
  const notes = evidenceNotes(draft.products, evidence);
  const showPlan = (...more: readonly string[]) =>
    pitchReply(view, {
      ...{ paged, snapshot, today, asked: typed.wave, access: context.access },
      notes: [...more, ...notes],
    });
  if (!view.waves.some(({ totals }) => totals.accounts > 0)) {
    return { ...showPlan("Nothing was started."), headline: nobodyToPitch(view) };
  }
  if (typed.name === undefined)
    return showPlan('This is a preview: no offer runs. A manager starts one by its name: `pitch "<offer>"`.');
  if (!isManaging(context.access.role))
    return showPlan("This is a preview: a manager starts it. Only then are accounts claimed.");
  if (typed.isPreview) {
    const reply = showPlan("This is a preview: nothing was started.");
    const [name = "", ...words] = paged.query.words;
    const line = formatQuery("pitch", {
      ...paged.query,
      page: 1,
      words: [name, ...words.filter((word) => !isWord(word, "preview"))],
    });
    return {
      ...reply,
      actions: [{ kind: "run", label: "Start", line, style: "primary" }, ...(reply.actions ?? [])],
    };
  }
  const { id, isNew } = await context.decisions.createOffer(draft, context.now);
  const offer = await openOffer({ id }, context);
  return showOffer(offer, typed, { isCreated: isNew, paged, today, context, notes });
}

async function showOffer(
  offer: Offer,
  typed: TypedPitch,
  about: {
    readonly isCreated: boolean;
    readonly paged: Paged;
    readonly today: Day;
    readonly context: Context;
    readonly notes: readonly string[];
  },
): Promise<Reply> {
  const { isCreated, paged, context, notes, today } = about;
  const view: PitchView = await viewOffer(offer, isCreated, context);
  const kept: Snapshot | undefined = await context.store.snapshot(offer.snapshotId);
  const ignored = !isCreated && (typed.hasTerms || Object.keys(paged.query.filters).length > 0);
  return pitchReply(view, {
    ...{ paged, today, asked: typed.wave, access: context.access },
    snapshot: kept?.id === offer.snapshotId ? kept : undefined,
    notes: [
      ...(ignored
        ? [
            `"${offer.name}" is there already: it keeps its terms and accounts. Choose another name for another offer.`,
          ]
        : []),
      ...notes,
    ],
  });
}

async function newestRunning(context: Context): Promise<Offer | undefined> {
  const running = (await context.store.offers(context.now)).find(({ closedAt }) => closedAt === undefined);
  return running && openOffer(running, context);
}

/** What the chances could not be judged by. */
function evidenceNotes(products: readonly string[], { buyers }: Candidates["evidence"]): readonly string[] {
  if (products.length === 0)
    return [
      "No product was named, so nobody counts as having it already and buyers of it say nothing about chances. Add product:X where it is one of the data.",
    ];
  return buyers === 0
    ? [`Nobody bought ${products.join(", ")} yet, so similar buyers say nothing about chances.`]
    : [];
}
