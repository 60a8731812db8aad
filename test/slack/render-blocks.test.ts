import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Chart } from "../../src/charts/chart.ts";
import type { Action, Entry, Reply } from "../../src/command.ts";
import { validateMessage } from "../../src/playground/validate-blocks.ts";
import { characters } from "../../src/slack/block-parts.ts";
import { renderFailure, renderNotice, renderReply, renderUsage } from "../../src/slack/render-blocks.ts";
import { nastyNames, nastyText } from "./nasty-text.ts";

const list: Reply = {
  headline: "12 A accounts make 80 % of $9.4M",
  lines: [["Led by ", { text: "Acme & Sons", style: "bold" }, "; say ", { text: "why Acme", style: "code" }]],
  facts: [{ label: "Owner", value: "Ann" }],
  table: {
    caption: "Tier A",
    columns: [{ title: "#", align: "right" }, { title: "Account" }, { title: "Spend", align: "right" }],
    rows: [
      [{ text: "1", value: 1 }, { text: "Acme & Sons" }, { text: "$1.2M", value: 120_000_000 }],
      [{ text: "2", value: 2 }, { text: "" }, { text: "–" }],
    ],
  },
  actions: [
    { kind: "run", label: "Next", line: "top A page:2 snapshot:7" },
    { kind: "choose", label: "Open an account", choices: [{ label: "Acme", line: "account Acme" }] },
    { kind: "filter", label: "Filter", line: "top A" },
    { kind: "share", label: "Share", line: "top A" },
    { kind: "run", label: "Why Acme", line: "why Acme" },
  ],
  notes: ["Data as of 30 June 2026"],
  data: {},
};

describe("a reply as a message", () => {
  test("says everything, in the order it is read", () => {
    const message = renderReply(list, { line: "top A" });
    expect(message).toEqual({
      text: "12 A accounts make 80 % of $9.4M",
      blocks: [
        { type: "header", text: plain("12 A accounts make 80 % of $9.4M") },
        richText(
          { type: "text", text: "Led by " },
          { type: "text", text: "Acme & Sons", style: { bold: true } },
          { type: "text", text: "; say " },
          { type: "text", text: "why Acme", style: { code: true } },
        ),
        richText({ type: "text", text: "Owner", style: { bold: true } }, { type: "text", text: "  Ann" }),
        {
          type: "data_table",
          caption: "Tier A",
          page_size: 2,
          row_header_column_index: 1,
          rows: [
            [raw("#"), raw("Account"), raw("Spend")],
            [number("1", 1), raw("Acme & Sons"), number("$1.2M", 120_000_000)],
            [number("2", 2), raw("–"), raw("–")],
          ],
        },
        {
          type: "actions",
          elements: [
            { type: "button", action_id: "run:0", text: plain("Next"), value: "top A page:2 snapshot:7" },
            {
              type: "static_select",
              action_id: "choose:1",
              placeholder: plain("Open an account"),
              options: [{ text: plain("Acme"), value: "account Acme" }],
            },
            { type: "button", action_id: "filter:2", text: plain("Filter"), value: "top A" },
            { type: "button", action_id: "share:3", text: plain("Share"), value: "top A" },
            { type: "button", action_id: "run:4", text: plain("Why Acme"), value: "why Acme" },
          ],
        },
        { type: "context", elements: [plain("Data as of 30 June 2026"), plain("/portfolio top A")] },
      ],
    });
    expect(validateMessage(message)).toEqual([]);
  });

  test("in a channel keeps only what opens something privately, and says who shared it", () => {
    const message = renderReply(list, { line: "top A", shared: { by: "Ann <!here>" } });
    expect(actionIds(message)).toEqual(["choose:0", "run:1"]);
    expect(message.blocks.at(-1)).toEqual({
      type: "context",
      elements: [plain("Shared by Ann <!here>"), plain("Data as of 30 June 2026"), plain("/portfolio top A")],
    });
  });

  test("also drops the button back to the first page", () => {
    const actions: Action[] = [{ kind: "run", label: "Previous", line: "top A snapshot:7" }];
    const message = renderReply({ ...list, actions }, { line: "top A", shared: { by: "Ann" } });
    expect(actionIds(message)).toEqual([]);
  });

  test("shows fewer rows of a table that is too large, and says how many are missing", () => {
    const rows = Array.from({ length: 150 }, (_, rank) => [
      { text: String(rank), value: rank },
      { text: "n".repeat(190) },
    ]);
    const columns = [{ title: "#", align: "right" as const }, { title: "Account" }];
    const message = renderReply(
      { headline: "h", table: { caption: "c", columns, rows }, data: {} },
      { line: "top" },
    );
    const table = message.blocks.find((block) => block.type === "data_table");
    const shown = (table?.rows.length ?? 0) - 1;
    expect(shown).toBeGreaterThan(45);
    expect(JSON.stringify(message)).toContain(`${150 - shown} more rows are not shown here.`);
    expect(validateMessage(message)).toEqual([]);
  });

  test("a long headline is bold text instead of a header", () => {
    const message = renderReply({ headline: "word ".repeat(40), data: {} }, { line: "" });
    expect(message.blocks[0]).toMatchObject({ type: "rich_text" });
    expect(validateMessage(message)).toEqual([]);
  });

  test("a choice whose line is too long for a menu becomes a button", () => {
    const long = `account "${"é".repeat(200)}"`;
    const choices = [
      { label: "Short", line: "account S" },
      { label: "Long", line: long },
    ];
    const message = renderReply(
      { headline: "h", actions: [{ kind: "choose", label: "Open", choices }], data: {} },
      { line: "x" },
    );
    expect(actionIds(message)).toEqual(["choose:0", "run:0.0"]);
    expect(JSON.stringify(message)).toContain(long.replaceAll('"', '\\"'));
    expect(validateMessage(message)).toEqual([]);
  });

  test("no name becomes markup, a mention or a right-to-left sentence", () => {
    const message = renderReply({ headline: "شركة fell to B & <!channel> 41", data: {} }, { line: "x" });
    expect(message.text).toBe("\u2068شركة\u2069 fell to B &amp; &lt;!channel&gt; 41");
  });
});

