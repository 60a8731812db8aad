import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { accountName, oneTier, onlyWords } from "../src/command-words.ts";
import { allFilters, type Filters, formatQuery, parseQuery, type Query } from "../src/query.ts";
import { UsageError } from "../src/usage-error.ts";

const parse = (text: string) => parseQuery(text, allFilters);

/** The person's mistake that a line is refused with. */
function mistake(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof UsageError) return error.message;
    throw error;
  }
  throw new Error("nothing was refused");
}

describe("the filters of the product's list", () => {
  test.each<[string, Filters]>([
    ["mine", { owner: { kind: "me" } }],
    ["MY", { owner: { kind: "me" } }],
    ["<@U1|x>", { owner: { kind: "user", userId: "U1" } }],
    ["<@U1>", { owner: { kind: "user", userId: "U1" } }],
    ["<@W0123ABC|anna smith>", { owner: { kind: "user", userId: "W0123ABC" } }],
    ["@anna.smith", { owner: { kind: "name", name: "anna smith" } }],
    ["owner:Anna Smith", { owner: { kind: "name", name: "Anna Smith" } }],
    ["owner:anna@example.com", { owner: { kind: "name", name: "anna@example.com" } }],
    ["team", { team: "mine" }],
    ["team:North", { team: { name: "North" } }],
    ["product:GTX", { product: "GTX" }],
    ["product:GTX Plus Pro", { product: "GTX Plus Pro" }],
    ['industry:"real estate"', { industry: "real estate" }],
    ["industry:“real estate”", { industry: "real estate" }],
    ["industry:”real estate”", { industry: "real estate" }],
    ["industry:„real estate“", { industry: "real estate" }],
    ["industry:«real estate»", { industry: "real estate" }],
    ["industry:real estate", { industry: "real estate" }],
    ["Industry:retail", { industry: "retail" }],
    ["region:EMEA", { region: "EMEA" }],
    ["cohort:2025Q1", { cohort: "2025Q1" }],
    ["cohort:2025-q1", { cohort: "2025Q1" }],
    ["cohort:2025", { cohort: "2025" }],
    ["tier:A", { tier: "A" }],
    ["tier:b", { tier: "B" }],
    ["from:A", { from: "A" }],
    ["up", { direction: "up" }],
    ["Down", { direction: "down" }],
    ["quiet 90d", { quietDays: 90 }],
    ["quiet 90", { quietDays: 90 }],
    ["quiet 90 days", { quietDays: 90 }],
    ["since 2 weeks", { sinceDays: 14 }],
    ["quiet 6w", { quietDays: 42 }],
    ["quiet 3m", { quietDays: 90 }],
    ["quiet:90d", { quietDays: 90 }],
    ["quiet", { goneQuiet: true }],
    ["quiet mine", { goneQuiet: true, owner: { kind: "me" } }],
    ["quiet 2024:yes", { goneQuiet: true, columns: [{ column: "2024", value: "yes" }] }],
    ["by spend", { measure: "spend" }],
    ["by:LTV", { measure: "ltv" }],
    ["since 90d", { sinceDays: 90 }],
    ["since 1d", { sinceDays: 1 }],
    ["fy:2026Q1", { fiscalPeriod: "2026Q1" }],
    ["fy:2026", { fiscalPeriod: "2026" }],
    ["within:industry", { within: "industry" }],
    ['"Year founded":1999', { columns: [{ column: "Year founded", value: "1999" }] }],
    ["“Year founded”:“1999 or so”", { columns: [{ column: "Year founded", value: "1999 or so" }] }],
    ["Segment:key account", { columns: [{ column: "Segment", value: "key account" }] }],
    [
      "a:1 b:2 a:3",
      {
        columns: [
          { column: "b", value: "2" },
          { column: "a", value: "3" },
        ],
      },
    ],
    // In quotes, a name that is a filter's means the imported column.
    ['"Tier":Gold', { columns: [{ column: "Tier", value: "Gold" }] }],
    ['"page":2', { columns: [{ column: "page", value: "2" }] }],
  ])("%s", (line, filters) => {
    expect(parse(line)).toEqual({ words: [], filters, page: 1 });
  });
});

