import { describe, expect, it } from "vitest";
import { validateMessage, validateSuggestions, validateView } from "../../src/playground/validate-blocks.ts";
import { CHARTS, FILE_MODAL, FILTER_MODAL, TIER_LIST } from "./sample-messages.ts";

// The oracle is Slack's reference; each case names the rule as the validator words it. A case is a pair:
// the largest thing that passes and the smallest that does not.

type Json = Record<string, unknown>;

const long = (count: number) => "x".repeat(count);
const plain = (text = "text") => ({ type: "plain_text", text });
const mrkdwn = (text = "text") => ({ type: "mrkdwn", text });
const option = (value = "value", text = "text") => ({ text: plain(text), value });
const many = <T>(count: number, make: (index: number) => T) =>
  Array.from({ length: count }, (_none, i) => make(i));
const options = (count: number) => many(count, (index) => option(`value ${index}`));

const section = (more: Json = {}) => ({ type: "section", text: mrkdwn(), ...more });
const actions = (...elements: Json[]) => ({ type: "actions", elements });
const button = (more: Json = {}) => ({ type: "button", text: plain(), action_id: "press", ...more });
const accessory = (element: Json) => section({ accessory: element });
const input = (element: Json, more: Json = {}) => ({ type: "input", label: plain(), element, ...more });
const select = (type: string, more: Json = {}) => actions({ type, action_id: "pick", ...more });
const confirm = (more: Json = {}) => ({
  title: plain(),
  text: mrkdwn(),
  confirm: plain(),
  deny: plain(),
  ...more,
});
const image = (more: Json = {}) => ({
  type: "image",
  image_url: "https://x.example/a.png",
  alt_text: "a",
  ...more,
});
const richText = (...elements: Json[]) => ({ type: "rich_text", elements });
const richSection = (...elements: Json[]) => ({ type: "rich_text_section", elements });
const cell = (text = "cell") => ({ type: "raw_text", text });
const number = (value = 1) => ({ type: "raw_number", value, text: String(value) });
const rows = (count: number, columns = 2) => many(count, () => many(columns, () => cell()));
const dataTable = (more: Json = {}) => ({ type: "data_table", caption: "caption", rows: rows(2), ...more });
const table = (more: Json = {}) => ({ type: "table", rows: rows(2), ...more });
const point = (label: string, value = 1) => ({ label, value });
const axis = (categories = ["Q1"], more: Json = {}) => ({ categories, ...more });
const series = (name = "A", labels = ["Q1"]) => ({ name, data: labels.map((label) => point(label)) });
const chart = (payload: Json, title = "title") => ({ type: "data_visualization", title, chart: payload });
const bar = (more: Json = {}) => chart({ type: "bar", series: [series()], axis_config: axis(), ...more });
const pie = (segments: Json[]) => chart({ type: "pie", segments });
const feedback = (more: Json = {}) => ({
  type: "feedback_buttons",
  positive_button: { text: plain(), value: "+" },
  negative_button: { text: plain(), value: "-" },
  ...more,
});

interface Case {
  readonly rule: string;
  readonly page: string;
  readonly passes: Json;
  readonly fails: Json;
}
const blockCase = (rule: string, page: string, passes: Json, fails: Json): Case => ({
  rule,
  page,
  passes,
  fails,
});

