import type { Table } from "../command.ts";
import type { Day } from "../core/calendar.ts";
import { formatMoney } from "../core/money.ts";
import { formatHours, formatInterval } from "./figure-words.ts";
import { wordExclusions, wordShortly } from "./pitch-reasons.ts";
import { isHeldBack, type PitchRow } from "./pitch-rows.ts";
import type { PitchView, ViewedWave } from "./pitch-view.ts";

/** Accounts of a wave with chance, worth, effort, reasons, and who works them. */
export function pitchTable(
  { wave }: ViewedWave,
  shown: readonly PitchRow[],
  view: PitchView,
  today: Day,
): Table {
  const { currency } = view.terms;
  const money = (amount: number) => ({ text: formatMoney({ amount, currency }), value: amount });
  return {
    caption: `Wave ${wave} of ${view.name}, most margin per hour first`,
    columns: [
      { title: "#", align: "right" },
      { title: "Account" },
      { title: "Chance", align: "right" },
      { title: "Expected margin", align: "right" },
      { title: "Hours", align: "right" },
      { title: "Why" },
      { title: "Who" },
    ],
    rows: shown.map((row) => [
      { text: String(row.place), value: row.place },
      { text: row.account },
      { text: formatInterval(row), value: row.probability },
      money(row.expectedMargin),
      { text: formatHours(row.effortMinutes), value: row.effortMinutes / 60 },
      {
        text: isHeldBack(row)
          ? `held back: ${wordExclusions(row.exclusions, today)}`
          : wordShortly(row.reasons),
      },
      { text: whoWorks(row) },
    ]),
  };
}

/** Who has it, or what became of it. */
function whoWorks({ isHoldOut, status, holder, ...row }: PitchRow): string {
  if (isHoldOut) return "kept out";
  if (isHeldBack({ status, ...row })) return "nobody";
  if (status === "held" || status === "open") return holder?.name ?? "free";
  return `${status}${holder ? `, ${holder.name}` : ""}`;
}
