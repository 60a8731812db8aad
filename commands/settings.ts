import { z } from "zod";
import { type Context, defineCommand, type Reply } from "../src/command.ts";
import { isDay } from "../src/core/calendar.ts";
import { isCurrency } from "../src/core/money.ts";
import { defaultSettings, type Settings } from "../src/core/settings.ts";
import { changeAndTell, requireAdmin } from "../src/settings/edit-settings.ts";
import { readPerson, readQuota } from "../src/settings/people-words.ts";
import { nearNames } from "../src/settings/setting-values.ts";
import { readSetting, type SettingWord, settingWords } from "../src/settings/setting-words.ts";
import { rateUsage, showHistory, showPeople, showQuotas, showRates } from "../src/settings/settings-lists.ts";
import { showForAdmin, showForReaders } from "../src/settings/settings-overview.ts";
import { UsageError } from "../src/usage-error.ts";

const MOST_VERSIONS = 100;
/** Words of this command that are no setting with one value. */
const topics = ["history", "people", "quotas", "rates", "person", "quota", "rate"] as const;

export default defineCommand({
  summary: "What your workspace has decided: currency, window, tiers, who sees what",
  usage: "settings [name] [value]",
  examples: ["settings"],
  filters: [],
  options: z
    .array(z.string())
    .readonly()
    .transform(([name, ...values]) => ({ name: name?.toLowerCase(), values })),

  async run({ options: { name, values } }, context) {
    const { decisions, access } = context;
    const decided = await decisions.settings();
    const { settings, admins } = decided;
    if (name === undefined) {
      const currency = (await context.store.snapshot())?.currency;
      return access.role === "admin"
        ? showForAdmin(decided, currency, await decisions.settingsHistory(MOST_VERSIONS))
        : showForReaders(decided, currency);
    }
    const word = settingWords.find((each) => each.name === name);
    if (word && values.length === 0) return showOne(word, settings);
    requireAdmin(access, admins);
    if (word) return changeOne(word, values.join(" "), settings, context);
    switch (topics.find((topic) => topic === name)) {
      case "history":
        return showHistory(await decisions.settingsHistory(MOST_VERSIONS), settings, defaultSettings);
      case "people":
        return showPeople(settings);
      case "quotas":
        return showQuotas(settings);
      case "rates":
        return showRates(await decisions.enteredRates());
      case "person":
        return changeAndTell(
          context,
          readPerson(await withAddress(values, context), settings, await teamsOf(settings, context)),
        );
      case "quota": {
        const snapshot = await context.store.snapshot();
        return changeAndTell(
          context,
          readQuota(await withAddress(values, context), settings, snapshot?.currency),
        );
      }
      case "rate":
        return enterRate(values, context);
      case undefined:
        throw unknownSetting(name, values);
    }
  },
});

/** Settings of which a word is one part. */
const parted: ReadonlySet<string> = new Set(["offers", "value", "leaderboard", "coverage"]);

function showOne(word: SettingWord, settings: Settings): Reply {
  return {
    headline: `${word.label}: ${word.show(settings)}`,
    lines: [
      [word.hint],
      ["To change it, an admin types ", { text: `settings ${word.name} ${word.example}`, style: "code" }],
    ],
    actions: [{ kind: "run", label: "All settings", line: "settings" }],
    data: {
      name: word.name,
      value: parted.has(word.key) ? word.typed(settings) : (settings[word.key] ?? null),
    },
  };
}

function changeOne(word: SettingWord, typed: string, settings: Settings, context: Context): Promise<Reply> {
  const read = readSetting(word, typed, settings);
  if (read.ok) return changeAndTell(context, read.patch);
  const lines = read.near.map((value) => `settings ${word.name} ${value}`);
  throw new UsageError(
    read.problem,
    lines.map((line) => ({ label: line, line })),
  );
}

/** A mentioned person by their address. */
async function withAddress(
  [who = "", ...more]: readonly string[],
  { people }: Context,
): Promise<readonly string[]> {
  const userId = /^<@([A-Z0-9]+)(?:\|[^>]*)?>$/.exec(who)?.[1];
  if (userId === undefined) return who === "" ? [] : [who, ...more];
  const email = (await people(userId))?.email;
  if (email === undefined)
    throw new UsageError("Slack does not tell me this person's address. Type it instead.");
  return [email, ...more];
}

/** Teams that the data or the settings name. */
async function teamsOf({ people }: Settings, { store }: Context): Promise<readonly string[]> {
  const reps = await store.reps();
  return [...new Set([...reps, ...people].flatMap(({ team }) => team ?? []))].sort();
}

async function enterRate(
  [base = "", quote = "", rate = "", onDay = "", ...more]: readonly string[],
  { decisions }: Context,
): Promise<Reply> {
  if (onDay === "" || more.length > 0)
    throw new UsageError(`Say what one is worth, and from which day on: \`${rateUsage}\`.`);
  const [from, to] = [base.toUpperCase(), quote.toUpperCase()];
  for (const code of [from, to])
    if (!isCurrency(code)) throw new UsageError(`"${code}" is no currency: use a code such as EUR.`);
  if (!isDay(onDay)) throw new UsageError(`"${onDay}" is no day. Write it as YYYY-MM-DD.`);
  const isNew = await decisions.enterRate({ base: from, quote: to, rate, onDay });
  const sentence = `One ${from} is ${rate} ${to} from ${onDay} on`;
  return {
    headline: isNew ? sentence : `Nothing changes: ${sentence} already`,
    notes: isNew ? ["Totals are computed anew: answers use the next snapshot."] : [],
    actions: [{ kind: "run", label: "Rates", line: "settings rates" }],
    data: { base: from, quote: to, rate, onDay, changed: isNew },
  };
}

function unknownSetting(name: string, values: readonly string[]): UsageError {
  const near = nearNames(name, [...settingWords.map((word) => word.name), ...topics]);
  const suggestions = near.map((meant) => {
    const line = ["settings", meant, ...values].join(" ");
    return { label: line, line };
  });
  return new UsageError(
    `There is no setting "${name}".${near.length > 0 ? " Did you mean one of these?" : ""}`,
    [...suggestions, { label: "All settings", line: "settings" }],
  );
}