const BLOCKS: readonly Case[] = [
  // section
  blockCase("section: text or fields is required", "section-block", section(), { type: "section" }),
  blockCase(
    "mrkdwn.text: at most 3000 characters",
    "text-object",
    section({ text: mrkdwn(long(3000)) }),
    section({ text: mrkdwn(long(3001)) }),
  ),
  blockCase("mrkdwn.text: at least 1 character", "text-object", section(), section({ text: mrkdwn("") })),
  blockCase(
    "section.fields: at most 10 fields",
    "section-block",
    section({ fields: many(10, () => mrkdwn()) }),
    section({ fields: many(11, () => mrkdwn()) }),
  ),
  blockCase(
    "section.fields: at most 2000 characters",
    "section-block",
    section({ fields: [mrkdwn(long(2000))] }),
    section({ fields: [mrkdwn(long(2001))] }),
  ),
  blockCase(
    "section: has an unknown field",
    "section-block",
    section({ expand: true }),
    section({ colour: "red" }),
  ),
  blockCase(
    "section.block_id: at most 255 characters",
    "section-block",
    section({ block_id: long(255) }),
    section({ block_id: long(256) }),
  ),
  blockCase(
    "section.accessory: type must be a known section accessory",
    "section-block",
    accessory(button()),
    accessory({ type: "plain_text_input" }),
  ),
  blockCase(
    "section.text: type must be a known text object",
    "text-object",
    section({ text: plain() }),
    section({ text: { type: "html", text: "x" } }),
  ),
  blockCase(
    "plain_text: has an unknown field",
    "text-object",
    section({ text: { ...plain(), emoji: true } }),
    section({ text: { ...plain(), verbatim: true } }),
  ),
  // header, divider, context, markdown
  blockCase(
    "header.text: at most 150 characters",
    "header-block",
    { type: "header", text: plain(long(150)) },
    { type: "header", text: plain(long(151)) },
  ),
  blockCase(
    "header.text: type must be a known plain_text object",
    "text-object",
    { type: "header", text: plain() },
    { type: "header", text: mrkdwn() },
  ),
  blockCase(
    "header: text is required",
    "header-block",
    { type: "header", text: plain() },
    { type: "header" },
  ),
  blockCase(
    "divider: has an unknown field",
    "divider-block",
    { type: "divider" },
    { type: "divider", text: plain() },
  ),
  blockCase(
    "context.elements: at most 10 elements",
    "context-block",
    { type: "context", elements: many(10, () => mrkdwn()) },
    { type: "context", elements: many(11, () => mrkdwn()) },
  ),
  blockCase(
    "context.elements: at least 1 element",
    "context-block",
    { type: "context", elements: [image()] },
    { type: "context", elements: [] },
  ),
  blockCase(
    "markdown.text: at most 12000 characters",
    "markdown-block",
    { type: "markdown", text: long(12000) },
    { type: "markdown", text: long(12001) },
  ),
  // image
  blockCase("image: alt_text is required", "image-block", image(), {
    type: "image",
    image_url: "https://x.example/a.png",
  }),
  blockCase(
    "image.alt_text: at most 2000 characters",
    "image-block",
    image({ alt_text: long(2000) }),
    image({ alt_text: long(2001) }),
  ),
  blockCase(
    "image: exactly one of image_url and slack_file",
    "image-block",
    { type: "image", alt_text: "a", slack_file: { id: "F1" } },
    image({ slack_file: { id: "F1" } }),
  ),
  blockCase(
    "image: must be a PNG, JPG or GIF",
    "image-block",
    image(),
    image({ image_url: "https://x.example/a.svg" }),
  ),
  blockCase(
    "slack_file: exactly one of id and url",
    "slack-file-object",
    { type: "image", alt_text: "a", slack_file: { id: "F1" } },
    { type: "image", alt_text: "a", slack_file: { id: "F1", url: "https://x" } },
  ),
  // actions and buttons
  blockCase(
    "actions.elements: at most 25 elements",
    "actions-block",
    actions(...many(25, (i) => button({ action_id: `a${i}` }))),
    actions(...many(26, (i) => button({ action_id: `a${i}` }))),
  ),
  blockCase(
    "actions.elements: type must be a known actions element",
    "actions-block",
    actions(button()),
    actions({ type: "link" }),
  ),
  blockCase(
    "button.text: at most 75 characters",
    "button-element",
    actions(button({ text: plain(long(75)) })),
    actions(button({ text: plain(long(76)) })),
  ),
  blockCase(
    "button.value: at most 2000 characters",
    "button-element",
    actions(button({ value: long(2000) })),
    actions(button({ value: long(2001) })),
  ),
  blockCase(
    "button.url: at most 3000 characters",
    "button-element",
    actions(button({ url: long(3000) })),
    actions(button({ url: long(3001) })),
  ),
  blockCase(
    "button.action_id: at most 255 characters",
    "button-element",
    actions(button({ action_id: long(255) })),
    actions(button({ action_id: long(256) })),
  ),
  blockCase(
    "button.style: must be primary or danger",
    "button-element",
    actions(button({ style: "danger" })),
    actions(button({ style: "default" })),
  ),
  blockCase(
    "button.accessibility_label: at most 75 characters",
    "button-element",
    actions(button({ accessibility_label: long(75) })),
    actions(button({ accessibility_label: long(76) })),
  ),
  blockCase("button: text is required", "button-element", actions(button()), actions({ type: "button" })),
  blockCase(
    "button: has an unknown field",
    "button-element",
    actions(button()),
    actions(button({ disabled: true })),
  ),
  // confirm
  blockCase(
    "confirm.title: at most 100 characters",
    "confirmation-dialog-object",
    actions(button({ confirm: confirm({ title: plain(long(100)) }) })),
    actions(button({ confirm: confirm({ title: plain(long(101)) }) })),
  ),
  blockCase(
    "confirm.text: at most 300 characters",
    "confirmation-dialog-object",
    actions(button({ confirm: confirm({ text: plain(long(300)) }) })),
    actions(button({ confirm: confirm({ text: plain(long(301)) }) })),
  ),
  blockCase(
    "confirm.deny: at most 30 characters",
    "confirmation-dialog-object",
    actions(button({ confirm: confirm({ deny: plain(long(30)) }) })),
    actions(button({ confirm: confirm({ deny: plain(long(31)) }) })),
  ),
  blockCase(
    "confirm: confirm is required",
    "confirmation-dialog-object",
    actions(button({ confirm: confirm() })),
    actions(button({ confirm: { title: plain(), text: plain(), deny: plain() } })),
  ),
  // menus
  blockCase(
    "static_select.options: at most 100 options",
    "select-menu-element",
    select("static_select", { options: options(100) }),
    select("static_select", { options: options(101) }),
  ),
  blockCase(
    "static_select: exactly one of options and option_groups",
    "select-menu-element",
    select("static_select", { option_groups: [{ label: plain(), options: options(1) }] }),
    select("static_select"),
  ),
  blockCase(
    "static_select: a preselected option must be one of the options",
    "select-menu-element",
    select("static_select", { options: options(2), initial_option: option("value 1") }),
    select("static_select", { options: options(2), initial_option: option("other") }),
  ),
  blockCase(
    "static_select.placeholder: at most 150 characters",
    "select-menu-element",
    select("static_select", { options: options(1), placeholder: plain(long(150)) }),
    select("static_select", { options: options(1), placeholder: plain(long(151)) }),
  ),
  blockCase(
    "option.value: at most 150 characters",
    "option-object",
    select("static_select", { options: [option(long(150))] }),
    select("static_select", { options: [option(long(151))] }),
  ),
  blockCase(
    "option.text: at most 75 characters",
    "option-object",
    select("static_select", { options: [option("v", long(75))] }),
    select("static_select", { options: [option("v", long(76))] }),
  ),
  blockCase(
    "option.description: at most 75 characters",
    "option-object",
    select("static_select", { options: [{ ...option(), description: plain(long(75)) }] }),
    select("static_select", { options: [{ ...option(), description: plain(long(76)) }] }),
  ),
  blockCase(
    "option: has an unknown field",
    "option-object",
    select("overflow", { options: [{ ...option(), url: "https://x" }] }),
    select("static_select", { options: [{ ...option(), url: "https://x" }] }),
  ),
  blockCase(
    "option_group.label: at most 75 characters",
    "option-group-object",
    select("static_select", { option_groups: [{ label: plain(long(75)), options: options(1) }] }),
    select("static_select", { option_groups: [{ label: plain(long(76)), options: options(1) }] }),
  ),
  blockCase(
    "option_group.options: at most 100 options",
    "option-group-object",
    select("static_select", { option_groups: [{ label: plain(), options: options(100) }] }),
    select("static_select", { option_groups: [{ label: plain(), options: options(101) }] }),
  ),
  blockCase(
    "external_select.min_query_length: must be an integer from 0 to 255",
    "select-menu-element",
    select("external_select", { min_query_length: 0 }),
    select("external_select", { min_query_length: -1 }),
  ),
  blockCase(
    "external_select: has an unknown field",
    "select-menu-element",
    select("external_select"),
    select("external_select", { options: options(1) }),
  ),
  blockCase(
    "users_select: has an unknown field",
    "select-menu-element",
    select("users_select", { initial_user: "U1" }),
    select("users_select", { initial_users: ["U1"] }),
  ),
  blockCase(
    "channels_select: has an unknown field",
    "select-menu-element",
    select("channels_select", { initial_channel: "C1" }),
    select("channels_select", { filter: {} }),
  ),
  blockCase(
    "filter.include: must be im or mpim or private or public",
    "conversation-filter-object",
    select("conversations_select", { filter: { include: ["public"] } }),
    select("conversations_select", { filter: { include: ["all"] } }),
  ),
  blockCase(
    "multi_static_select.max_selected_items: must be an integer from 1 to 100",
    "multi-select-menu-element",
    select("multi_static_select", { options: options(1), max_selected_items: 1 }),
    select("multi_static_select", { options: options(1), max_selected_items: 0 }),
  ),
  blockCase(
    "multi_users_select: has an unknown field",
    "multi-select-menu-element",
    select("multi_users_select", { initial_users: ["U1"] }),
    select("multi_users_select", { initial_user: "U1" }),
  ),
  blockCase(
    "overflow.options: at most 5 options",
    "overflow-menu-element",
    select("overflow", { options: options(5) }),
    select("overflow", { options: options(6) }),
  ),
  blockCase(
    "overflow.options: at least 1 option",
    "overflow-menu-element",
    select("overflow", { options: options(1) }),
    select("overflow", { options: [] }),
  ),
  // pickers and choices
  blockCase(
    "datepicker.initial_date: must be a date as YYYY-MM-DD",
    "date-picker-element",
    select("datepicker", { initial_date: "2026-11-22" }),
    select("datepicker", { initial_date: "22.11.2026" }),
  ),
  blockCase(
    "timepicker.initial_time: must be a time as HH:mm",
    "time-picker-element",
    select("timepicker", { initial_time: "08:30" }),
    select("timepicker", { initial_time: "8.30" }),
  ),
  blockCase(
    "datetimepicker.initial_date_time: must be an integer from 1000000000 to 9999999999",
    "datetime-picker-element",
    select("datetimepicker", { initial_date_time: 1790000000 }),
    select("datetimepicker", { initial_date_time: 1 }),
  ),
  blockCase(
    "checkboxes.options: at most 10 options",
    "checkboxes-element",
    select("checkboxes", { options: options(10) }),
    select("checkboxes", { options: options(11) }),
  ),
  blockCase(
    "checkboxes: a preselected option must be one of the options",
    "checkboxes-element",
    select("checkboxes", { options: options(2), initial_options: [option("value 0")] }),
    select("checkboxes", { options: options(2), initial_options: [option("other")] }),
  ),
  blockCase(
    "radio_buttons.options: at most 10 options",
    "radio-button-group-element",
    select("radio_buttons", { options: options(10) }),
    select("radio_buttons", { options: options(11) }),
  ),
  // input
  blockCase(
    "input.label: at most 2000 characters",
    "input-block",
    input({ type: "plain_text_input" }, { label: plain(long(2000)) }),
    input({ type: "plain_text_input" }, { label: plain(long(2001)) }),
  ),
  blockCase(
    "input.hint: at most 2000 characters",
    "input-block",
    input({ type: "plain_text_input" }, { hint: plain(long(2000)) }),
    input({ type: "plain_text_input" }, { hint: plain(long(2001)) }),
  ),
  blockCase(
    "input.element: type must be a known input element",
    "input-block",
    input({ type: "users_select" }),
    input(button()),
  ),
  blockCase(
    "plain_text_input.max_length: must be an integer from 1 to 3000",
    "plain-text-input-element",
    input({ type: "plain_text_input", max_length: 3000 }),
    input({ type: "plain_text_input", max_length: 3001 }),
  ),
  blockCase(
    "plain_text_input: min_length must not exceed max_length",
    "plain-text-input-element",
    input({ type: "plain_text_input", min_length: 2, max_length: 2 }),
    input({ type: "plain_text_input", min_length: 3, max_length: 2 }),
  ),
  blockCase(
    "number_input: is_decimal_allowed is required",
    "number-input-element",
    input({ type: "number_input", is_decimal_allowed: true }),
    input({ type: "number_input" }),
  ),
  blockCase(
    "number_input.min_value: must be a number written as text",
    "number-input-element",
    input({ type: "number_input", is_decimal_allowed: true, min_value: "-1.5" }),
    input({ type: "number_input", is_decimal_allowed: true, min_value: 1 }),
  ),
  blockCase(
    "email_text_input: has an unknown field",
    "email-input-element",
    input({ type: "email_text_input" }),
    input({ type: "email_text_input", multiline: true }),
  ),
  blockCase(
    "url_text_input: has an unknown field",
    "url-input-element",
    input({ type: "url_text_input" }),
    input({ type: "url_text_input", multiline: true }),
  ),
  blockCase(
    "dispatch_action_config.trigger_actions_on: must be on_enter_pressed or on_character_entered",
    "dispatch-action-configuration-object",
    input({ type: "plain_text_input", dispatch_action_config: { trigger_actions_on: ["on_enter_pressed"] } }),
    input({ type: "plain_text_input", dispatch_action_config: { trigger_actions_on: ["always"] } }),
  ),
  // rich text
  blockCase("rich_text.elements: at least 1 item", "rich-text-block", richText(richSection()), richText()),
  blockCase(
    "rich_text.elements: type must be a known rich text part",
    "rich-text-block",
    richText(richSection()),
    richText({ type: "text", text: "x" }),
  ),
  blockCase(
    "rich_text_section.elements: type must be a known rich text element",
    "rich-text-block",
    richText(richSection({ type: "text", text: "x" })),
    richText(richSection({ type: "image" })),
  ),
  blockCase(
    "text.text: at least 1 character",
    "rich-text-block",
    richText(richSection({ type: "text", text: "x" })),
    richText(richSection({ type: "text", text: "" })),
  ),
  blockCase(
    "style: has an unknown field",
    "rich-text-block",
    richText(richSection({ type: "text", text: "x", style: { bold: true } })),
    richText(richSection({ type: "text", text: "x", style: { big: true } })),
  ),
  blockCase(
    "user: user_id is required",
    "rich-text-block",
    richText(richSection({ type: "user", user_id: "U1" })),
    richText(richSection({ type: "user" })),
  ),
  blockCase(
    "rich_text_list.style: must be bullet or ordered",
    "rich-text-block",
    richText({ type: "rich_text_list", style: "bullet", elements: [richSection()] }),
    richText({ type: "rich_text_list", style: "dash", elements: [richSection()] }),
  ),
  blockCase(
    "rich_text_preformatted.elements: type must be a known text or link element",
    "rich-text-block",
    richText({ type: "rich_text_preformatted", elements: [{ type: "text", text: "x" }] }),
    richText({ type: "rich_text_preformatted", elements: [{ type: "user", user_id: "U1" }] }),
  ),
  blockCase(
    "rich_text_quote.border: must be an integer from 0 to 1",
    "rich-text-block",
    richText({ type: "rich_text_quote", elements: [], border: 1 }),
    richText({ type: "rich_text_quote", elements: [], border: 2 }),
  ),
  // data_table and table
  blockCase(
    "data_table.rows: at least 2 rows",
    "data-table-block",
    dataTable(),
    dataTable({ rows: rows(1) }),
  ),
  blockCase(
    "data_table.rows: at most 101 rows",
    "data-table-block",
    dataTable({ rows: rows(101) }),
    dataTable({ rows: rows(102) }),
  ),
  blockCase(
    "data_table.rows: at most 20 columns",
    "data-table-block",
    dataTable({ rows: rows(2, 20) }),
    dataTable({ rows: rows(2, 21) }),
  ),
  blockCase(
    "data_table.rows: all rows must have the same number of cells",
    "data-table-block",
    dataTable(),
    dataTable({ rows: [[cell()], [cell(), cell()]] }),
  ),
  blockCase(
    "data_table.rows: type must be a known raw_text or raw_number cell",
    "data-table-block",
    dataTable({ rows: [[cell()], [richText(richSection())]] }),
    dataTable({ rows: [[richText(richSection())], [cell()]] }),
  ),
  blockCase(
    "data_table.page_size: must be an integer from 1 to 100",
    "data-table-block",
    dataTable({ page_size: 100 }),
    dataTable({ page_size: 101 }),
  ),
  blockCase("data_table: caption is required", "data-table-block", dataTable(), {
    type: "data_table",
    rows: rows(2),
  }),
  blockCase(
    "data_table.rows: at most 10000 characters across all cells",
    "data-table-block",
    dataTable({ rows: [[cell(long(1))], [cell(long(9999))]] }),
    dataTable({ rows: [[cell(long(2))], [cell(long(9999))]] }),
  ),
  blockCase(
    "raw_number.value: must be a number",
    "data-table-block",
    dataTable({ rows: [[cell()], [number()]] }),
    dataTable({ rows: [[cell()], [{ type: "raw_number", value: "1", text: "1" }]] }),
  ),
  blockCase(
    "raw_number: text is required",
    "data-table-block",
    dataTable({ rows: [[cell()], [number()]] }),
    dataTable({ rows: [[cell()], [{ type: "raw_number", value: 1 }]] }),
  ),
  blockCase(
    "raw_text.text: at least 1 character",
    "data-table-block",
    dataTable(),
    dataTable({ rows: [[cell()], [cell("")]] }),
  ),
  blockCase(
    "data_table: row_header_column_index must be a column of the table",
    "data-table-block",
    dataTable({ row_header_column_index: 1 }),
    dataTable({ row_header_column_index: 2 }),
  ),
  blockCase(
    "table.rows: at most 100 rows",
    "table-block",
    table({ rows: rows(100) }),
    table({ rows: rows(101) }),
  ),
  blockCase(
    "table.rows: at most 20 columns",
    "table-block",
    table({ rows: rows(2, 20) }),
    table({ rows: rows(2, 21) }),
  ),
  blockCase(
    "column_settings.align: must be left or center or right",
    "table-block",
    table({ column_settings: [null, { align: "right" }] }),
    table({ column_settings: [{ align: "end" }] }),
  ),
  // data_visualization
  blockCase(
    "data_visualization.title: at most 50 characters",
    "data-visualization-block",
    chart({ type: "pie", segments: [point("A")] }, long(50)),
    chart({ type: "pie", segments: [point("A")] }, long(51)),
  ),
  blockCase(
    "data_visualization.chart: type must be a known chart",
    "data-visualization-block",
    bar(),
    chart({ type: "scatter" }),
  ),
  blockCase(
    "pie.segments: at most 6 segments",
    "data-visualization-block",
    pie(many(6, (i) => point(`s${i}`))),
    pie(many(7, (i) => point(`s${i}`))),
  ),
  blockCase(
    "segment.value: must be greater than 0",
    "data-visualization-block",
    pie([point("A", 0.1)]),
    pie([point("A", 0)]),
  ),
  blockCase(
    "segment.label: at most 20 characters",
    "data-visualization-block",
    pie([point(long(20))]),
    pie([point(long(21))]),
  ),
  blockCase(
    "bar.series: at most 6 items",
    "data-visualization-block",
    bar({ series: many(6, (i) => series(`s${i}`)) }),
    bar({ series: many(7, (i) => series(`s${i}`)) }),
  ),
  blockCase(
    "bar: series names must be unique",
    "data-visualization-block",
    bar({ series: [series("A"), series("B")] }),
    bar({ series: [series("A"), series("A")] }),
  ),
  blockCase(
    "bar: every series must cover every category exactly once",
    "data-visualization-block",
    bar(),
    bar({ axis_config: axis(["Q1", "Q2"]) }),
  ),
  blockCase(
    "bar: categories must be unique",
    "data-visualization-block",
    bar(),
    bar({ series: [series("A", ["Q1", "Q1"])], axis_config: axis(["Q1", "Q1"]) }),
  ),
  blockCase(
    "axis_config.categories: at most 20 characters",
    "data-visualization-block",
    bar({ series: [series("A", [long(20)])], axis_config: axis([long(20)]) }),
    bar({ series: [series("A", [long(21)])], axis_config: axis([long(21)]) }),
  ),
  blockCase(
    "axis_config.x_label: at most 50 characters",
    "data-visualization-block",
    bar({ axis_config: axis(["Q1"], { x_label: long(50) }) }),
    bar({ axis_config: axis(["Q1"], { x_label: long(51) }) }),
  ),
  blockCase(
    "data point.value: must be a number",
    "data-visualization-block",
    bar(),
    bar({ series: [{ name: "A", data: [{ label: "Q1", value: "1" }] }] }),
  ),
  // context_actions
  blockCase(
    "context_actions.elements: at most 5 elements",
    "context-actions-block",
    { type: "context_actions", elements: many(5, (i) => feedback({ action_id: `f${i}` })) },
    { type: "context_actions", elements: many(6, (i) => feedback({ action_id: `f${i}` })) },
  ),
  blockCase(
    "context_actions.elements: type must be a known context_actions element",
    "context-actions-block",
    { type: "context_actions", elements: [feedback()] },
    { type: "context_actions", elements: [button()] },
  ),
  blockCase(
    "icon_button.icon: must be trash",
    "icon-button-element",
    { type: "context_actions", elements: [{ type: "icon_button", icon: "trash", text: plain() }] },
    { type: "context_actions", elements: [{ type: "icon_button", icon: "star", text: plain() }] },
  ),
  // unknown
  blockCase("message.blocks: type must be a known message block", "blocks", section(), { type: "video" }),
];

