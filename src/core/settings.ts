import { z } from "zod";
import { isZone, periodOf } from "./calendar.ts";
import { isCurrency } from "./money.ts";
import { defaultCuts } from "./tiers.ts";

/** Who sees which accounts: everybody all, their team's, or only their own. */
export const visibilityModes = ["all", "team", "own"] as const;
export type VisibilityMode = (typeof visibilityModes)[number];

export const roles = ["rep", "manager", "admin"] as const;
export type Role = (typeof roles)[number];

const email = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[^\s@]+@[^\s@]+\.[^\s@]+$/, { error: "is no e-mail address" });
const wholeNumber = (least: number, most: number) =>
  z
    .number({ error: `must be a whole number from ${least} to ${most}` })
    .int(`must be a whole number from ${least} to ${most}`)
    .min(least, `must be a whole number from ${least} to ${most}`)
    .max(most, `must be a whole number from ${least} to ${most}`);
const name = z.string().trim().min(1, "must not be empty").max(100, "must have at most 100 characters");
const noMonth = "is no month: use one such as April";
const risingCuts = "must be three rising percentages such as 80/95/99";
const cut = z.number({ error: risingCuts }).int(risingCuts).min(1, risingCuts).max(1000, risingCuts);

const person = z.strictObject({
  email,
  role: z.enum(roles, { error: "is no role: use admin, manager or rep" }),
  /** The team they are in, where the imported data does not say or says something else. */
  team: name.optional(),
  /** Teams whose accounts a manager sees. */
  manages: z.array(name).max(100).default([]),
});
export type PersonSetting = z.output<typeof person>;

const quota = z.strictObject({
  email,
  /** A fiscal quarter or year: `2026Q1`, `2026`. */
  period: z
    .string()
    .toUpperCase()
    .refine((text) => periodOf(text) !== undefined, "is no quarter such as 2026Q1 and no year"),
  amountMinor: wholeNumber(0, Number.MAX_SAFE_INTEGER),
  currency: z.string().refine(isCurrency, "is no currency: use a code such as EUR"),
});
export type QuotaSetting = z.output<typeof quota>;

const weight = wholeNumber(0, 500);

/** How offers are judged and worked; what held when an offer was made stays with it. */
const offers = z.strictObject({
  /** Thousandths of a sale that are margin. */
  margin: wholeNumber(1, 1000).default(400),
  /** Minutes that a pitch takes where nobody typed them, by wave. */
  minutesA: wholeNumber(1, 6_000).default(120),
  minutesB: wholeNumber(1, 6_000).default(90),
  minutesC: wholeNumber(1, 6_000).default(60),
  minutesLookalikes: wholeNumber(1, 6_000).default(90),
  /** The least margin per hour in whole units of the currency. */
  floorPerHour: wholeNumber(0, 1_000_000).default(100),
  /** No account is pitched twice within so many days. */
  restDays: wholeNumber(0, 730).default(30),
  openAtPercent: wholeNumber(1, 100).default(80),
  leastOutcomes: wholeNumber(1, 1_000).default(8),
  pauseAbovePercent: wholeNumber(50, 99).default(90),
  claimHours: wholeNumber(1, 2_000).default(72),
  /** The most accounts of one wave, best first. */
  waveSize: wholeNumber(1, 1_000).default(200),
  /** The share of pitches that is won where nothing else is known. */
  basePercent: wholeNumber(1, 99).default(20),
  /** How much each part of the scorecard counts, in per cent of its usual weight. */
  weightTier: weight.default(100),
  weightSimilar: weight.default(100),
  weightRecency: weight.default(100),
  weightFit: weight.default(100),
  weightAnswers: weight.default(100),
});
export type OfferSettings = z.output<typeof offers>;

