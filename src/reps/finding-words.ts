import type { Entry } from "../command.ts";
import { cleanText, isolateDirection } from "../core/names.ts";
import type { Dimension, Finding, SuggestionCode } from "../core/reps/coach-findings.ts";
import { formatCount } from "../wording.ts";
import { percent } from "./board-words.ts";

/** One finding: what it is, the figures, and what to do about it. */
export function findingEntry(finding: Finding): Entry {
  return {
    lines: [
      [
        { text: subjectOf(finding), style: "bold" },
        ` ${finding.direction === "beats" ? "beats" : "lags"} what was to be expected`,
      ],
      [evidenceOf(finding)],
      [`Suggestion: ${suggestionOf(finding)}`],
    ],
  };
}

/** "Product GTX Pro", "Days to win". */
export function subjectOf({ dimension, value }: Pick<Finding, "dimension" | "value">): string {
  const name = isolateDirection(cleanText(value));
  if (dimension === "tier") return value === "prospect" ? "Prospects" : `Tier ${name}`;
  return value === "" ? titles[dimension] : `${titles[dimension]} ${name}`;
}

const titles: Readonly<Record<Dimension, string>> = {
  product: "Product",
  industry: "Industry",
  region: "Region",
  source: "Source",
  tier: "Tier",
  stage: "Stage",
  cycle: "Days to win",
  discount: "Discount",
};

function evidenceOf({ dimension, figures }: Finding): string {
  const { n, observed, expected } = figures;
  switch (dimension) {
    case "cycle":
      return `${formatCount(n)} won deals took ${formatCount(Math.round(Math.exp(observed)))} days, typically; ${formatCount(Math.round(Math.exp(expected)))} were to be expected of deals like them.`;
    case "discount":
      return `${formatCount(n)} won deals went at ${percent(observed)} below list price on average; those of others for the same products at ${percent(expected)}.`;
    case "stage":
      return `${formatCount(observed)} of ${formatCount(n)} open deals in it are no older than nine of ten won ones ever got; by those of others ${expected.toFixed(1)} would be.`;
    default:
      return `${formatCount(observed)} of ${formatCount(n)} closed deals were won; ${expected.toFixed(1)} were to be expected of deals like them.`;
  }
}

function suggestionOf({ suggestion, ...finding }: Finding): string {
  return suggestions[suggestion](subjectOf(finding));
}

const suggestions: Readonly<Record<SuggestionCode, (subject: string) => string>> = {
  "share-how": () => "show the others how these deals are run, step by step, on one that is open now.",
  "shadow-champion": () => "go along on two such deals with a colleague who wins more of them than expected.",
  "train-product": () =>
    "take the next three offers of it through with product marketing before they go out.",
  "learn-industry": () =>
    "collect what the last five lost deals there had in common, and ask a customer there what counts.",
  "qualify-earlier": () =>
    "close or move the oldest three this week, and ask for budget and decision maker one stage earlier.",
  "plan-steps": () => "agree the next step and its day with the customer before each call ends.",
  "hold-price": () =>
    "offer something else than price first, and have larger discounts looked at before they are named.",
};

/** What a finding says, for programs: days as they typically are. */
export function findingData({ dimension, value, direction, figures, chance, suggestion }: Finding) {
  const days = dimension === "cycle" ? Math.exp : (figure: number) => figure;
  const [observed, expected] = [days(figures.observed), days(figures.expected)];
  return {
    ...{ dimension, value, direction, n: figures.n, observed, expected },
    ratio: expected > 0 ? observed / expected : null,
    ...{ chance, suggestion },
  };
}
