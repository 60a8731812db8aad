import type { Context } from "../command.ts";
import { type OfferTerms, type WaveName, type WaveStatus, waveNames } from "../core/offers/offer.ts";
import type { OfferTotals } from "../core/offers/offer-totals.ts";
import type { ChanceMethod } from "../core/win/chance-method.ts";
import type { Offer, OfferHead } from "../store/offers.ts";
import { UsageError } from "../usage-error.ts";
import { currentRow, type PitchRow, plannedRow, totalsOfRows } from "./pitch-rows.ts";
import type { PitchPlan } from "./plan-pitch.ts";

/** An offer's accounts, wave by wave: a plan, or as the work on it stands. */
export interface PitchView {
  readonly name: string;
  /** Undefined for a plan that was not started. */
  readonly offer: OfferHead | undefined;
  readonly isCreated: boolean;
  readonly isClosed: boolean;
  readonly products: readonly string[];
  readonly filters: string;
  readonly snapshotId: number;
  readonly terms: OfferTerms;
  readonly chances: ChanceMethod;
  /** Those that have accounts. */
  readonly waves: readonly ViewedWave[];
}

export interface ViewedWave {
  readonly wave: WaveName;
  readonly status: WaveStatus;
  /** Those that are pitched, then those held out, then those held back, each best first. */
  readonly rows: readonly PitchRow[];
  readonly totals: OfferTotals;
  /** All accounts that the wave could have had. */
  readonly whole: number;
}

/** A plan as if it had been started. */
export function viewPlan({ draft }: PitchPlan): PitchView {
  const { accounts, whole, ...about } = draft;
  return {
    ...about,
    offer: undefined,
    isCreated: false,
    isClosed: false,
    waves: inWaves(accounts.map(plannedRow)).map(({ wave, rows }) =>
      viewWave({ wave, rows, status: "planned", whole: whole[wave] }),
    ),
  };
}

/** An offer as it stands now. */
export async function viewOffer(
  offer: Offer,
  isCreated: boolean,
  { store, now }: Context,
): Promise<PitchView> {
  const { rows } = await store.members(offer.id, { now }, { offset: 0 });
  const states = new Map(offer.waves.map((state) => [state.wave, state]));
  return {
    ...{ name: offer.name, products: offer.products, filters: offer.filters },
    ...{ snapshotId: offer.snapshotId, terms: offer.terms, chances: offer.chances },
    offer: { id: offer.id, name: offer.name },
    isCreated,
    isClosed: offer.closedAt !== undefined,
    waves: inWaves(rows).map(({ wave, rows: members }) => {
      const { status = "planned", whole = members.length } = states.get(wave) ?? {};
      return viewWave({ wave, rows: members, status, whole });
    }),
  };
}

/**
 * The wave that is asked for; else the first that is open, else the first that can be pitched at all.
 *
 * @throws UsageError for one without accounts.
 */
export function waveToShow(
  { name, waves }: Pick<PitchView, "name" | "waves">,
  asked: WaveName | undefined,
): ViewedWave | undefined {
  if (asked === undefined)
    return (
      waves.find(({ status }) => status === "open") ??
      waves.find(({ status, totals }) => status !== "closed" && totals.accounts > 0) ??
      waves[0]
    );
  const found = waves.find(({ wave }) => wave === asked);
  if (found) return found;
  throw new UsageError(
    `Nobody of "${name}" is in wave ${asked}. There ${waves.length === 1 ? "is" : "are"} ${waves.map(({ wave }) => wave).join(", ") || "no waves"}.`,
  );
}

function viewWave(wave: Omit<ViewedWave, "totals">): ViewedWave {
  const rows = wave.rows.map(currentRow);
  return { ...wave, rows, totals: totalsOfRows(rows) };
}

function inWaves(
  rows: readonly PitchRow[],
): readonly { readonly wave: WaveName; readonly rows: readonly PitchRow[] }[] {
  return waveNames
    .map((wave) => ({ wave, rows: rows.filter((row) => row.wave === wave) }))
    .filter((wave) => wave.rows.length > 0);
}