/** How what an account will bring becomes money of today. */
const value = z.strictObject({
  /** Thousandths of a sale that are margin. */
  margin: wholeNumber(1, 1000).default(400),
  /** What money of next year is worth less, in per cent. */
  discountPercent: wholeNumber(0, 100).default(10),
  /** How far ahead is looked. */
  horizonMonths: wholeNumber(3, 120).default(36),
  /** Below this chance of still being a customer, in per cent, an account has gone quiet. */
  quietBelowPercent: wholeNumber(1, 99).default(50),
});
export type ValueSettings = z.output<typeof value>;

/** What is proposed to whom. */
const actions = z.strictObject({
  /** The most that one person is shown as open. */
  perHolder: wholeNumber(1, 100).default(10),
  /** After something was done with an account, nothing but complaints and renewals is proposed for so many days. */
  coolDownDays: wholeNumber(0, 365).default(14),
  /** For thank-yous in a fiscal year, in whole units of the currency. */
  rewardBudget: wholeNumber(0, 100_000_000).default(1_000),
});
export type ActionSettings = z.output<typeof actions>;

/** How digests go out. */
const digests = z.strictObject({
  /** Whether channels that people of another company read may get any. */
  slackConnect: z.boolean().default(false),
  /** Whose public holidays are kept, as ISO 3166 codes such as DE or DE-BY; none when empty. */
  holidays: z
    .string()
    .trim()
    .toUpperCase()
    .regex(/^([A-Z]{2}(-[A-Z0-9]{1,3}){0,2})?$/, "must be a country or a part of one such as DE or DE-BY")
    .default(""),
});
export type DigestSettings = z.output<typeof digests>;

/** Whether and how reps are compared. */
const leaderboard = z.strictObject({
  isOn: z.boolean().default(true),
  /** Of a rep with fewer closed deals it is too early to say anything. */
  leastDeals: wholeNumber(5, 1_000).default(20),
});

const hoursOf = (usual: number) => wholeNumber(0, 2_000).default(usual);
const costOf = (usual: number) => wholeNumber(0, 10_000).default(usual);

/** What serving an account takes at each level, and what it may take. */
const coverage = z.strictObject({
  /** Hours a year for one account. */
  hoursStrategic: hoursOf(120),
  hoursField: hoursOf(40),
  hoursInside: hoursOf(10),
  hoursSelfServe: hoursOf(1),
  /** What an hour costs, in whole units of the currency. */
  costStrategic: costOf(100),
  costField: costOf(80),
  costInside: costOf(50),
  costSelfServe: costOf(20),
  /** The most that serving an account may cost, in per cent of the margin at stake. */
  mostPercent: wholeNumber(1, 100).default(15),
  /** How much of the margin that an account could bring beyond today's is taken to be winnable, in per cent. */
  winnablePercent: wholeNumber(0, 100).default(20),
  /** Hours a year that one person has for customers. */
  personHours: wholeNumber(100, 3_000).default(1_200),
});
export type CoverageSettings = z.output<typeof coverage>;

