import type { OfferSettings } from "../core/settings.ts";
import { countOf, formatCount } from "../wording.ts";
import { countIn, thousandthsIn } from "./setting-values.ts";
import type { SettingWord } from "./setting-words.ts";

interface OfferWord {
  readonly name: string;
  readonly part: keyof OfferSettings;
  readonly label: string;
  readonly example: string;
  readonly hint: string;
  /** What may stand behind the number, as a regular expression. */
  readonly unit: string;
  readonly show: (value: number) => string;
}

const percent = (value: number) => `${value} %`;
const minutes = (wave: string, name: string, part: keyof OfferSettings, example: string): OfferWord => ({
  name,
  part,
  label: `Minutes for a pitch, ${wave}`,
  example,
  hint: `What a pitch to an account of ${wave} takes where nobody types hours: 1 to 6000.`,
  unit: "minutes?|min",
  show: (value) => countOf(value, "minute"),
});
const weight = (name: string, part: keyof OfferSettings, what: string): OfferWord => ({
  name,
  part,
  label: `Weight of ${what}`,
  example: "100",
  hint: `How much ${what} counts in the scorecard of offers, in percent of what is usual: 0 to 500.`,
  unit: "%",
  show: percent,
});

const words: readonly OfferWord[] = [
  minutes("wave A", "offer-minutes-a", "minutesA", "120"),
  minutes("wave B", "offer-minutes-b", "minutesB", "90"),
  minutes("wave C", "offer-minutes-c", "minutesC", "60"),
  minutes("the lookalikes", "offer-minutes-lookalikes", "minutesLookalikes", "90"),
  {
    name: "offer-floor",
    part: "floorPerHour",
    label: "Least margin per hour of offers",
    example: "100",
    hint: "Below it a wave is not worth its hours, in whole units of the currency.",
    unit: "",
    show: formatCount,
  },
  {
    name: "offer-rest-days",
    part: "restDays",
    label: "Rest between offers",
    example: "30",
    hint: "No account is pitched twice within so many days: 0 to 730.",
    unit: "days?|d",
    show: (value) => countOf(value, "day"),
  },
  {
    name: "offer-open-at",
    part: "openAtPercent",
    label: "Next wave opens at",
    example: "80",
    hint: "When so many percent of the wave before are resolved: 1 to 100.",
    unit: "%",
    show: (value) => `${value} % resolved`,
  },
  {
    name: "offer-least-outcomes",
    part: "leastOutcomes",
    label: "Stop rule waits for",
    example: "8",
    hint: "A wave is judged after so many outcomes, or half of its accounts: 1 to 1000.",
    unit: "outcomes?",
    show: (value) => countOf(value, "outcome"),
  },
  {
    name: "offer-pause-above",
    part: "pauseAbovePercent",
    label: "Stop rule pauses above",
    example: "90",
    hint: "A wave pauses when it is below the least margin per hour with more than this probability: 50 to 99.",
    unit: "%",
    show: percent,
  },
  {
    name: "offer-claim-hours",
    part: "claimHours",
    label: "A claim lasts",
    example: "72",
    hint: "Who claims an account keeps it for so many hours: 1 to 2000.",
    unit: "hours?|h",
    show: (value) => countOf(value, "hour"),
  },
  {
    name: "offer-wave-size",
    part: "waveSize",
    label: "Most accounts of a wave",
    example: "200",
    hint: "A wave has the best so many accounts: 1 to 1000.",
    unit: "accounts?",
    show: (value) => countOf(value, "account"),
  },
  {
    name: "offer-base",
    part: "basePercent",
    label: "Pitches won, where nothing is known",
    example: "20",
    hint: "What the scorecard of offers starts from, in percent: 1 to 99.",
    unit: "%",
    show: percent,
  },
  weight("offer-weight-tier", "weightTier", "the tier"),
  weight("offer-weight-similar", "weightSimilar", "similar accounts"),
  weight("offer-weight-recency", "weightRecency", "the last purchase"),
  weight("offer-weight-fit", "weightFit", "products that go together"),
  weight("offer-weight-answers", "weightAnswers", "answers to earlier offers"),
];

/** Percent with one decimal is what people type; the setting has thousandths. */
const margin: SettingWord = {
  name: "offer-margin",
  key: "offers",
  label: "Margin of offers",
  example: "40",
  hint: "How many percent of a sale are margin: 0.1 to 100.",
  problem: "must be a percentage from 0.1 to 100",
  isComputed: false,
  read: (typed) => ({ offers: { margin: thousandthsIn(typed) } }),
  typed: ({ offers }) => String(offers.margin / 10),
  show: ({ offers }) => percent(offers.margin / 10),
};

/** How offers are judged and worked, as people type and read it. */
export const offerSettingWords: readonly SettingWord[] = [margin, ...words.map(asSettingWord)];

function asSettingWord({ part, unit, show, ...about }: OfferWord): SettingWord {
  return {
    ...about,
    key: "offers",
    isComputed: false,
    read: (typed) => ({ offers: { [part]: countIn(typed, unit) } }),
    typed: ({ offers }) => String(offers[part]),
    show: ({ offers }) => show(offers[part]),
  };
}
