import type { Tier } from "./core/tiers.ts";
import { UsageError } from "./usage-error.ts";

/** The filters of every list, as typed; names are not yet looked up. */
export interface Filters {
  readonly owner?: OwnerFilter;
  readonly team?: "mine" | { readonly name: string };
  readonly product?: string;
  readonly industry?: string;
  readonly region?: string;
  /** First-purchase cohort: a quarter (`2025Q1`) or a year (`2025`). */
  readonly cohort?: string;
  readonly tier?: Tier;
  /** The tier it had before. */
  readonly from?: Tier;
  readonly direction?: "up" | "down";
  /** No purchase for so many days. */
  readonly quietDays?: number;
  /** Hardly a customer any more, by a model that can tell. */
  readonly goneQuiet?: true;
  readonly measure?: Measure;
  /** Values of the last so many days instead of the workspace's window. */
  readonly sinceDays?: number;
  /** Values of a fiscal year or quarter instead of the window. */
  readonly fiscalPeriod?: string;
  /** Tiers cut anew inside each value of a column. */
  readonly within?: string;
  /** Imported columns, by name. */
  readonly columns?: readonly { readonly column: string; readonly value: string }[];
}
export type FilterName = keyof Filters;

export type OwnerFilter =
  | { readonly kind: "me" }
  | { readonly kind: "user"; readonly userId: string }
  | { readonly kind: "name"; readonly name: string };

export type Measure = "spend" | "profit" | "ltv" | "potential";

/** A typed line, taken apart. */
export interface Query {
  readonly words: readonly string[];
  readonly filters: Filters;
  readonly page: number;
  /** The snapshot a list was started from, so that its pages belong together. */
  readonly snapshot?: number;
}

export const allFilters: readonly FilterName[] = [
  "owner",
  "team",
  "product",
  "industry",
  "region",
  "cohort",
  "tier",
  "from",
  "direction",
  "quietDays",
  "goneQuiet",
  "measure",
  "sinceDays",
  "fiscalPeriod",
  "within",
  "columns",
];

/** Those that say which accounts, and nothing of what is told of them. */
export const accountFilters = without(allFilters, "measure", "sinceDays", "fiscalPeriod", "within");

/** Filters but for some, in their order. */
export function without(
  filters: readonly FilterName[],
  ...left: readonly FilterName[]
): readonly FilterName[] {
  return filters.filter((name) => !left.includes(name));
}

const MOST_COLUMNS = 20;

/** Words of commands' own, which no filter's value goes on with. */
const endsValue = /^([abcd]|chart|preview|value|hold-out|wave|lookalikes)$/i;
/** `08:30` is no column. */
const timeOfDay = /^\d{1,2}:\d{2}([ap]m)?$/i;

const noFilters: Query = { words: [], filters: {}, page: 1 };

/**
 * Takes a line apart into words and filters: `top A industry:retail mine` without its first word.
 * `accepted` are the filters the command understands; a command with none gets every word as it is,
 * so that an account may be called "Up & Down".
 *
 * @param ownWords words of the command's own, in lower case, at which a filter's value ends; pairs of them are no filter.
 * @throws UsageError for a filter that is malformed or that the command does not understand.
 */
export function parseQuery(
  text: string,
  accepted: readonly FilterName[],
  ownWords: readonly string[] = [],
): Query {
  let query = noFilters;
  const words: string[] = [];
  /** The filter whose value may go on: `industry:real estate`. */
  let open: ((query: Query, value: string) => Query) | undefined;
  let openValue = "";
  const typed = withUnits(tokenize(text));
  for (let index = 0; index < typed.length; index += 1) {
    const token = typed[index] as Token;
    const paging = readPaging(token);
    if (paging) {
      query = { ...query, ...paging };
      open = undefined;
      continue;
    }
    const next = typed[index + 1];
    const isOwn = isPhrase(token, next, ownWords);
    const found = accepted.length === 0 || isOwn ? undefined : readFilter(token, next);
    if (found) {
      if (!accepted.includes(found.name)) throw new UsageError(refusal(token.text, accepted));
      query = found.apply(query, found.value);
      open = found.mayGoOn && !token.quoted ? found.apply : undefined;
      openValue = found.value;
      index += found.tokens - 1;
    } else if (open && !token.quoted && !isCommandsOwn(token, next, ownWords)) {
      openValue = `${openValue} ${token.text}`;
      query = open(query, openValue);
    } else {
      words.push(token.text);
      open = undefined;
    }
  }
  return { ...query, words };
}

