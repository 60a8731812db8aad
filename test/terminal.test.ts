import fc from "fast-check";
import stringWidth from "string-width";
import { describe, expect, test } from "vitest";
import type { Chart } from "../src/charts/chart.ts";
import type { Reply, Table } from "../src/command.ts";
import { accountsChart } from "../src/portfolio-charts.ts";
import { renderMistake, renderTerminal } from "../src/terminal.ts";
import { nastyNames, nastyText } from "./slack/nasty-text.ts";

/** What moves a cursor, colours a screen or overrides the direction; isolates are balanced, so they are harmless. */
const HARMFUL = /[\p{Cc}\u2028\u2029\u061c\u200e\u200f\u202a-\u202e]/u;

const names = [
  ...nastyNames,
  "=1+1",
  "+1",
  "-1",
  "@SUM(A1)",
  "\u001b[31mred\u001b[0m",
  "\u001b]0;title\u0007",
  "\u009b2J",
  "\rback",
  "東京株式会社",
  "日本 ab 語",
  "한국 회사",
  "e\u0301clair",
  "joins what follows: \u{11a84}",
];
const text = fc.oneof(fc.constantFrom(...names), nastyText);

const table = (rows: readonly (readonly string[])[], align?: "right"): Table => ({
  caption: "Accounts",
  columns: [{ title: "Account" }, { title: "Spend", ...(align && { align }) }, { title: "Owner" }],
  rows: rows.map((row) => row.map((cell) => ({ text: cell }))),
});
const linesOf = (reply: Omit<Reply, "data">) => renderTerminal({ ...reply, data: null }).split("\n");

test("each entry stands on its own, with what to type instead of its buttons", () => {
  const text = renderTerminal({
    headline: "2 things to do",
    entries: [
      {
        lines: [["1. Call ", { text: "Acme", style: "bold" }], ["€5,000, due Friday"]],
        actions: [
          { kind: "fill", form: "work", label: "Done", line: "actions done Acme renewal" },
          { kind: "fill", form: "day", label: "Snooze", line: "actions snooze Acme renewal" },
          { kind: "share", label: "Share", line: "actions" },
        ],
      },
      { lines: [["2. Thank Birch"]] },
    ],
    facts: [{ label: "Held back", value: "4" }],
    data: null,
  });
  expect(text).toBe(
    [
      "2 things to do",
      "1. Call Acme\n€5,000, due Friday\n  Done: actions done Acme renewal [hours 1.5] [because …]\n  Snooze: actions snooze Acme renewal until 2027-01-15",
      "2. Thank Birch",
      "Held back  4\n",
    ].join("\n\n"),
  );
});

test("an answer with everything in it", () => {
  const reply: Reply = {
    headline: "2 accounts",
    lines: [["It spent ", { text: "€12", style: "bold" }, " in all."], ["• rose from B"]],
    facts: [
      { label: "Owner", value: "Anna" },
      { label: "Last purchase", value: "1 Dec 2017" },
    ],
    table: {
      caption: "Accounts by spend",
      columns: [{ title: "Account" }, { title: "Spend", align: "right" }, { title: "Why" }],
      rows: [
        [{ text: "東京" }, { text: "€1,200" }, { text: "new" }],
        [{ text: "Acme" }, { text: "€3" }, { text: "" }],
      ],
    },
    actions: [
      { kind: "run", label: "Next", line: "top page:2" },
      { kind: "choose", label: "Open", choices: [{ label: "Acme", line: "account Acme" }] },
      { kind: "filter", label: "Filter", line: "top" },
      { kind: "share", label: "Share", line: "top" },
    ],
    notes: ["Data as of 2017-12-31"],
    data: {},
  };
  expect(renderTerminal(reply)).toBe(`2 accounts

It spent €12 in all.
• rose from B

Owner          Anna
Last purchase  1 Dec 2017

Accounts by spend
Account   Spend  Why
───────  ──────  ───
東京     €1,200  new
Acme         €3

Data as of 2017-12-31

Next:
  Next: top page:2
`);
});

test("a chart is drawn with characters, and says what it shows", () => {
  const chart: Chart = {
    kind: "pareto",
    title: "Concentration of spend",
    message: "1 account of 3 makes 80 % of spend.",
    categories: ["Alder", "Birch", "東京"],
    series: [{ name: "Spend", values: [800_000, 150_000, 50_000] }],
    unit: { kind: "money", currency: "EUR" },
    categoryTitle: "Account",
    omission: "2 more accounts are not in the chart.",
  };
  expect(renderTerminal({ headline: "3 accounts", charts: [chart], data: null })).toBe(`3 accounts

Concentration of spend
1 account of 3 makes 80 % of spend.
Alder  €8,000   80.0 %  ████████████████████
Birch  €1,500   95.0 %  ███▊
東京     €500  100.0 %  █▎
2 more accounts are not in the chart.
`);
});

test("only what there is: empty parts leave no gaps", () => {
  expect(
    renderTerminal({ headline: "Nothing", lines: [], facts: [], notes: [], actions: [], data: null }),
  ).toBe("Nothing\n");
});