describe("each rule about one block", () => {
  it.each(BLOCKS)("$rule", ({ rule, page, passes, fails }) => {
    expect(validateMessage({ text: "text", blocks: [passes] })).toEqual([]);
    const problem = validateMessage({ text: "text", blocks: [fails] }).find((each) => each.rule === rule);
    expect(problem?.docs).toMatch(new RegExp(`^https://docs\\.slack\\.dev/.*/${page}$`));
    expect(problem?.path).toMatch(/^\/blocks/);
  });
});

describe("rules about a whole message", () => {
  const rulesOf = (message: { text?: unknown; blocks?: unknown }) =>
    validateMessage(message).map((each) => each.rule);
  const button1 = actions(button());

  it.each([
    ["message.text: at most 40000 characters", { text: long(40_000) }, { text: long(40_001) }],
    ["message.text: must be a string", { text: "text" }, { text: 1 }],
    [
      "message.blocks: at most 50 blocks",
      { blocks: many(50, () => section()) },
      { blocks: many(51, () => section()) },
    ],
    ["message.blocks: must be an array", { blocks: [] }, { blocks: {} }],
    [
      "action_id is unique in its block",
      { blocks: [actions(button(), button({ action_id: "b" }))] },
      { blocks: [actions(button(), button())] },
    ],
    [
      "block_id is unique",
      { blocks: [section({ block_id: "a" }), section({ block_id: "b" })] },
      { blocks: [section({ block_id: "a" }), section({ block_id: "a" })] },
    ],
    [
      "ours: action_id is unique in the message",
      { blocks: [button1, actions(button({ action_id: "b" }))] },
      { blocks: [button1, button1] },
    ],
    [
      "message: at most 2 data_visualization blocks",
      { blocks: [bar(), bar()] },
      { blocks: [bar(), bar(), bar()] },
    ],
    ["message: at most 1 table block", { blocks: [table()] }, { blocks: [table(), table()] }],
    [
      "message: at most 12000 characters across markdown blocks",
      { blocks: many(2, () => ({ type: "markdown", text: long(6000) })) },
      { blocks: many(2, () => ({ type: "markdown", text: long(6001) })) },
    ],
    [
      "message: at most 13200 characters across all blocks",
      { blocks: many(6, () => section({ text: plain(long(2200)) })) },
      { blocks: many(6, () => section({ text: plain(long(2201)) })) },
    ],
    [
      "input.element: type must be a known input element",
      { blocks: [input({ type: "plain_text_input" })] },
      { blocks: [input({ type: "file_input" })] },
    ],
    ["ours: every message has a top-level text", { text: "text" }, { text: "" }],
    ["ours: no mention of a whole channel or group", { text: "&lt;!channel&gt;" }, { text: "<!channel>" }],
    [
      "ours: no mention of a whole channel or group",
      { blocks: [section({ text: plain("<!here>") })] },
      { blocks: [section({ text: mrkdwn("<!here> hi") })] },
    ],
    [
      "ours: no mention of a whole channel or group",
      { blocks: [richText(richSection({ type: "text", text: "@channel" }))] },
      { blocks: [richText(richSection({ type: "broadcast", range: "channel" }))] },
    ],
    ["ours: no mention of a whole channel or group", { text: "<@U1>" }, { text: "<!everyone|all>" }],
  ] as const)("%s", (rule, passes, fails) => {
    expect(rulesOf({ text: "text", ...passes })).not.toContain(rule);
    expect(rulesOf({ text: "text", ...fails })).toContain(rule);
  });

  it("marks the project's own rules, because Slack would accept what they refuse", () => {
    const ours = validateMessage({ blocks: [section({ text: mrkdwn("<!channel>") })] }).map(
      (each) => each.ours,
    );
    expect(ours).toEqual([true, true]);
  });

  it("accepts the realistic samples", () => {
    expect(validateMessage(TIER_LIST)).toEqual([]);
    expect(validateMessage(CHARTS)).toEqual([]);
    expect(validateView(FILTER_MODAL)).toEqual([]);
    expect(validateView(FILE_MODAL)).toEqual([]);
  });
});