/** The query as a line that parses to the same query again. */
export function formatQuery(command: string, { words, filters, page, snapshot }: Query): string {
  return [
    command,
    ...words.map((word) => (filterStarts.has(word.toLowerCase()) ? quoted(word) : quote(word))),
    ...formatFilters(filters),
    ...(page > 1 ? [`page:${page}`] : []),
    ...(snapshot === undefined ? [] : [`snapshot:${snapshot}`]),
  ].join(" ");
}

export function formatFilters(filters: Filters): readonly string[] {
  const named = (key: string, value: string | number | undefined) =>
    value === undefined ? [] : [`${key}:${quote(String(value))}`];
  return [
    ...formatOwner(filters.owner),
    ...(filters.team === "mine" ? ["team"] : named("team", filters.team?.name)),
    ...named("product", filters.product),
    ...named("industry", filters.industry),
    ...named("region", filters.region),
    ...named("cohort", filters.cohort),
    ...named("tier", filters.tier),
    ...named("from", filters.from),
    ...(filters.direction === undefined ? [] : [filters.direction]),
    ...(filters.quietDays === undefined ? [] : [`quiet ${filters.quietDays}d`]),
    ...(filters.goneQuiet ? ["quiet"] : []),
    ...(filters.measure === undefined ? [] : [`by ${filters.measure}`]),
    ...(filters.sinceDays === undefined ? [] : [`since ${filters.sinceDays}d`]),
    ...named("fy", filters.fiscalPeriod),
    ...named("within", filters.within),
    ...(filters.columns ?? []).map(
      ({ column, value }) => `${mustBeQuoted(column) ? quoted(column) : quote(column)}:${quote(value)}`,
    ),
  ];
}

/** Whether a column is called as something else is written. */
function mustBeQuoted(column: string): boolean {
  return ownKeys.has(column.toLowerCase()) || /^\d{1,2}$/.test(column);
}

function formatOwner(owner: OwnerFilter | undefined): readonly string[] {
  if (owner === undefined) return [];
  if (owner.kind === "me") return ["mine"];
  return owner.kind === "user" ? [`<@${owner.userId}>`] : [`owner:${quote(owner.name)}`];
}

function quote(text: string): string {
  return /^[\p{L}\p{N}._&+-]+$/u.test(text) ? text : quoted(text);
}

/** A word of a line, whatever is in it. */
export function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}

interface Token {
  readonly text: string;
  /** `industry` in `industry:retail`. */
  readonly key?: string;
  /** A key in quotes is an imported column, even one that is called as a filter is: `"Tier":Gold`. */
  readonly quotedKey?: boolean;
  readonly value?: string;
  /** Whether the word, or the value, is in quotes. */
  readonly quoted: boolean;
}

/** Straight quotes, in which a doubled one stands for itself, or the curly ones that phones type. */
const closed = `"[^"]*(?:""[^"]*)*"|[“”„«»][^"“”„«»]*["“”„«»]`;
const unclosed = `["“”„«»][^"“”„«»]*`;
const tokens = new RegExp(
  `(<[@#!][^<>]*>)|(?:(${closed}|[^\\s:"“”„«»]+):(?=\\S))?(${closed}|${unclosed}|[^\\s"“”„«»]+)`,
  "gu",
);

/** Words, "quoted words" and `key:value` pairs, of which both may be quoted. */
function tokenize(text: string): readonly Token[] {
  return [...text.matchAll(tokens)].map(([, mention, key, value = ""]) => {
    if (mention !== undefined) return { text: mention, quoted: false };
    const plain = unquote(value);
    if (key === undefined) return { text: plain, quoted: isQuoted(value) };
    const name = unquote(key);
    return {
      text: `${name}:${plain}`,
      key: name,
      quotedKey: isQuoted(key),
      value: plain,
      quoted: isQuoted(value),
    };
  });
}

/** Whether two words are one of the command's own: `by wins` is no measure of accounts. */
function isPhrase({ text, quoted }: Token, next: Token | undefined, ownWords: readonly string[]): boolean {
  return !quoted && next !== undefined && ownWords.includes(`${text} ${next.text}`.toLowerCase());
}