describe("entries of a reply", () => {
  const entry = (index: number, words = "Call them"): Entry => ({
    lines: [[{ text: `${index + 1}. Acme ${index}`, style: "bold" }], [words]],
    actions: [
      { kind: "fill", form: "work", label: "Done", line: `actions done id:${index}`, style: "primary" },
      { kind: "run", label: "Account", line: `account id:${index}` },
    ],
  });
  const rendered = (entries: readonly Entry[], more: Partial<Reply> = {}, shared?: { readonly by: string }) =>
    renderReply(
      { headline: "3 things to do", entries, data: {}, ...more },
      { line: "actions", ...(shared && { shared }) },
    );

  test("stand behind the lines, each with its buttons beneath it", () => {
    const { blocks } = rendered([entry(0), entry(1)], {
      lines: [["Worth €5,000"]],
      facts: [{ label: "Held back", value: "4" }],
    });
    expect(blocks.map(({ type }) => type)).toEqual([
      ...["header", "rich_text", "rich_text", "actions", "rich_text", "actions", "rich_text", "context"],
    ]);
    expect(blocks[3]).toEqual({
      type: "actions",
      elements: [
        {
          type: "button",
          action_id: "fill-work:e0-0",
          text: plain("Done"),
          value: "actions done id:0\nAcme 0",
          style: "primary",
        },
        { type: "button", action_id: "run:e0-1", text: plain("Account"), value: "account id:0" },
      ],
    });
  });

  test("have buttons whose ids no other button of the message has", () => {
    const message = rendered([entry(0), entry(1), { lines: [["Three"]] }], {
      actions: entry(9).actions ?? [],
    });
    expect(actionIds(message)).toEqual([
      "fill-work:e0-0",
      "run:e0-1",
      "fill-work:e1-0",
      "run:e1-1",
      "fill-work:0",
      "run:1",
    ]);
    expect(validateMessage(message)).toEqual([]);
  });

  test("in a channel keep only what opens something privately", () => {
    expect(actionIds(rendered([entry(0)], {}, { by: "Ann" }))).toEqual(["run:e0-0"]);
  });

  test("that are too many or too long are left out whole, and the message says how many", () => {
    for (const words of ["Call them", "long ".repeat(150)]) {
      const entries = Array.from({ length: 40 }, (_, index) => entry(index, words));
      const message = rendered(entries);
      const shown = message.blocks.filter(({ type }) => type === "actions").length;
      expect(shown).toBeGreaterThan(8);
      expect(JSON.stringify(message)).toContain(`${40 - shown} more items are not shown here.`);
      expect(validateMessage(message)).toEqual([]);
    }
  });

  test("come before the rows of a table", () => {
    const cells = Array.from({ length: 100 }, () => [{ text: "n".repeat(190) }]);
    const table = { caption: "c", columns: [{ title: "Account" }], rows: cells };
    const entries = Array.from({ length: 8 }, (_, index) => entry(index, "long ".repeat(100)));
    const { blocks } = rendered(entries, { table });
    expect(blocks.filter(({ type }) => type === "actions")).toHaveLength(8);
    expect(blocks.findIndex(({ type }) => type === "data_table")).toBeGreaterThan(16);
  });
});

