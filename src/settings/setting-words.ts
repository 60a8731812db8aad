import { changeSettings, type Settings, type SettingsPatch } from "../core/settings.ts";
import { countOf } from "../wording.ts";
import { actionSettingWords } from "./action-setting-words.ts";
import { coverageSettingWords } from "./coverage-setting-words.ts";
import { digestSettingWords } from "./digest-setting-words.ts";
import { holidayCountries } from "./holiday-regions.ts";
import { leaderboardSettingWords } from "./leaderboard-setting-words.ts";
import { offerSettingWords } from "./offer-setting-words.ts";
import {
  countIn,
  currencyCodes,
  cutsIn,
  monthNamed,
  monthNames,
  nearNames,
  nearZones,
  percentages,
  zoneNamed,
} from "./setting-values.ts";
import { valueSettingWords } from "./value-setting-words.ts";

/** A setting with one value, as people type and read it. */
export interface SettingWord {
  /** What is typed: `time-zone`. */
  readonly name: string;
  /** Its key in the settings. */
  readonly key: keyof Settings;
  readonly label: string;
  /** A value that can be typed. */
  readonly example: string;
  /** What it means, in one sentence. */
  readonly hint: string;
  /** The few values it can have, as they are typed; without them, anything that `read` understands. */
  readonly choices?: readonly { readonly value: string; readonly label: string }[];
  /** Continues a value that can not be, where the setting's own words would be in another unit. */
  readonly problem?: string;
  /** Whether it can have no value; others can not. */
  readonly isOptional?: boolean;
  /** Whether standings follow from it, so that they are computed anew. */
  readonly isComputed: boolean;
  /** What was typed, as the setting has it; the settings themselves say whether it can be. */
  read(typed: string): SettingsPatch;
  /** The value as it could be typed. */
  typed(settings: Settings): string;
  /** The value as people read it. */
  show(settings: Settings): string;
}

