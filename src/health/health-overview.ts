import type { Action, Context, Line, Reply } from "../command.ts";
import { dayIn, daysBetween } from "../core/calendar.ts";
import { accountLine } from "../find-account.ts";
import { nothingImported, uploadAction } from "../intake/first-run.ts";
import { wordCorrection } from "../settings/word-corrections.ts";
import type { SetByHand } from "../store/health.ts";
import { fitFacts } from "../value/fit-words.ts";
import { countOf, stampOf } from "../wording.ts";
import { toCollect } from "./health-collect.ts";
import {
  differenceFindings,
  type Finding,
  isStaleSource,
  leftOutFindings,
  rejectedFindings,
  type SourceAge,
  staleSources,
  suspectFindings,
  TOLERANCE,
} from "./health-findings.ts";
import {
  basisData,
  basisFacts,
  type Freshness,
  leftOutData,
  snapshotData,
  snapshotFacts,
  sourceData,
  sourceTable,
} from "./health-words.ts";
import { modelFindings } from "./model-findings.ts";
import { acquisitionFindings } from "./replacement-finding.ts";

/** Corrections that are told one by one. */
const CORRECTIONS = 5;

/**
 * The state of the data: all of it for admins, for others how fresh it is.
 *
 * @throws NothingImported
 */
export async function healthOverview(context: Context): Promise<Reply> {
  const { store, access, now } = context;
  const { timeZone } = access;
  const today = dayIn(now, timeZone);
  const snapshot = await store.snapshot();
  const sources = (await store.sources()).map((source): SourceAge => {
    const importedOn = dayIn(source.importedAt, timeZone);
    return { ...source, importedOn, ageDays: Math.max(0, daysBetween(importedOn, today)) };
  });
  if (!snapshot && sources.length === 0) throw await nothingImported(context);
  const kept = await store.keptSnapshots(now);
  const fresh = { sources, snapshot, kept, timeZone };
  return access.role === "admin" ? forAdmins(context, fresh, today) : forReaders(fresh);
}

function forReaders(fresh: Freshness): Reply {
  const { sources, snapshot } = fresh;
  const stale = sources.filter(isStaleSource).length;
  return {
    headline:
      stale === 0
        ? "The data is fresh"
        : `${stale} of ${countOf(sources.length, "source")} ${stale === 1 ? "is" : "are"} stale`,
    facts: snapshotFacts(fresh),
    ...(sources.length > 0 && { table: sourceTable(sources) }),
    actions: snapshot ? [{ kind: "run", label: "What moved", line: "moved" }] : [],
    ...(snapshot && { snapshot: stampOf(snapshot) }),
    data: { sources: sources.map(sourceData), snapshot: snapshotData(fresh) },
  };
}

async function forAdmins({ store, decisions }: Context, fresh: Freshness, today: string): Promise<Reply> {
  const { sources, snapshot, timeZone } = fresh;
  const rejected = sources.reduce((sum, { details }) => sum + (details?.rejected ?? 0), 0);
  const suspects = await decisions.openSuspects();
  const workspace = snapshot && (await store.totals(snapshot)).workspace;
  const coverage = await store.coverage();
  const differences =
    snapshot && coverage.invoiceLines > 0
      ? await store.differences(snapshot, TOLERANCE, { offset: 0, limit: 1 })
      : { rows: [], total: 0 };
  const covered = snapshot ? await store.coveredFacts(snapshot) : 0;
  const byHand = await store.setByHand(today);
  const basis = snapshot && (await store.valueBasis(snapshot));
  const collect = toCollect(coverage);
  const findings = [
    ...staleSources(sources),
    ...rejectedFindings(rejected),
    ...suspectFindings(suspects),
    ...(workspace && snapshot ? leftOutFindings(workspace, snapshot) : []),
    ...(snapshot ? differenceFindings(differences, snapshot) : []),
    ...(basis ? modelFindings(basis, today) : []),
    ...(basis && snapshot ? await acquisitionFindings(store, snapshot, basis.fit) : []),
  ];
  return {
    headline:
      findings.length === 0
        ? "The data is in order"
        : `${countOf(findings.length, "thing")} to put right in the data`,
    lines: [
      ...findings.map(({ line }): Line => ["• ", ...line]),
      ...(collect.length > 0
        ? [[{ text: "To collect next, and what it unlocks", style: "bold" as const }]]
        : []),
      ...collect.map(({ data, unlocks }): Line => ["• ", `${data}: `, ...codeSpans(unlocks)]),
      ...(byHand.length > 0 ? [[{ text: "Set by hand", style: "bold" as const }]] : []),
      ...byHand.slice(0, CORRECTIONS).map((set): Line => byHandLine(set, timeZone)),
      ...(byHand.length > CORRECTIONS ? [[`• and ${byHand.length - CORRECTIONS} more`]] : []),
    ],
    facts: [
      ...snapshotFacts(fresh),
      ...(workspace && snapshot ? basisFacts(workspace, covered, snapshot) : []),
      ...(basis ? fitFacts(basis, timeZone) : []),
    ],
    ...(sources.length > 0 && { table: sourceTable(sources) }),
    actions: actionsOf(findings, byHand, collect.length > 0),
    ...(snapshot && { snapshot: stampOf(snapshot) }),
    data: {
      sources: sources.map(sourceData),
      rejected,
      suspects: suspects.map(({ suggestion, ...suspect }) => ({
        ...suspect,
        suggestion: suggestion ?? null,
      })),
      leftOut: workspace && snapshot ? leftOutData(workspace, snapshot) : null,
      reconciliation:
        workspace && snapshot
          ? {
              basis: basisData(workspace, snapshot),
              covered,
              differing: differences.total,
              tolerance: TOLERANCE,
            }
          : null,
      setByHand: byHand.map(({ until, at, ...set }) => ({
        ...set,
        until: until ?? null,
        at: at.toISOString(),
      })),
      models: basis
        ? { fittedIn: basis.fittedIn, predictor: basis.fit.predictor, teller: basis.fit.teller ?? null }
        : null,
      snapshot: snapshotData(fresh),
      coverage,
      collect,
    },
  };
}

function byHandLine(set: SetByHand, timeZone: string): Line {
  return [
    "• ",
    { text: set.account, style: "bold" },
    `: ${set.field} ${set.shown}, ${wordCorrection(set, timeZone)}`,
  ];
}

/** What the lines ask for, each button once. */
function actionsOf(
  findings: readonly Finding[],
  byHand: readonly SetByHand[],
  isDataMissing: boolean,
): readonly Action[] {
  const wanted = [...findings.flatMap(({ actions }) => actions), ...(isDataMissing ? [uploadAction] : [])];
  const accounts = new Map(byHand.map(({ accountId, account }) => [accountId, account]));
  const choices = [...accounts].map(([id, label]) => ({ label, line: accountLine("account", id) }));
  return [
    ...new Map(wanted.map((action) => [action.label, action])).values(),
    ...(choices.length > 0 ? [{ kind: "choose" as const, label: "Open what was set by hand", choices }] : []),
  ];
}

/** Text in which what can be typed stands between backticks. */
export function codeSpans(text: string): Line {
  return text
    .split("`")
    .map((part, index) => (index % 2 === 1 ? { text: part, style: "code" as const } : part));
}