describe("charts of a reply", () => {
  const chart: Chart = {
    kind: "bar",
    title: "Spend by tier",
    message: "A makes 80 % of spend.",
    categories: ["A", "B"],
    series: [{ name: "Spend", values: [800, 200] }],
    unit: { kind: "money", currency: "EUR" },
    categoryTitle: "Tier",
    omission: "C is not in the chart.",
  };
  const types = (charts: readonly Chart[], form = 0) =>
    renderReply({ headline: "h", charts, data: {} }, { line: "", form }).blocks.map(({ type }) => type);

  test("are at most two of Slack's own; the third is a table", () => {
    expect(types([chart, chart, chart])).toEqual([
      ...["header", "data_visualization", "data_visualization", "data_table", "context"],
    ]);
  });

  test("say in words what they show and leave out", () => {
    const { blocks } = renderReply({ headline: "h", charts: [chart], data: {} }, { line: "" });
    expect(blocks.at(-1)).toEqual({
      type: "context",
      elements: [plain("A makes 80 % of spend."), plain("C is not in the chart.")],
    });
  });

  test("go down one rung from form to form, each as far as it can", () => {
    const charts = [chart, { ...chart, kind: "pareto" as const }];
    expect(types(charts, 1)).toEqual(["header", "data_table", "rich_text", "context"]);
    expect(types(charts, 2)).toEqual(["header", "rich_text", "rich_text"]);
    expect(types(charts, 9)).toEqual(types(charts, 2));
  });

  test("with nothing in them are a sentence", () => {
    const empty = { ...chart, categories: [], series: [] };
    expect(JSON.stringify(renderReply({ headline: "h", charts: [empty], data: {} }, { line: "" }))).toContain(
      "A makes 80 % of spend.",
    );
  });
});