describe("what is a word and what a filter", () => {
  test.each<[string, readonly string[], Filters]>([
    ["A mine industry:retail", ["A"], { owner: { kind: "me" }, industry: "retail" }],
    // A value goes on until the next filter or a tier.
    ["industry:real estate mine", [], { owner: { kind: "me" }, industry: "real estate" }],
    ["industry:real estate A", ["A"], { industry: "real estate" }],
    ["product:GTX Pro quiet 30d", [], { product: "GTX Pro", quietDays: 30 }],
    [
      "Segment:key account up",
      [],
      { columns: [{ column: "Segment", value: "key account" }], direction: "up" },
    ],
    // One in quotes is complete.
    ['industry:"real estate" accounts', ["accounts"], { industry: "real estate" }],
    ['industry:retail "B"', ["B"], { industry: "retail" }],
    // So is one that can be one word only.
    ["cohort:2025 accounts", ["accounts"], { cohort: "2025" }],
    ["tier:A accounts", ["accounts"], { tier: "A" }],
    // Quotes make an ordinary word of a filter's.
    ['"mine" "by spend" "industry:retail"', ["mine", "by spend", "industry:retail"], {}],
    ["Smith: & Sons", ["Smith:", "&", "Sons"], {}],
    ['"The ""Best"" Co"', ['The "Best" Co'], {}],
    ["O’Brien", ["O'Brien"], {}],
    ['"O’Brien “Co”"', ["O’Brien “Co”"], {}],
    ['"never closed', ["never closed"], {}],
    // A time of day is no column, unless in quotes.
    ["weekly 08:30 mine", ["weekly", "08:30"], { owner: { kind: "me" } }],
    ["team:West 8:30pm", ["8:30pm"], { team: { name: "West" } }],
    ['"08":30', [], { columns: [{ column: "08", value: "30" }] }],
    ['""', [""], {}],
    ["", [], {}],
    [" \t\n ", [], {}],
  ])("%j", (line, words, filters) => {
    expect(parse(line)).toEqual({ words, filters, page: 1 });
  });

  test("page and snapshot", () => {
    expect(parse("A page:3 snapshot:17")).toEqual({ words: ["A"], filters: {}, page: 3, snapshot: 17 });
    expect(parseQuery("Acme page:2", [])).toEqual({ words: ["Acme"], filters: {}, page: 2 });
    expect(parse("industry:oil page:2")).toEqual({ words: [], filters: { industry: "oil" }, page: 2 });
  });

  test.each(["page:0", "page:-1", "page:1e300", "page:0x10", "page:1.5", "page:99999999999", "page:x"])(
    "%s is no page",
    (line) => {
      expect(parseQuery(line, []).page).toBe(1);
      expect(parse(line).page).toBe(1);
    },
  );
});

describe("refused", () => {
  test.each([
    ["tier:E", 'There is no tier "E". Write tier:A, B, C or D.'],
    ["from:top", 'There is no tier "top". Write from:A, B, C or D.'],
    ["quiet 0d", 'Say how many days after "quiet": `quiet 90d`.'],
    ["quiet -5d", 'Say how many days after "quiet": `quiet 90d`.'],
    ["quiet 9999w", 'Say how many days after "quiet": `quiet 90d`.'],
    ["since 2025-01-01", 'Say how many days after "since": `since 90d`.'],
    ["since:soon", 'Say how many days after "since": `since 90d`.'],
    [
      "by",
      "Rank `by spend` or `by ltv`, by lifetime value; other measures need data that is not imported yet.",
    ],
    [
      "by name",
      "Rank `by spend` or `by ltv`, by lifetime value; other measures need data that is not imported yet.",
    ],
    ["cohort:2025Q5", "Write cohort: as a year or a quarter: `cohort:2025` or `cohort:2025Q1`."],
    ["fy:next", "Write fy: as a year or a quarter: `fy:2025` or `fy:2025Q1`."],
  ])("%s", (line, message) => {
    expect(mistake(() => parse(line))).toBe(message);
  });

  test.each([
    ["mine", "mine"],
    ["<@U1|x>", "<@U1|x>"],
    ["industry:retail", "industry:retail"],
    ["up", "up"],
    ["quiet 90d", "quiet"],
    ['"Year founded":1999', "Year founded:1999"],
  ])("%s where the command does not understand it, with what it does", (line, text) => {
    expect(mistake(() => parseQuery(line, ["tier", "sinceDays"]))).toBe(
      `"${text}" does not fit here. This command understands: tier:A, since 90d.`,
    );
  });

  test("each filter is accepted where the command has it, and only there", () => {
    const lines: Record<(typeof allFilters)[number], string> = {
      owner: "mine",
      team: "team",
      product: "product:X",
      industry: "industry:X",
      region: "region:X",
      cohort: "cohort:2025",
      tier: "tier:A",
      from: "from:A",
      direction: "up",
      quietDays: "quiet 9d",
      goneQuiet: "quiet",
      measure: "by spend",
      sinceDays: "since 9d",
      fiscalPeriod: "fy:2025",
      within: "within:region",
      columns: "Size:XL",
    };
    for (const name of allFilters) {
      expect(Object.keys(parseQuery(lines[name], [name]).filters)).toEqual([name]);
      const others = allFilters.filter((other) => other !== name);
      expect(mistake(() => parseQuery(lines[name], others))).toContain("does not fit here");
    }
  });
});

