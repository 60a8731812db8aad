import type { Action, Reply } from "../command.ts";
import { type AtRisk, largestAtRisk } from "../core/outlook/at-risk.ts";
import { outlookOf } from "../core/outlook/outlook.ts";
import { isNeededKnown, replacementOf } from "../core/outlook/replacement.ts";
import type { SimulatedOutlook } from "../core/outlook/simulate-outlook.ts";
import type { ValueFit } from "../core/value/value-fit.ts";
import { chooseAccount } from "../find-account.ts";
import { formatQuery, type Query } from "../query.ts";
import type { Access } from "../store/access.ts";
import type { OutlookBasis } from "../store/outlook.ts";
import type { Snapshot } from "../store/reads.ts";
import { formatChance, formatEstimate } from "../value/value-words.ts";
import { scopeNotes, stampOf } from "../wording.ts";
import { acquisitionLines, beginningNotes } from "./acquisition-words.ts";
import { explainFacts, methodNotes } from "./method-words.ts";
import { outlookChart } from "./outlook-chart.ts";
import { outlookData } from "./outlook-data.ts";
import { headlineOf, outlookLines, standStillLines } from "./outlook-lines.ts";
import { type OutlookOptions, outlookWords } from "./outlook-options.ts";
import { outlookTable } from "./outlook-table.ts";
import { replacementLines } from "./replacement-words.ts";
import { changeLines, type WhatIfAnswer, whatIfHeadline } from "./what-if-words.ts";

/** Accounts at risk that are named. */
const MOST_NAMED = 5;

/** What an answer is made of. */
interface OutlookAnswer {
  readonly simulated: SimulatedOutlook;
  readonly basis: OutlookBasis;
  readonly fit: ValueFit;
  /** Undefined where nothing else is supposed. */
  readonly whatIf: WhatIfAnswer | undefined;
  /** Names of accounts, by id. */
  readonly names: ReadonlyMap<string, string>;
  readonly options: OutlookOptions;
  readonly query: Query;
  readonly snapshot: Snapshot;
  readonly access: Access;
  /** What is selected, as people read it: " (mine)". */
  readonly suffix: string;
}

/** Accounts that the answer names, the most to lose first, and not the one that is lost already. */
export function namedAtRisk(simulated: SimulatedOutlook, lostId: string | undefined): readonly AtRisk[] {
  return largestAtRisk(simulated, MOST_NAMED, lostId);
}

export function outlookReply(answer: OutlookAnswer): Reply {
  const { simulated, basis, fit, whatIf, names, options, snapshot, access, suffix } = answer;
  const { currency } = snapshot;
  const base = outlookOf(simulated);
  const shown = whatIf?.outlook ?? base;
  const replacement = replacementOf(base, simulated.acquisition);
  const atRisk = namedAtRisk(simulated, whatIf?.lost?.accountId).map((one) => ({
    ...one,
    name: names.get(one.account.accountId) ?? "",
  }));
  return {
    headline: whatIf
      ? `${whatIfHeadline(whatIf, base, { currency, isNeededKnown: isNeededKnown(simulated) })}${suffix}`
      : `${headlineOf(base, currency)}${suffix}`,
    lines: [
      ...(whatIf ? changeLines(whatIf, currency) : []),
      ...outlookLines(shown, simulated, whatIf, currency),
      ...(whatIf ? [] : [...standStillLines(base, simulated, replacement), ...replacementLines(replacement)]),
      ...acquisitionLines(simulated.acquisition, fit),
    ],
    facts: [
      ...atRisk.map(({ name, account, goneIn12Months, goneIn36Months }) => ({
        label: name,
        value: `${formatEstimate({ amount: account.yearMinor, currency })} last year; a chance of ${formatChance(goneIn12Months)} to be gone within 12 months, ${formatChance(goneIn36Months)} within 36`,
      })),
      ...(options.isExplained ? explainFacts(simulated, fit) : []),
    ],
    table: outlookTable(shown, simulated, whatIf?.lost?.yearMinor ?? 0, currency),
    ...(options.isChart && { charts: [outlookChart(shown, simulated, currency)] }),
    actions: actionsOf(answer, atRisk),
    notes: [
      ...scopeNotes(access),
      ...methodNotes(simulated, fit, basis),
      ...beginningNotes(simulated.method, fit, snapshot.asOf),
      `Data as of ${snapshot.asOf} · snapshot ${snapshot.id}`,
    ],
    snapshot: stampOf(snapshot),
    data: outlookData(base, { simulated, compared: whatIf, replacement, atRisk, currency }),
  };
}

function actionsOf(
  { options, query, simulated, snapshot, whatIf }: OutlookAnswer,
  atRisk: readonly (AtRisk & { readonly name: string })[],
): readonly Action[] {
  const lineOf = (changed: Partial<OutlookOptions>) =>
    formatQuery("outlook", { ...query, words: outlookWords({ ...options, isChart: false, ...changed }) });
  const run = (label: string, changed: Partial<OutlookOptions>): Action => ({
    kind: "run",
    label,
    line: lineOf(changed),
  });
  const listed = atRisk.map(({ account, name }) => ({ accountId: account.accountId, account: name }));
  const losses = listed.map(({ account, accountId }) => ({
    label: account,
    line: lineOf({ without: `id:${accountId}` }),
  }));
  return [
    ...(whatIf ? [run("As it is", { without: undefined, pace: undefined })] : []),
    ...(options.without === undefined ? [run("Biggest leaves", { without: "biggest" })] : []),
    ...(simulated.acquisition && options.pace === undefined
      ? [run("Acquisition halves", { pace: 0.5 })]
      : []),
    ...(losses.length > 0 ? [{ kind: "choose" as const, label: "Without …", choices: losses }] : []),
    ...chooseAccount("Why …", "why", listed),
    ...chooseAccount("Open an account", "account", listed),
    ...(options.isChart ? [] : [run("Chart", { isChart: true })]),
    ...(options.isExplained ? [] : [run("Explain", { isExplained: true })]),
    { kind: "share", label: "Share", line: formatQuery("outlook", { ...query, snapshot: snapshot.id }) },
  ];
}