describe("rules about views", () => {
  const modal = (more: Json = {}) => ({ type: "modal", title: plain(), blocks: [section()], ...more });
  it.each([
    [
      "modal.title: at most 24 characters",
      modal({ title: plain(long(24)) }),
      modal({ title: plain(long(25)) }),
    ],
    ["modal: title is required", modal(), { type: "modal", blocks: [section()] }],
    [
      "modal.submit: at most 24 characters",
      modal({ submit: plain(long(24)) }),
      modal({ submit: plain(long(25)) }),
    ],
    [
      "modal.close: at most 24 characters",
      modal({ close: plain(long(24)) }),
      modal({ close: plain(long(25)) }),
    ],
    [
      "modal: submit is required beside an input block",
      modal({ blocks: [input({ type: "plain_text_input" })], submit: plain() }),
      modal({ blocks: [input({ type: "plain_text_input" })] }),
    ],
    [
      "file_input.max_files: must be an integer from 1 to 10",
      modal({ blocks: [input({ type: "file_input", max_files: 10 })], submit: plain() }),
      modal({ blocks: [input({ type: "file_input", max_files: 11 })], submit: plain() }),
    ],
    [
      "file_input.max_files: must be an integer from 1 to 10",
      modal({ blocks: [input({ type: "file_input", max_files: 1 })], submit: plain() }),
      modal({ blocks: [input({ type: "file_input", max_files: 0 })], submit: plain() }),
    ],
    [
      "file_input.filetypes: must be a file extension without its dot",
      modal({ blocks: [input({ type: "file_input", filetypes: ["csv"] })], submit: plain() }),
      modal({ blocks: [input({ type: "file_input", filetypes: [".csv"] })], submit: plain() }),
    ],
    [
      "actions.elements: type must be a known actions element",
      modal({ blocks: [input({ type: "file_input" })], submit: plain() }),
      modal({ blocks: [actions({ type: "file_input" })], submit: plain() }),
    ],
    [
      "input.element: type must be a known input element",
      { type: "home", blocks: [input({ type: "plain_text_input" })] },
      { type: "home", blocks: [input({ type: "file_input" })] },
    ],
    [
      "modal.private_metadata: at most 3000 characters",
      modal({ private_metadata: long(3000) }),
      modal({ private_metadata: long(3001) }),
    ],
    [
      "modal.callback_id: at most 255 characters",
      modal({ callback_id: long(255) }),
      modal({ callback_id: long(256) }),
    ],
    [
      "modal.external_id: at most 255 characters",
      modal({ external_id: long(255) }),
      modal({ external_id: long(256) }),
    ],
    [
      "modal.blocks: at most 100 blocks",
      modal({ blocks: many(100, () => section()) }),
      modal({ blocks: many(101, () => section()) }),
    ],
    ["modal.blocks: type must be a known view block", modal(), modal({ blocks: [dataTable()] })],
    [
      "modal.notify_on_close: must be true or false",
      modal({ notify_on_close: true }),
      modal({ notify_on_close: "yes" }),
    ],
    ["modal: has an unknown field", modal(), modal({ text: "x" })],
    [
      "home: has an unknown field",
      { type: "home", blocks: [section()] },
      { type: "home", blocks: [section()], title: plain() },
    ],
    ["view: type must be a known view", modal(), { type: "dialog" }],
    [
      "ours: action_id is unique in the message",
      modal(),
      modal({ blocks: [actions(button()), actions(button())] }),
    ],
  ])("%s", (rule, passes, fails) => {
    expect(validateView(passes)).toEqual([]);
    expect(validateView(fails).map((each) => each.rule)).toContain(rule);
  });
});

describe("rules about suggested options", () => {
  it("accepts up to 100 options and an empty list", () => {
    expect(validateSuggestions({ options: options(100) })).toEqual([]);
    expect(validateSuggestions({ options: [] })).toEqual([]);
  });
  it("refuses more, and anything that is no list of options", () => {
    expect(validateSuggestions({ options: options(101) })).not.toEqual([]);
    expect(validateSuggestions({ options: [{ text: "plain" }] })).not.toEqual([]);
    expect(validateSuggestions("none")).not.toEqual([]);
  });
});