/** What a workspace decides. Missing settings have their defaults, so an empty object is valid. */
export const settingsSchema = z.strictObject({
  /** ISO 4217 code in which totals are shown; without it, the currency of most sales. */
  currency: z.string().refine(isCurrency, "is no currency: use a code such as EUR").optional(),
  /** IANA zone in which a day is a day. */
  timeZone: z.string().refine(isZone, "is no time zone: use one such as Europe/Berlin").default("UTC"),
  /** Month in which the fiscal year begins; it is called after the year it ends in. */
  fiscalYearStart: z
    .number({ error: noMonth })
    .refine((month) => Number.isInteger(month) && month >= 1 && month <= 12, noMonth)
    .default(1),
  windowMonths: wholeNumber(1, 120).default(24),
  /** Moves are against the same window so many days earlier. */
  compareDays: wholeNumber(1, 730).default(90),
  measure: z
    .enum(["spend"], { error: "must be spend: the portfolio knows no other measure yet" })
    .default("spend"),
  /** Where tiers A, B and C end, in thousandths of the cumulative value. */
  cuts: z
    .strictObject({ A: cut, B: cut, C: cut })
    .refine(({ A, B, C }) => A < B && B < C, risingCuts)
    .default(defaultCuts),
  /** Whether credit notes and refunds reduce spend. */
  revenue: z.enum(["net", "gross"], { error: "must be net or gross" }).default("net"),
  /** A payment or won deal is the one that is invoiced within so many days of it. */
  basisDays: wholeNumber(0, 400).default(92),
  offers: offers.prefault({}),
  value: value.prefault({}),
  actions: actions.prefault({}),
  digests: digests.prefault({}),
  leaderboard: leaderboard.prefault({}),
  coverage: coverage.prefault({}),
  visibility: z.enum(visibilityModes, { error: "must be all, team or own" }).default("all"),
  people: z
    .array(person)
    .max(2_000)
    .refine(
      (people) => new Set(people.map((one) => one.email)).size === people.length,
      "names somebody twice",
    )
    .default([]),
  quotas: z
    .array(quota)
    .max(20_000)
    .refine(
      (quotas) => new Set(quotas.map(({ email, period }) => `${email} ${period}`)).size === quotas.length,
      "gives somebody two quotas for one period",
    )
    .default([]),
});
export type Settings = z.output<typeof settingsSchema>;
/** What everybody may know of them. */
export type CommonSettings = Omit<Settings, "people" | "quotas">;
/** Settings to change; what is left out stays. */
export type SettingsPatch = Partial<z.input<typeof settingsSchema>>;

export const defaultSettings: Settings = settingsSchema.parse({});

/** One setting that is not as it should be. */
export interface SettingFault {
  /** A key of the settings. */
  readonly setting: string;
  /** What is at fault, as far as it is a single value. */
  readonly value: string | undefined;
  /** Continues the value: "is no currency: use a code such as EUR". */
  readonly problem: string;
}

export type SettingsOutcome =
  | { readonly ok: true; readonly settings: Settings; readonly changed: readonly (keyof Settings)[] }
  | { readonly ok: false; readonly faults: readonly SettingFault[] };

/** The settings after a change; the same value again changes nothing. */
export function changeSettings(current: Settings, patch: SettingsPatch): SettingsOutcome {
  const wanted = {
    ...current,
    ...patch,
    offers: { ...current.offers, ...patch.offers },
    value: { ...current.value, ...patch.value },
    actions: { ...current.actions, ...patch.actions },
    digests: { ...current.digests, ...patch.digests },
    leaderboard: { ...current.leaderboard, ...patch.leaderboard },
    coverage: { ...current.coverage, ...patch.coverage },
  };
  const parsed = settingsSchema.safeParse(wanted);
  if (!parsed.success)
    return {
      ok: false,
      faults: parsed.error.issues.map(({ path, message }) => ({
        setting: String(path[0] ?? "settings"),
        value: valueAt(wanted, path),
        problem: message,
      })),
    };
  if (isLockedOut(current.people, parsed.data.people))
    return {
      ok: false,
      faults: [{ setting: "people", value: undefined, problem: "would have no admin left" }],
    };
  const changed = settingKeys.filter((key) => !isSame(parsed.data[key], current[key]));
  return { ok: true, settings: parsed.data, changed };
}

/** Every setting, in the order in which people read them. */
export const settingKeys = Object.keys(settingsSchema.shape) as readonly (keyof Settings)[];

/** Nobody could change the settings any more: there were admins, and among those who are left there is none. */
function isLockedOut(before: readonly PersonSetting[], after: readonly PersonSetting[]): boolean {
  const isAdmin = ({ role }: PersonSetting) => role === "admin";
  return before.some(isAdmin) && after.length > 0 && !after.some(isAdmin);
}

function isSame(left: unknown, right: unknown): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}

function valueAt(whole: unknown, path: readonly PropertyKey[]): string | undefined {
  const value = path.reduce<unknown>(
    (part, key) => (typeof part === "object" && part !== null ? Reflect.get(part, key) : undefined),
    whole,
  );
  return typeof value === "string" || typeof value === "number" ? String(value) : undefined;
}
