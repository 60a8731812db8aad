import type { Day } from "../core/calendar.ts";
import { methodLabel } from "../deals/chance-words.ts";
import type { Access } from "../store/access.ts";
import { wordExclusions, wordPitchReason } from "./pitch-reasons.ts";
import type { PitchRow } from "./pitch-rows.ts";
import type { PitchView, ViewedWave } from "./pitch-view.ts";

/**
 * An offer for programs: every wave with exact figures, and the rows that are wanted. `rows` at the top are the same as a
 * list that can be downloaded.
 */
export function pitchData(
  view: PitchView,
  about: {
    readonly today: Day;
    readonly access: Pick<Access, "owners">;
    /** The rows of a wave that are wanted. */
    readonly wanted: (wave: ViewedWave) => readonly PitchRow[];
  },
) {
  const { currency } = view.terms;
  const rowsOf = (wave: ViewedWave) => about.wanted(wave).map((row) => rowData(row, currency, about.today));
  return {
    offer: view.name,
    offerId: view.offer?.id ?? null,
    created: view.isCreated,
    currency,
    method: methodLabel(view.chances, about.access),
    interim: view.chances.kind === "scorecard",
    waves: view.waves.map((wave) => ({ ...waveData(wave, currency), rows: rowsOf(wave) })),
    rows: view.waves.flatMap((wave) =>
      rowsOf(wave).map(({ reasonCodes: _, ...row }) => ({ wave: wave.wave, ...row })),
    ),
  };
}

function waveData({ wave, status, totals, whole }: ViewedWave, currency: string) {
  const money = (amount: number) => ({ amount, currency });
  return {
    wave,
    status,
    accounts: totals.accounts,
    excluded: totals.excluded,
    heldOut: totals.heldOut,
    expectedMargin: money(totals.expectedMargin),
    low: money(totals.low),
    high: money(totals.high),
    effortHours: totals.effortMinutes / 60,
    marginPerHour: totals.marginPerHour === undefined ? null : money(totals.marginPerHour),
    whole,
  };
}

function rowData(row: PitchRow, currency: string, today: Day) {
  const { exclusions, reasons } = row;
  return {
    place: row.place,
    accountId: row.accountId,
    account: row.account,
    owner: row.owner ?? null,
    holder: row.holder?.name ?? null,
    status: row.status,
    probability: row.probability,
    low: row.low,
    high: row.high,
    value: { amount: row.value, currency },
    effortHours: row.effortMinutes / 60,
    expectedMargin: { amount: row.expectedMargin, currency },
    reasons: reasons.map(wordPitchReason),
    reasonCodes: reasons,
    ...(exclusions.length === 0 ? {} : { excluded: wordExclusions(exclusions, today) }),
    heldOut: row.isHoldOut,
  };
}