describe("whatever the reply is", () => {
  const kinds: readonly Chart["kind"][] = ["bar", "line", "area", "pie", "pareto"];
  const line = fc.oneof(nastyText, fc.constantFrom("top A", "top A page:2"));
  const span = fc.oneof(nastyText, fc.record({ text: nastyText, style: fc.constantFrom("bold", "code") }));
  const cell = fc.oneof(fc.record({ text: nastyText }), fc.record({ text: nastyText, value: fc.double() }));
  const action: fc.Arbitrary<Action> = fc.oneof(
    fc.record({
      kind: fc.constantFrom("run", "filter", "share"),
      label: nastyText,
      line,
    }),
    fc.record({
      kind: fc.constant("choose"),
      label: nastyText,
      choices: fc.array(fc.record({ label: nastyText, line }), { maxLength: 150 }),
    }),
  );
  const table = fc.record({
    caption: nastyText,
    columns: fc.array(fc.record({ title: nastyText, align: fc.constantFrom("left", "right") }), {
      maxLength: 25,
    }),
    rows: fc.array(fc.array(cell, { maxLength: 25 }), { maxLength: 130 }),
  });
  const chart: fc.Arbitrary<Chart> = fc
    .record({ count: fc.nat(30), series: fc.nat(8), kind: fc.constantFrom(...kinds) })
    .chain(({ count, series, kind }) =>
      fc.record({
        kind: fc.constant(kind),
        title: nastyText,
        message: nastyText,
        categories: fc.array(nastyText, { minLength: count, maxLength: count }),
        series: fc.array(
          fc.record({
            name: nastyText,
            values: fc.array(fc.integer(), { minLength: count, maxLength: count }),
          }),
          { minLength: series, maxLength: series },
        ),
        unit: fc.constantFrom<Chart["unit"]>(
          { kind: "money", currency: "EUR" },
          { kind: "count", noun: "deal" },
          { kind: "share" },
        ),
        categoryTitle: nastyText,
        omission: nastyText,
      }),
    );
  const reply = fc.record(
    {
      headline: nastyText,
      charts: fc.array(chart, { maxLength: 3 }),
      lines: fc.array(fc.array(span, { maxLength: 8 }), { maxLength: 40 }),
      entries: fc.array(
        fc.record({
          lines: fc.array(fc.array(span, { maxLength: 4 }), { maxLength: 4 }),
          actions: fc.array(action, { maxLength: 30 }),
        }),
        { maxLength: 40 },
      ),
      facts: fc.array(fc.record({ label: nastyText, value: nastyText }), { maxLength: 40 }),
      table,
      actions: fc.array(action, { maxLength: 130 }),
      notes: fc.array(nastyText, { maxLength: 30 }),
      data: fc.constant({}),
    },
    { requiredKeys: ["headline", "data"] },
  ) as fc.Arbitrary<Reply>;

  test("the message is valid, within the total, and well-formed", () => {
    fc.assert(
      fc.property(
        reply,
        line,
        fc.option(nastyText, { nil: undefined }),
        fc.nat(4),
        (any, typed, by, form) => {
          const shared = by === undefined ? {} : { shared: { by } };
          const pictures = new Map(any.charts?.map((each) => [each, "F0PICTURE"]));
          const message = renderReply(any, { line: typed, form, pictures, ...shared });
          expect(validateMessage(message)).toEqual([]);
          expect(characters(message.blocks)).toBeLessThanOrEqual(12_000);
          expectHarmless(message);
          const ids = actionIds(message);
          expect(new Set(ids).size).toBe(ids.length);
        },
      ),
      { numRuns: 100, seed: 4 },
    );
  }, 120_000);

  test("usage answers, failures and notices are valid", () => {
    const suggestion = fc.record({ label: nastyText, line });
    fc.assert(
      fc.property(nastyText, fc.array(suggestion, { maxLength: 60 }), (text, suggestions) => {
        for (const message of [renderUsage(text, suggestions), renderFailure(text), renderNotice(text)]) {
          expect(validateMessage(message)).toEqual([]);
          expectHarmless(message);
        }
      }),
    );
  });

  test.each(nastyNames)("%j everywhere", (name) => {
    const cells = [{ text: "1", value: 1 }, { text: name }];
    const any: Reply = {
      headline: name,
      lines: [[name, { text: name, style: "bold" }]],
      entries: [{ lines: [[name]], actions: [{ kind: "run", label: name, line: `why "${name}"` }] }],
      facts: [{ label: name, value: name }],
      table: { caption: name, columns: [{ title: "#", align: "right" }, { title: name }], rows: [cells] },
      actions: [{ kind: "run", label: name, line: `why "${name}"` }],
      notes: [name],
      data: {},
    };
    const message = renderReply(any, { line: `why ${name}`, shared: { by: name } });
    expect(validateMessage(message)).toEqual([]);
    expectHarmless(message);
  });
});

/** Nothing that Slack would parse, reverse, or refuse to decode. */
function expectHarmless(message: { readonly text: string; readonly blocks: readonly unknown[] }): void {
  expect(message.text).not.toMatch(/<|>|&(?!amp;|lt;|gt;)/);
  const all = JSON.stringify(message);
  expect(all).not.toContain('"mrkdwn"');
  const texts: string[] = [];
  JSON.stringify(message, (key, value) => {
    if (typeof value === "string") expect(value.isWellFormed(), value).toBe(true);
    if (typeof value === "string" && key === "text" && value !== "\n") texts.push(value);
    return value;
  });
  for (const text of texts) {
    expect(text).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066\u2067]/u);
    expect(text.split("\u2068").length).toBe(text.split("\u2069").length);
  }
}

function actionIds(message: { readonly blocks: readonly unknown[] }): readonly string[] {
  return [...JSON.stringify(message.blocks).matchAll(/"action_id":"([^"]+)"/g)].map(([, id]) => id ?? "");
}

const plain = (text: string) => ({ type: "plain_text", text, emoji: false });
const raw = (text: string) => ({ type: "raw_text", text });
const number = (text: string, value: number) => ({ type: "raw_number", text, value });
const richText = (...elements: readonly object[]) => ({
  type: "rich_text",
  elements: [{ type: "rich_text_section", elements }],
});
