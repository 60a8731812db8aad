import { type CoverageLevel, coverageLevels } from "../core/coverage/levels.ts";
import type { CoverageSettings } from "../core/settings.ts";
import { countOf, formatCount } from "../wording.ts";
import { countIn } from "./setting-values.ts";
import type { SettingWord } from "./setting-words.ts";

interface CoverageWord {
  readonly name: string;
  readonly part: keyof CoverageSettings;
  readonly label: string;
  readonly example: string;
  readonly hint: string;
  /** What may stand behind the number, as a regular expression. */
  readonly unit: string;
  readonly show: (value: number) => string;
}

const parts = {
  strategic: { hours: "hoursStrategic", cost: "costStrategic", usual: ["120", "100"] },
  field: { hours: "hoursField", cost: "costField", usual: ["40", "80"] },
  inside: { hours: "hoursInside", cost: "costInside", usual: ["10", "50"] },
  "self-serve": { hours: "hoursSelfServe", cost: "costSelfServe", usual: ["1", "20"] },
} as const satisfies Readonly<Record<CoverageLevel, unknown>>;

const ofLevel = (level: CoverageLevel): readonly CoverageWord[] => [
  {
    name: `coverage-hours-${level}`,
    part: parts[level].hours,
    label: `Hours for an account, ${level}`,
    example: parts[level].usual[0],
    hint: `Hours a year that ${level} coverage of one account takes: 0 to 2000.`,
    unit: "hours?|h",
    show: (value) => `${countOf(value, "hour")} a year`,
  },
  {
    name: `coverage-cost-${level}`,
    part: parts[level].cost,
    label: `Cost of an hour, ${level}`,
    example: parts[level].usual[1],
    hint: `What an hour of ${level} coverage costs, in whole units of the currency: 0 to 10000.`,
    unit: "",
    show: formatCount,
  },
];

const words: readonly CoverageWord[] = [
  ...coverageLevels.flatMap(ofLevel),
  {
    name: "coverage-most",
    part: "mostPercent",
    label: "Most that coverage may cost",
    example: "15",
    hint: "An account gets the most intensive level that costs at most so many percent of the margin at stake: 1 to 100.",
    unit: "%",
    show: (value) => `${value} % of the margin at stake`,
  },
  {
    name: "coverage-winnable",
    part: "winnablePercent",
    label: "Winnable part of potential",
    example: "20",
    hint: "How many percent of what an account could bring beyond today's margin count as at stake: 0 to 100.",
    unit: "%",
    show: (value) => `${value} %`,
  },
  {
    name: "coverage-person-hours",
    part: "personHours",
    label: "Hours one person has",
    example: "1200",
    hint: "Hours a year that one person has for customers: 100 to 3000.",
    unit: "hours?|h",
    show: (value) => `${countOf(value, "hour")} a year`,
  },
];

/** What serving accounts takes, as people type and read it. */
export const coverageSettingWords: readonly SettingWord[] = words.map(({ part, unit, show, ...about }) => ({
  ...about,
  key: "coverage",
  isComputed: false,
  read: (typed) => ({ coverage: { [part]: countIn(typed, unit) } }),
  typed: ({ coverage }) => String(coverage[part]),
  show: ({ coverage }) => show(coverage[part]),
}));
