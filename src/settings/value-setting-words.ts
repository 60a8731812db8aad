import type { ValueSettings } from "../core/settings.ts";
import { countOf } from "../wording.ts";
import { countIn, thousandthsIn } from "./setting-values.ts";
import type { SettingWord } from "./setting-words.ts";

interface ValueWord {
  readonly name: string;
  readonly part: keyof ValueSettings;
  readonly label: string;
  readonly example: string;
  readonly hint: string;
  /** What may stand behind the number, as a regular expression. */
  readonly unit: string;
  readonly show: (value: number) => string;
}

const percent = (value: number) => `${value} %`;

const words: readonly ValueWord[] = [
  {
    name: "value-discount",
    part: "discountPercent",
    label: "Discount of lifetime values",
    example: "10",
    hint: "How many percent less money of next year is worth today: 0 to 100.",
    unit: "%",
    show: (value) => `${percent(value)} a year`,
  },
  {
    name: "value-horizon",
    part: "horizonMonths",
    label: "Lifetime values look ahead",
    example: "36",
    hint: "How many months of expected purchases count: 3 to 120.",
    unit: "months?|m",
    show: (value) => countOf(value, "month"),
  },
  {
    name: "value-quiet-below",
    part: "quietBelowPercent",
    label: "Gone quiet below",
    example: "50",
    hint: "An account has gone quiet when it is still a customer with a smaller chance than this: 1 to 99.",
    unit: "%",
    show: (value) => `${percent(value)} likely still a customer`,
  },
];

/** Percent with one decimal is what people type; the setting has thousandths. */
const margin: SettingWord = {
  name: "value-margin",
  key: "value",
  label: "Margin of lifetime values",
  example: "40",
  hint: "How many percent of what accounts will buy are margin: 0.1 to 100.",
  problem: "must be a percentage from 0.1 to 100",
  isComputed: true,
  read: (typed) => ({ value: { margin: thousandthsIn(typed) } }),
  typed: ({ value }) => String(value.margin / 10),
  show: ({ value }) => percent(value.margin / 10),
};

/** How lifetime values become money of today, as people type and read it. */
export const valueSettingWords: readonly SettingWord[] = [margin, ...words.map(asSettingWord)];

function asSettingWord({ part, unit, show, ...about }: ValueWord): SettingWord {
  return {
    ...about,
    key: "value",
    isComputed: true,
    read: (typed) => ({ value: { [part]: countIn(typed, unit) } }),
    typed: ({ value }) => String(value[part]),
    show: ({ value }) => show(value[part]),
  };
}
