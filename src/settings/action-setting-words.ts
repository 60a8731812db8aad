import type { ActionSettings } from "../core/settings.ts";
import { countOf, formatCount } from "../wording.ts";
import { countIn } from "./setting-values.ts";
import type { SettingWord } from "./setting-words.ts";

interface ActionWord {
  readonly name: string;
  readonly part: keyof ActionSettings;
  readonly label: string;
  readonly example: string;
  readonly hint: string;
  readonly read: (typed: string) => number;
  readonly show: (value: number) => string;
}

const words: readonly ActionWord[] = [
  {
    name: "actions-per-person",
    part: "perHolder",
    label: "Most actions per person",
    example: "10",
    hint: "Nobody is shown more open actions than this: 1 to 100.",
    read: (typed) => countIn(typed, "actions?"),
    show: (value) => countOf(value, "action"),
  },
  {
    name: "actions-cool-down",
    part: "coolDownDays",
    label: "Accounts rest after an action",
    example: "14",
    hint: "For so many days after something was done, nothing but complaints, renewals and offers is proposed: 0 to 365.",
    read: (typed) => countIn(typed, "days?|d"),
    show: (value) => countOf(value, "day"),
  },
  {
    name: "reward-budget",
    part: "rewardBudget",
    label: "Budget for thank-yous",
    example: "1000",
    hint: "For a fiscal year, in whole units of the currency: 0 to 100,000,000.",
    read: amountIn,
    show: (value) => `${formatCount(value)} a year`,
  },
];

/** What is proposed to whom, as people type and read it. */
export const actionSettingWords: readonly SettingWord[] = words.map(({ part, read, show, ...about }) => ({
  ...about,
  key: "actions",
  isComputed: false,
  read: (typed) => ({ actions: { [part]: read(typed) } }),
  typed: ({ actions }) => String(actions[part]),
  show: ({ actions }) => show(actions[part]),
}));

/** `250000` or `250,000`; NaN for anything else. */
function amountIn(typed: string): number {
  return /^\d{1,9}$|^\d{1,3}([,' ]\d{3})+$/.test(typed) ? Number(typed.replace(/\D/g, "")) : Number.NaN;
}