test("columns stay aligned whatever is in them", () => {
  const rows = fc.array(fc.tuple(text, text, text), { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(rows, fc.constantFrom("right" as const, undefined), (cells, align) => {
      // A mark in the last column shows where it starts; in an aligned table that is one place.
      const marked = cells.map(([account, spend]) => [account, spend, "|"]);
      const [, , , head = "", rule = "", ...body] = linesOf({ headline: "x", table: table(marked, align) });
      const place = stringWidth(head) - "Owner".length;
      expect(body.length).toBe(cells.length + 1);
      for (const line of body.slice(0, -1)) {
        expect(line.endsWith("|")).toBe(true);
        expect(stringWidth(line.slice(0, -1))).toBe(place);
      }
      expect(stringWidth(rule)).toBe(place + "Owner".length);
    }),
  );
});

test("facts stay aligned whatever their labels are", () => {
  fc.assert(
    fc.property(fc.array(text, { minLength: 1, maxLength: 6 }), (labels) => {
      const lines = linesOf({ headline: "x", facts: labels.map((label) => ({ label, value: "|" })) });
      const places = lines.slice(2, -1).map((line) => stringWidth(line.slice(0, line.indexOf("|"))));
      expect(lines.length).toBe(labels.length + 3);
      // A label may hold the mark too; then only the last one counts.
      if (labels.every((label) => !label.includes("|"))) expect(new Set(places).size).toBe(1);
    }),
  );
});

describe("text from data", () => {
  /** Puts a text everywhere a reply can hold one. */
  const everywhere = (name: string): Reply => ({
    headline: name,
    lines: [["before", { text: name, style: "bold" }, "after"], [name]],
    facts: [{ label: name, value: name }],
    table: { ...table([[name, name, name]]), caption: name, columns: [1, 2, 3].map(() => ({ title: name })) },
    charts: [
      accountsChart([{ account: name, value: 1 }], {
        title: "Accounts",
        currency: "EUR",
        total: { accounts: 2, value: 3 },
      }),
    ],
    actions: [{ kind: "run", label: name, line: name }],
    notes: [name],
    data: null,
  });
  /** The lines of a reply whose texts are plain. */
  const plainLines = renderTerminal(everywhere("x")).split("\n").length;

  test("cannot move the cursor, colour the screen, break a line or turn it around", () => {
    fc.assert(
      fc.property(text, (name) => {
        const shown = renderTerminal(everywhere(name));
        expect(shown.replaceAll("\n", "")).not.toMatch(HARMFUL);
        expect(shown.split("\n").length).toBe(plainLines);
        const opened = shown.split(/[\u2066-\u2068]/).length;
        expect(shown.split("\u2069").length).toBe(opened);
      }),
    );
  });

  test.each([
    ["Smith & Sons <Berlin>", "Smith & Sons <Berlin>"],
    ["<!channel> @here", "<!channel> @here"],
    ["*bold* _it_ ~no~ `code`", "*bold* _it_ ~no~ `code`"],
    ['The "Best" Co', 'The "Best" Co'],
    ["=1+1", "=1+1"],
    ["line\nbreak\ttab", "line break tab"],
    ["\u001b[31mred\u001b[0m", "[31mred [0m"],
    ["\u202Eevil\u202C", "evil"],
    ["x".repeat(300), "x".repeat(300)],
    ["🧑‍🧑‍🧒‍🧒 👍🏽", "🧑‍🧑‍🧒‍🧒 👍🏽"],
    ["שלום", "\u2068שלום\u2069"],
  ])("%j reads %j", (name, expected) => {
    expect(linesOf({ headline: name })[0]).toBe(expected);
    expect(linesOf({ headline: "x", lines: [["is ", { text: name, style: "code" }, "!"]] })[2]).toBe(
      `is ${expected}!`,
    );
  });

  test("pieces of a line keep one space between them, and no more than that", () => {
    const line = (...spans: readonly string[]) => linesOf({ headline: "x", lines: [spans] })[2];
    expect(line("a ", "b", " c")).toBe("a b c");
    expect(line("a", "\r\n\n b \t", "c")).toBe("a b c");
    expect(line("a", "\n", "c")).toBe("a c");
    expect(line("a", "", "c")).toBe("ac");
  });

  test("a long run of blanks takes no time", () => {
    const started = performance.now();
    linesOf({ headline: "x", lines: [[`a${" ".repeat(100_000)}b`]] });
    expect(performance.now() - started).toBeLessThan(1_000);
  });
});

test("a mistake comes with what to type instead", () => {
  expect(
    renderMistake('No "tpo".\nSorry', [
      { label: "top A", line: "top A" },
      { label: "Acme\u001b[2J", line: 'account "id:1"' },
    ]),
  ).toBe('No "tpo". Sorry\n  top A\n  Acme [2J: account "id:1"');
  expect(renderMistake("No.", [])).toBe("No.");
});
