import type { ModalView } from "@slack/types";

// A message as the app would send it, and modals; both are valid Block Kit.

const NAMES = [
  ["Brightwater Logistics", 412_900, "+12 %", "Largest in transport; three products", "Mara Lindqvist"],
  ["Hanse Maschinenbau", 388_150, "−4 %", "Steady; renewal due in 40 days", "Jonas Weber"],
  ["Kestrel Aerospace", 351_300, "+31 %", "New line bought in March", "Priya Nair"],
  ["Fjord & Sons <Marine>", 298_720, "+2 %", "Buys every month", "Jonas Weber"],
  ["Ostrava Steel", 267_400, "−18 %", "Two open complaints", "Priya Nair"],
  ["Lumen Optics", 241_050, "+9 %", "Second product in May", "Mara Lindqvist"],
  ["Pellworm Energie", 238_900, "0 %", "Contract until 2027", "Jonas Weber"],
  ["Cobalt Foods", 199_640, "+44 %", "Fastest growing in food", "Priya Nair"],
  ["Vantage Rail", 187_310, "−7 %", "Quiet for 61 days", "Jonas Weber"],
  ["Zephyr Paper", 164_980, "+3 %", "Same volume, better margin", "nobody yet"],
] as const;

const raw = (text: string) => ({ type: "raw_text", text });
const option = (text: string, value = text) => ({ text: { type: "plain_text" as const, text }, value });
const button = (text: string, actionId: string, value: string, more = {}) => ({
  type: "button",
  text: { type: "plain_text", text },
  action_id: actionId,
  value,
  ...more,
});

export const TIER_LIST = {
  text: "Tier A: 10 of 34 accounts make 81 % of spend",
  blocks: [
    { type: "header", text: { type: "plain_text", text: "Tier A: 34 accounts, 81 % of spend" } },
    {
      type: "rich_text",
      elements: [
        {
          type: "rich_text_section",
          elements: [
            { type: "text", text: "Spend in the 24 months to 31 October 2026. " },
            { type: "text", text: "Ostrava Steel", style: { bold: true } },
            { type: "text", text: " fell 18 % and has two open complaints; owner " },
            { type: "user", user_id: "U0PRIYA" },
            { type: "text", text: ". Try " },
            { type: "text", text: "/portfolio why Ostrava", style: { code: true } },
            { type: "text", text: "." },
          ],
        },
      ],
    },
    {
      type: "data_table",
      caption: "Tier A by spend, 1 to 10 of 34",
      page_size: 10,
      row_header_column_index: 1,
      rows: [
        ["#", "Account", "Spend", "Change", "Why", "Owner"].map(raw),
        ...NAMES.map(([name, spend, change, why, owner], index) => [
          { type: "raw_number", value: index + 1, text: String(index + 1) },
          raw(name),
          { type: "raw_number", value: spend, text: `${spend.toLocaleString("de-DE")} €` },
          raw(change),
          raw(why),
          raw(owner),
        ]),
      ],
    },
    {
      type: "actions",
      block_id: "list-actions",
      elements: [
        button("Next 10", "next", "top A page:2"),
        button("Share", "share", "top A", { style: "primary" }),
        button("Filter", "filter", "top A"),
        {
          type: "external_select",
          action_id: "account",
          placeholder: { type: "plain_text", text: "Open an account" },
          min_query_length: 1,
        },
        {
          type: "static_select",
          action_id: "tier",
          placeholder: { type: "plain_text", text: "Another tier" },
          options: ["B", "C", "D"].map((tier) => option(`Tier ${tier}`, tier)),
        },
        {
          type: "overflow",
          action_id: "more",
          options: [option("As CSV", "csv"), option("Explain", "explain")],
        },
      ],
    },
    {
      type: "context",
      elements: [
        { type: "mrkdwn", text: "Data as of 21 Nov 2026 · snapshot 118 · 2 sources are *older than a week*" },
      ],
    },
  ],
};

export const CHARTS = {
  text: "Concentration: the top 20 % make 78 % of spend",
  blocks: [
    { type: "section", text: { type: "mrkdwn", text: "The top *20 %* of accounts make *78 %* of spend." } },
    {
      type: "data_visualization",
      title: "Spend by quarter and tier",
      chart: {
        type: "bar",
        series: ["A", "B"].map((tier, nth) => ({
          name: `Tier ${tier}`,
          data: ["Q1", "Q2", "Q3", "Q4"].map((label, index) => ({
            label,
            value: 900_000 / (nth + 1) + index * 61_000,
          })),
        })),
        axis_config: { categories: ["Q1", "Q2", "Q3", "Q4"], x_label: "2026", y_label: "Spend, €" },
      },
    },
    {
      type: "data_visualization",
      title: "Share of spend",
      chart: {
        type: "pie",
        segments: [
          { label: "A", value: 81 },
          { label: "B", value: 13 },
          { label: "C", value: 5 },
          { label: "D", value: 1 },
        ],
      },
    },
  ],
};

export const FILE_MODAL: ModalView = {
  type: "modal",
  callback_id: "import",
  title: { type: "plain_text", text: "Import accounts" },
  submit: { type: "plain_text", text: "Import" },
  blocks: [
    {
      type: "input",
      block_id: "lists",
      label: { type: "plain_text", text: "Lists" },
      hint: { type: "plain_text", text: "Accounts and orders, as CSV or Excel" },
      element: { type: "file_input", action_id: "lists-files", filetypes: ["csv", "XLSX"], max_files: 2 },
    },
    {
      type: "input",
      block_id: "remark",
      label: { type: "plain_text", text: "Remark" },
      element: { type: "plain_text_input", action_id: "remark-text" },
      optional: true,
    },
  ],
};

export const FILTER_MODAL: ModalView = {
  type: "modal",
  callback_id: "filter",
  title: { type: "plain_text", text: "Filter the list" },
  submit: { type: "plain_text", text: "Show" },
  notify_on_close: true,
  private_metadata: "top A",
  blocks: [
    {
      type: "input",
      block_id: "region",
      label: { type: "plain_text", text: "Region" },
      element: {
        type: "static_select",
        action_id: "region-choice",
        placeholder: { type: "plain_text", text: "Any region" },
        options: [option("North", "north"), option("South", "south")],
      },
      optional: true,
    },
    {
      type: "input",
      block_id: "owner",
      label: { type: "plain_text", text: "Owner" },
      element: { type: "users_select", action_id: "owner-choice" },
      optional: true,
    },
    {
      type: "input",
      block_id: "least",
      label: { type: "plain_text", text: "Spend at least" },
      hint: { type: "plain_text", text: "In euros, whole numbers" },
      element: { type: "number_input", action_id: "least-value", is_decimal_allowed: false, min_value: "0" },
    },
    {
      type: "input",
      block_id: "note",
      label: { type: "plain_text", text: "Note" },
      element: {
        type: "plain_text_input",
        action_id: "note-text",
        multiline: true,
        initial_value: "for the review",
      },
      optional: true,
    },
  ],
};
