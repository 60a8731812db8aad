import type { Reply, Table } from "../command.ts";
import type { Settings } from "../core/settings.ts";
import type { EnteredRate } from "../store/hand-rates.ts";
import type { SettingsVersion } from "../store/workspaces.ts";
import { countOf, formatDay, formatMoment } from "../wording.ts";
import { describeChanges } from "./describe-settings.ts";
import { personUsage, quotaUsage, showQuota } from "./people-words.ts";

export const rateUsage = "settings rate USD EUR 0.92 2025-01-01";

/** The versions, newest first, each with what it changed. */
export function showHistory(
  history: readonly SettingsVersion[],
  { timeZone }: Settings,
  initial: Settings,
): Reply {
  const rows = history.map((version, index) => ({
    ...version,
    changes: describeChanges(
      history[index + 1]?.settings ?? (version.version === 1 ? initial : version.settings),
      version.settings,
    ),
  }));
  return {
    headline:
      rows.length === 0
        ? "Nobody has changed a setting yet"
        : `${countOf(rows.length, "version")} of the settings`,
    table: {
      caption: "Versions, the newest first",
      columns: [
        { title: "Version", align: "right" },
        { title: "What changed" },
        { title: "By" },
        { title: "When" },
      ],
      rows: rows.map(({ version, changes, changedBy, changedAt }) => [
        { text: String(version), value: version },
        { text: changes.join("; ") || "nothing that shows" },
        { text: changedBy },
        { text: formatMoment(changedAt, timeZone) },
      ]),
    },
    actions: [{ kind: "run", label: "All settings", line: "settings" }],
    notes: [`Times in ${timeZone}.`],
    data: {
      versions: rows.map(({ version, changes, changedBy, changedAt, settings }) => ({
        version,
        changedAt: changedAt.toISOString(),
        changedBy,
        changes,
        settings,
      })),
    },
  };
}

export function showPeople({ people }: Settings): Reply {
  return listed("people", people, personUsage, {
    caption: "Who has which role",
    columns: [{ title: "Person" }, { title: "Role" }, { title: "Team" }, { title: "Manages" }],
    rows: people.map(({ email, role, team = "", manages }) =>
      [email, role, team, manages.join(", ")].map((text) => ({ text })),
    ),
  });
}

export function showQuotas({ quotas }: Settings): Reply {
  return listed("quotas", quotas, quotaUsage, {
    caption: "Quotas by person and fiscal period",
    columns: [{ title: "Person" }, { title: "Period" }, { title: "Quota", align: "right" }],
    rows: quotas.map((quota) => [
      { text: quota.email },
      { text: quota.period },
      { text: showQuota(quota), value: quota.amountMinor },
    ]),
  });
}

export function showRates(rates: readonly EnteredRate[]): Reply {
  return listed("rates", rates, rateUsage, {
    caption: "Exchange rates entered by hand",
    columns: [
      { title: "From" },
      { title: "One" },
      { title: "Is", align: "right" },
      { title: "By" },
      { title: "Import" },
    ],
    rows: rates.map(({ base, quote, rate, onDay, by, importId }) => [
      { text: formatDay(onDay) },
      { text: base },
      { text: `${rate} ${quote}`, value: Number(rate) },
      { text: by },
      { text: String(importId) },
    ]),
  });
}

function listed(what: string, items: readonly unknown[], usage: string, table: Table): Reply {
  return {
    headline: items.length === 0 ? `No ${what} are set yet` : table.caption,
    ...(items.length > 0 && { table }),
    lines: [["To change: ", { text: usage, style: "code" }]],
    actions: [{ kind: "run", label: "All settings", line: "settings" }],
    data: { [what]: items },
  };
}