/** Whether a word ends the value before it. */
function isCommandsOwn({ text }: Token, next: Token | undefined, ownWords: readonly string[]): boolean {
  const words = [text, `${text} ${next?.text ?? ""}`].map((word) => word.toLowerCase());
  return words.some((word) => ownWords.includes(word)) || endsValue.test(text) || timeOfDay.test(text);
}

function isQuoted(text: string): boolean {
  return /^["“”„«»]/.test(text);
}

/** What stands in the quotes, as it is; outside of them a curly apostrophe is a straight one. */
function unquote(text: string): string {
  if (!isQuoted(text)) return text.replace(/[‘’]/g, "'");
  const inner = text.slice(1, text.length > 1 && /["“”„«»]$/.test(text) ? -1 : undefined);
  return text.startsWith('"') ? inner.replaceAll('""', '"') : inner;
}

/** `quiet 90 days` means `quiet 90days`. */
function withUnits(tokens: readonly Token[]): readonly Token[] {
  return tokens.flatMap((token, index) => {
    const isCount = (at: number) =>
      /^\d{1,4}$/.test(tokens[at]?.text ?? "") && /^(quiet|since)$/i.test(tokens[at - 1]?.text ?? "");
    const isUnit = (at: number) => /^(days?|weeks?|months?)$/i.test(tokens[at]?.text ?? "");
    if (isUnit(index) && isCount(index - 1)) return [];
    return isCount(index) && isUnit(index + 1)
      ? [{ ...token, text: token.text + tokens[index + 1]?.text }]
      : [token];
  });
}

function readPaging({ key, quotedKey, value = "" }: Token): Partial<Query> | undefined {
  if (quotedKey || !/^[1-9]\d{0,8}$/.test(value)) return undefined;
  if (key === "page") return { page: Number(value) };
  return key === "snapshot" ? { snapshot: Number(value) } : undefined;
}

/** Plain words that are filters, or start one: as ordinary words they are quoted. */
const filterStarts: ReadonlySet<string> = new Set([
  "mine",
  "my",
  "team",
  "up",
  "down",
  "quiet",
  "since",
  "by",
]);
/** Keys that mean something else than an imported column of that name. */
const ownKeys: ReadonlySet<string> = new Set([
  ...["owner", "team", "product", "industry", "region", "within", "tier", "from", "cohort", "fy"],
  ...["by", "quiet", "since", "page", "snapshot"],
]);

interface Found {
  readonly name: FilterName;
  readonly value: string;
  readonly apply: (query: Query, value: string) => Query;
  readonly tokens: number;
  /** Whether plain words that follow belong to the value. */
  readonly mayGoOn: boolean;
}

function readFilter(token: Token, next: Token | undefined): Found | undefined {
  if (!token.quotedKey && timeOfDay.test(token.text)) return undefined;
  if (token.key !== undefined && token.value !== undefined)
    return token.quotedKey ? readColumn(token.key, token.value) : readNamed(token.key, token.value);
  if (token.quoted) return undefined;
  const word = token.text.toLowerCase();
  const one = (name: FilterName, set: Filters): Found => ({
    name,
    value: "",
    apply: (query) => ({ ...query, filters: { ...query.filters, ...set } }),
    tokens: 1,
    mayGoOn: false,
  });
  const mention = /^<@([A-Z0-9]+)(?:\|[^>]*)?>$/.exec(token.text);
  if (mention?.[1]) return one("owner", { owner: { kind: "user", userId: mention[1] } });
  if (/^@\S+$/.test(token.text)) {
    const owner = { kind: "name", name: token.text.slice(1).replace(/[._]/g, " ") } as const;
    return one("owner", { owner });
  }
  if (word === "mine" || word === "my") return one("owner", { owner: { kind: "me" } });
  if (word === "team") return one("team", { team: "mine" });
  if (word === "up" || word === "down") return one("direction", { direction: word });
  const two = (name: FilterName, set: Filters): Found => ({ ...one(name, set), tokens: 2 });
  if (word === "quiet" && !isNumber(next)) return one("goneQuiet", { goneQuiet: true });
  if (word === "quiet") return two("quietDays", { quietDays: readDays("quiet", next) });
  if (word === "since") return two("sinceDays", { sinceDays: readDays("since", next) });
  // `B by 2026-12-15` says when, not what to rank by.
  if (word === "by" && isNumber(next)) return undefined;
  if (word === "by") return two("measure", { measure: readMeasure(next) });
  return undefined;
}

/** `90d`, and no column that is called after a year: `2025:X`. */
function isNumber(token: Token | undefined): boolean {
  return token?.key === undefined && /^-?\d/.test(token?.text ?? "");
}

function readNamed(typedKey: string, typedValue: string): Found {
  const key = typedKey.toLowerCase();
  const set = (name: FilterName, filter: (value: string) => Filters, mayGoOn = true): Found => ({
    name,
    value: typedValue,
    apply: (query, value) => ({ ...query, filters: { ...query.filters, ...filter(value) } }),
    tokens: 1,
    mayGoOn,
  });
  switch (key) {
    case "owner":
      return set("owner", (name) => ({ owner: { kind: "name", name } }));
    case "team":
      return set("team", (name) => ({ team: { name } }));
    case "product":
    case "industry":
    case "region":
      return set(key, (value) => ({ [key]: value }));
    case "within":
      return set("within", (within) => ({ within }));
    case "tier":
    case "from":
      return set(key, (value) => ({ [key]: readTier(key, value) }), false);
    case "cohort":
      return set("cohort", (value) => ({ cohort: readPeriod("cohort", value) }), false);
    case "fy":
      return set("fiscalPeriod", (value) => ({ fiscalPeriod: readPeriod("fy", value) }), false);
    case "by":
      return set("measure", (value) => ({ measure: readMeasure({ text: value, quoted: false }) }), false);
    case "quiet":
      return set("quietDays", (text) => ({ quietDays: readDays(key, { text, quoted: false }) }), false);
    case "since":
      return set("sinceDays", (text) => ({ sinceDays: readDays(key, { text, quoted: false }) }), false);
    default:
      return readColumn(typedKey, typedValue);
  }
}

function readColumn(column: string, typedValue: string): Found {
  return {
    name: "columns",
    value: typedValue,
    tokens: 1,
    mayGoOn: true,
    apply: (query, value) => {
      const others = (query.filters.columns ?? []).filter((other) => other.column !== column);
      if (others.length >= MOST_COLUMNS)
        throw new UsageError(`Filter by ${MOST_COLUMNS} imported columns at most.`);
      return { ...query, filters: { ...query.filters, columns: [...others, { column, value }] } };
    },
  };
}

/** A tier as people write it. */
function readTier(what: string, text: string): Tier {
  const tier = text.toUpperCase();
  if (tier === "A" || tier === "B" || tier === "C" || tier === "D") return tier;
  throw new UsageError(`There is no tier "${text}". Write ${what}:A, B, C or D.`);
}

function readDays(word: string, token: Token | undefined): number {
  const [, count, unit = "d"] = /^(\d{1,4})\s*(d|days?|w|weeks?|m|months?)?$/i.exec(token?.text ?? "") ?? [];
  const days = Number(count) * (/^w/i.test(unit) ? 7 : /^m/i.test(unit) ? 30 : 1);
  if (days >= 1 && days <= 9_999) return days;
  throw new UsageError(`Say how many days after "${word}": \`${word} 90d\`.`);
}

function readMeasure(token: Token | undefined): Measure {
  const measure = token?.text.toLowerCase();
  if (measure === "spend" || measure === "profit" || measure === "ltv" || measure === "potential")
    return measure;
  throw new UsageError(
    "Rank `by spend` or `by ltv`, by lifetime value; other measures need data that is not imported yet.",
  );
}

function readPeriod(key: string, text: string): string {
  if (/^\d{4}(-?q[1-4])?$/i.test(text)) return text.toUpperCase().replace("-", "");
  throw new UsageError(`Write ${key}: as a year or a quarter: \`${key}:2025\` or \`${key}:2025Q1\`.`);
}

function refusal(text: string, accepted: readonly FilterName[]): string {
  const words = accepted.map((name) => filterWords[name]).join(", ");
  return `"${text}" does not fit here. This command understands: ${words}.`;
}

const filterWords: Record<FilterName, string> = {
  owner: "mine, @name, owner:X",
  team: "team, team:X",
  product: "product:X",
  industry: "industry:X",
  region: "region:X",
  cohort: "cohort:2025Q1",
  tier: "tier:A",
  from: "from:A",
  direction: "up, down",
  quietDays: "quiet 90d",
  goneQuiet: "quiet",
  measure: "by spend, by ltv",
  sinceDays: "since 90d",
  fiscalPeriod: "fy:2026Q1",
  within: "within:industry",
  columns: "column:X",
};