test("a command without filters gets all words as they are", () => {
  const words = (line: string) => parseQuery(line, []).words;
  expect(words("Up & Down by mine team")).toEqual(["Up", "&", "Down", "by", "mine", "team"]);
  expect(words("quiet industry:retail <@U1|x> @anna")).toEqual([
    "quiet",
    "industry:retail",
    "<@U1|x>",
    "@anna",
  ]);
  expect(words('"id:0b9f" “Best Co”')).toEqual(["id:0b9f", "Best Co"]);
});

const anything = fc.oneof(
  fc.string({ unit: "binary", maxLength: 30 }),
  fc.string({ unit: "grapheme", maxLength: 20 }),
  fc.constantFrom(
    'The "Best" Co, "quoted',
    '"',
    '""',
    '":"',
    "“curly” ‘and’ «French»",
    "O’Brien",
    "a:b:c",
    "page:2",
    "<@U012345>",
    "<!channel>",
    "@here",
    "شركة النور",
    "\u202Eevil\u202C",
    "🧑‍🧑‍🧒‍🧒 GmbH",
    "line\nbreak\ttab",
    "",
    "   ",
    ...["mine", "UP", "by", "quiet", "since", "team", "A", "tier", "owner", "page", "snapshot", "Industry"],
    "__proto__",
    "constructor",
  ),
  fc.stringMatching(/^["“”' :<>@a-d]{0,12}$/),
);
const tier = fc.constantFrom("A" as const, "B" as const, "C" as const, "D" as const);
const period = fc.stringMatching(/^[12][0-9]{3}(Q[1-4])?$/);
const days = fc.integer({ min: 1, max: 9_999 });
const filters: fc.Arbitrary<Filters> = fc.record(
  {
    owner: fc.oneof(
      fc.constant({ kind: "me" as const }),
      fc.record({ kind: fc.constant("user" as const), userId: fc.stringMatching(/^[UW][A-Z0-9]{1,10}$/) }),
      fc.record({ kind: fc.constant("name" as const), name: anything }),
    ),
    team: fc.oneof(fc.constant("mine" as const), fc.record({ name: anything })),
    product: anything,
    industry: anything,
    region: anything,
    cohort: period,
    tier,
    from: tier,
    direction: fc.constantFrom("up" as const, "down" as const),
    quietDays: days,
    goneQuiet: fc.constant(true as const),
    measure: fc.constantFrom("spend" as const, "profit" as const, "ltv" as const, "potential" as const),
    sinceDays: days,
    fiscalPeriod: period,
    within: anything,
    columns: fc.uniqueArray(fc.record({ column: anything, value: anything }), {
      selector: ({ column }) => column,
      minLength: 1,
      maxLength: 3,
    }),
  },
  { requiredKeys: [] },
);
const paging = fc.record(
  { page: fc.integer({ min: 1, max: 999_999_999 }), snapshot: fc.integer({ min: 1, max: 999_999_999 }) },
  { requiredKeys: ["page"] },
);

describe("a query as a line is the same query again", () => {
  test("for any words and filters", () => {
    fc.assert(
      fc.property(fc.array(anything, { maxLength: 4 }), filters, paging, (words, chosen, pages) => {
        const query: Query = { words, filters: chosen, ...pages };
        const line = formatQuery("top", query);
        expect(line.startsWith("top")).toBe(true);
        expect(parse(line.slice("top".length))).toEqual(query);
      }),
      { numRuns: 1_000 },
    );
  });

  test("for any account name, where there are no filters", () => {
    fc.assert(
      fc.property(anything, (name) => {
        const query: Query = { words: [name], filters: {}, page: 1 };
        expect(parseQuery(formatQuery("account", query).slice("account".length), [])).toEqual(query);
      }),
      { numRuns: 1_000 },
    );
  });

  test("and reads as people would type it", () => {
    const query: Query = {
      words: ["A"],
      filters: {
        owner: { kind: "user", userId: "U1" },
        industry: "real estate",
        direction: "up",
        quietDays: 90,
        measure: "spend",
        columns: [{ column: "Tier", value: "R&D" }],
      },
      page: 2,
      snapshot: 7,
    };
    expect(formatQuery("top", query)).toBe(
      'top A <@U1> industry:"real estate" up quiet 90d by spend "Tier":R&D page:2 snapshot:7',
    );
  });

  test("whatever was typed: a line that is understood is understood the same when written out", () => {
    const pieces = fc.constantFrom(
      ...["industry:", "real", "estate", "A", "mine", "quiet", "90d", "by", "spend", "page:2", '"', "“", ":"],
      ...["<@U1|x>", "@anna", "Size:", "x", "'", "’", "9999w"],
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(pieces, fc.constantFrom(" ", "")), { maxLength: 12 }), (typed) => {
        const line = typed.flat().join("");
        let query: Query;
        try {
          query = parse(line);
        } catch (error) {
          expect(error).toBeInstanceOf(UsageError);
          return;
        }
        expect(parse(formatQuery("top", query).slice("top".length))).toEqual(query);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe("input of any kind", () => {
  test("is understood or is the person's mistake, never an error of ours", () => {
    fc.assert(
      fc.property(fc.array(anything), fc.subarray([...allFilters]), (typed, accepted) => {
        try {
          parseQuery(typed.join(" "), accepted);
        } catch (error) {
          expect(error).toBeInstanceOf(UsageError);
        }
      }),
      { numRuns: 500 },
    );
  });

  test.each([
    "a",
    " ",
    '"',
    '""',
    '" ',
    '"a" ',
    "“",
    ":",
    "a:",
    "a ",
    'a"',
    '":',
    "<@",
    "<@ ",
    "<@U1",
    "<@U1>",
    "mine ",
    "by spend ",
    "industry:a ",
    'x:"',
    "\u0000",
    "‘",
    "<!a ",
    "90",
    "@",
  ])("100,000 characters of %j take no time", (piece) => {
    const line = piece.repeat(Math.ceil(100_000 / piece.length));
    for (const text of [line, `${line}"`, `quiet ${line}`, `industry:${line}`, `"x ${line}`]) {
      const started = performance.now();
      for (const accepted of [allFilters, []]) {
        try {
          parseQuery(text, accepted);
        } catch (error) {
          expect(error).toBeInstanceOf(UsageError);
        }
      }
      expect(performance.now() - started).toBeLessThan(1_000);
    }
  });

  test("more imported columns than anybody has reason to name are refused, however many", () => {
    const columns = (count: number) => Array.from({ length: count }, (_, index) => `c${index}:x`).join(" ");
    expect(parse(columns(20)).filters.columns?.length).toBe(20);
    const started = performance.now();
    expect(mistake(() => parse(columns(15_000)))).toBe("Filter by 20 imported columns at most.");
    expect(performance.now() - started).toBeLessThan(1_000);
  });
});

describe("the words left for a command", () => {
  test("one of its own, or none", () => {
    expect(onlyWords("explain").parse([])).toEqual({ explain: false });
    expect(onlyWords("explain").parse(["Explain"])).toEqual({ explain: true });
    expect(onlyWords("explain").safeParse(["what", "now"]).error?.issues[0]?.message).toBe(
      'I do not understand "what now".',
    );
  });

  test("an account's name", () => {
    expect(accountName.parse(["Up", "&", "Down"])).toEqual({ name: "Up & Down" });
    expect(accountName.safeParse([]).error?.issues[0]?.message).toBe("Which account?");
  });

  test.each([
    [[], undefined],
    [["A"], "A"],
    [["a", "accounts"], "A"],
    [["tier", "B"], "B"],
    [["the", "C", "customers"], "C"],
    [["ALL", "Accounts"], undefined],
  ])("a tier or all: %j", (typed, expected) => {
    expect(oneTier.parse(typed)).toEqual({ tier: expected });
  });

  test.each([[["E"]], [["A", "B"]], [["AB"]], [["accounts", "x"]]])("no tier: %j", (typed) => {
    expect(oneTier.safeParse(typed).error?.issues[0]?.message).toMatch(
      /^I do not understand ".+": a tier is/,
    );
  });
});