/** Every setting with one value, in the order in which people read them. */
export const settingWords: readonly SettingWord[] = [
  {
    name: "currency",
    key: "currency",
    label: "Currency",
    example: "EUR",
    hint: "In which totals are shown; empty for that of most sales.",
    isOptional: true,
    isComputed: true,
    read: (typed) => ({
      currency: ["", "none"].includes(typed.toLowerCase()) ? undefined : typed.toUpperCase(),
    }),
    typed: ({ currency }) => currency ?? "",
    show: ({ currency }) => currency ?? "that of most sales",
  },
  {
    name: "time-zone",
    key: "timeZone",
    label: "Time zone",
    example: "Europe/Berlin",
    hint: "In which a day begins and ends.",
    isComputed: false,
    read: (typed) => ({ timeZone: zoneNamed(typed) }),
    typed: ({ timeZone }) => timeZone,
    show: ({ timeZone }) => timeZone,
  },
  {
    name: "fiscal-year",
    key: "fiscalYearStart",
    label: "Fiscal year begins in",
    example: "April",
    hint: "A fiscal year is called after the year it ends in.",
    choices: monthNames.map((name) => ({ value: name, label: name })),
    isComputed: false,
    read: (typed) => ({ fiscalYearStart: monthNamed(typed) }),
    typed: ({ fiscalYearStart }) => monthNames[fiscalYearStart - 1] ?? "",
    show: ({ fiscalYearStart }) => monthNames[fiscalYearStart - 1] ?? "",
  },
  {
    name: "window",
    key: "windowMonths",
    label: "Window",
    example: "24",
    hint: "What was bought in so many months makes the tier: 1 to 120.",
    isComputed: true,
    read: (typed) => ({ windowMonths: countIn(typed, "months?|m") }),
    typed: ({ windowMonths }) => String(windowMonths),
    show: ({ windowMonths }) => countOf(windowMonths, "month"),
  },
  {
    name: "compare",
    key: "compareDays",
    label: "Moves compare with",
    example: "90",
    hint: "The same window so many days earlier: 1 to 730.",
    isComputed: true,
    read: (typed) => ({ compareDays: countIn(typed, "days?|d") }),
    typed: ({ compareDays }) => String(compareDays),
    show: ({ compareDays }) => `${countOf(compareDays, "day")} earlier`,
  },
  {
    name: "cuts",
    key: "cuts",
    label: "Tier cuts",
    example: "80/95/99",
    hint: "Where tiers A, B and C end, in percent of cumulative spend.",
    isComputed: true,
    read: (typed) => ({ cuts: cutsIn(typed) }),
    typed: ({ cuts }) => percentages(cuts),
    show: ({ cuts }) => `${percentages(cuts)} %`,
  },
  {
    name: "revenue",
    key: "revenue",
    label: "Revenue",
    example: "net",
    hint: "Whether credit notes and refunds reduce spend.",
    choices: [
      { value: "net", label: "net: credit notes and refunds reduce it" },
      { value: "gross", label: "gross: credit notes and refunds do not count" },
    ],
    isComputed: true,
    read: (typed) => ({ revenue: typed.toLowerCase() as Settings["revenue"] }),
    typed: ({ revenue }) => revenue,
    show: ({ revenue }) => revenue,
  },
  {
    name: "visibility",
    key: "visibility",
    label: "Who sees which accounts",
    example: "team",
    hint: "Admins see all; a manager also sees the teams they manage.",
    choices: [
      { value: "all", label: "all: everybody sees every account" },
      { value: "team", label: "team: their own and their team's" },
      { value: "own", label: "own: only their own" },
    ],
    isComputed: false,
    read: (typed) => ({ visibility: typed.toLowerCase() as Settings["visibility"] }),
    typed: ({ visibility }) => visibility,
    show: ({ visibility }) =>
      ({ all: "everybody sees all", team: "their own and their team's", own: "only their own" })[visibility],
  },
  {
    name: "basis-days",
    key: "basisDays",
    label: "One sale within",
    example: "92",
    hint: "A payment or won deal is the one that is invoiced within so many days of it.",
    isComputed: true,
    read: (typed) => ({ basisDays: countIn(typed, "days?|d") }),
    typed: ({ basisDays }) => String(basisDays),
    show: ({ basisDays }) => countOf(basisDays, "day"),
  },
  {
    name: "measure",
    key: "measure",
    label: "Measure",
    example: "spend",
    hint: "What tiers rank accounts by.",
    isComputed: true,
    read: (typed) => ({ measure: typed.toLowerCase() as Settings["measure"] }),
    typed: ({ measure }) => measure,
    show: ({ measure }) => measure,
  },
  ...valueSettingWords,
  ...actionSettingWords,
  ...digestSettingWords,
  ...leaderboardSettingWords,
  ...coverageSettingWords,
  ...offerSettingWords,
];

export type ReadSetting =
  | { readonly ok: true; readonly patch: SettingsPatch }
  /** Whole sentences: what is wrong with the value, what would be right, and what may have been meant. */
  | { readonly ok: false; readonly problem: string; readonly near: readonly string[] };

/** What was typed for a setting, checked against the settings it would change. */
export function readSetting(word: SettingWord, typed: string, settings: Settings): ReadSetting {
  const value = typed.trim();
  if (value === "" && !word.isOptional)
    return { ok: false, problem: `Say a value, such as ${word.example}.`, near: [] };
  const patch = word.read(value);
  const outcome = changeSettings(settings, patch);
  if (outcome.ok) return { ok: true, patch };
  const near = nearest(value, word);
  const question = near.length > 0 ? ` Did you mean ${near.join(" or ")}?` : "";
  return {
    ok: false,
    problem: `"${value}" ${word.problem ?? outcome.faults[0]?.problem ?? "does not fit"}.${question}`,
    near,
  };
}

function nearest(typed: string, { name, choices }: SettingWord): readonly string[] {
  if (name === "currency") return nearNames(typed, currencyCodes);
  if (name === "time-zone") return nearZones(typed);
  if (name === "digest-holidays") return nearNames(typed, holidayCountries());
  return choices
    ? nearNames(
        typed,
        choices.map(({ value }) => value),
      )
    : [];
}
