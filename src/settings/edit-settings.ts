import type { Context, Reply } from "../command.ts";
import type { Settings, SettingsPatch } from "../core/settings.ts";
import type { SettingsForm, SettingsSubmission } from "../desk.ts";
import type { SettingsChange } from "../store/workspaces.ts";
import { UsageError } from "../usage-error.ts";
import { countOf } from "../wording.ts";
import { describeChanges, needsComputing } from "./describe-settings.ts";
import { readSetting, settingWords } from "./setting-words.ts";

type Deciding = Pick<Context, "access" | "decisions" | "store">;

/** Settings that the form leaves to the typed line: they have many parts, have one value so far, or concern few. */
const typedKeys: ReadonlySet<string> = new Set(["offers", "coverage"]);
const typedOnly: ReadonlySet<string> = new Set(["measure", "basis-days"]);
const formWords = settingWords.filter(({ name, key }) => !typedKeys.has(key) && !typedOnly.has(name));

/**
 * Refuses whoever may not change settings, and says who may. The store refuses them too; this is the
 * sentence that helps.
 *
 * @throws UsageError
 */
export function requireAdmin(access: Context["access"], admins: readonly string[]): void {
  if (access.role !== "admin") throw new UsageError(`Only an admin changes settings. ${whoMay(admins)}`);
}

/** Who the admins are. */
export function whoMay(admins: readonly string[]): string {
  return admins.length > 0
    ? `Ask ${admins.join(", ")}.`
    : "Nobody is named as admin yet: until then, those who administer the Slack workspace are.";
}

/** Changes settings and says what that does. The same values again change nothing. */
export async function changeAndTell({ decisions, store }: Deciding, change: SettingsChange): Promise<Reply> {
  const { settings: before, settingsVersion } = await decisions.settings();
  const after = await decisions.changeSettings(change);
  const changes = describeChanges(before, after.settings);
  const data = { version: after.settingsVersion, changes, settings: after.settings };
  const actions = [
    { kind: "run" as const, label: "All settings", line: "settings" },
    { kind: "run" as const, label: "History", line: "settings history" },
  ];
  if (after.settingsVersion === settingsVersion)
    return { headline: "Nothing changes: the settings are like that already", actions, data };
  const snapshot = await store.snapshot();
  return {
    headline:
      changes.length === 1 ? `Changed ${changes[0]}` : `${countOf(changes.length, "setting")} changed`,
    ...(changes.length > 1 && { lines: changes.map((text) => [`• ${text}`]) }),
    notes: effectsOf(before, after.settings, snapshot?.id),
    actions,
    data,
  };
}

/** The settings as a form shows them. */
export async function settingsForm({ access, decisions }: Deciding): Promise<SettingsForm> {
  const { settings, admins } = await decisions.settings();
  requireAdmin(access, admins);
  return {
    ok: true,
    fields: formWords.map(({ name, label, hint, example, choices, isOptional = false, typed }) => ({
      name,
      label,
      hint,
      example,
      value: typed(settings),
      isOptional,
      ...(choices && { choices }),
    })),
    note: "People, teams and quotas are set by typing: settings person, settings quota. `settings` shows how.",
  };
}

/** Changes what a submitted form says, or tells what is wrong in it, by field; then nothing changes. */
export async function submitSettings(
  deciding: Deciding,
  typed: Readonly<Record<string, string>>,
): Promise<SettingsSubmission> {
  const { settings, admins } = await deciding.decisions.settings();
  requireAdmin(deciding.access, admins);
  const faults: Record<string, string> = {};
  let patch: SettingsPatch = {};
  for (const word of formWords) {
    const value = typed[word.name];
    if (value === undefined) continue;
    const read = readSetting(word, value, settings);
    if (read.ok) patch = bothOf(patch, read.patch);
    else faults[word.name] = read.problem;
  }
  return Object.keys(faults).length > 0
    ? { ok: false, faults }
    : { ok: true, reply: await changeAndTell(deciding, patch) };
}

/** Two changes as one: of settings that have parts, the parts of both. */
function bothOf(one: SettingsPatch, other: SettingsPatch): SettingsPatch {
  return {
    ...{ ...one, ...other },
    value: { ...one.value, ...other.value },
    actions: { ...one.actions, ...other.actions },
    digests: { ...one.digests, ...other.digests },
    leaderboard: { ...one.leaderboard, ...other.leaderboard },
    coverage: { ...one.coverage, ...other.coverage },
  };
}

function effectsOf(before: Settings, after: Settings, snapshot: number | undefined): readonly string[] {
  const isFirstAdmin =
    !before.people.some(({ role }) => role === "admin") && after.people.some(({ role }) => role === "admin");
  return [
    ...(needsComputing(before, after)
      ? [
          `Tiers are computed anew: answers use the next snapshot${snapshot === undefined ? ", once there is data" : `, the one after ${snapshot}`}.`,
        ]
      : ["It holds from the next answer on."]),
    ...(isFirstAdmin
      ? ["From now on only the admins named here change settings, not everybody who administers Slack."]
      : []),
  ];
}
