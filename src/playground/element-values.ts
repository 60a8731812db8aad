import { type Chosen, initialChoiceOf } from "./element-choice.ts";
import { isObject, type JsonObject, listOf, textOf } from "./json.ts";
import { isInteractive } from "./messages.ts";
import type { Block } from "./model.ts";

export interface Located {
  readonly element: JsonObject;
  readonly block: Block;
}

/** Every interactive element of some blocks. */
export function interactiveElements(blocks: readonly Block[]): readonly Located[] {
  return blocks.flatMap((block) =>
    [...listOf(block.elements), block.element, block.accessory]
      .filter(isObject)
      .filter((element) => isInteractive(element.type))
      .map((element) => ({ element, block })),
  );
}

/** Finds the one element meant; several buttons may share an action, so its value can decide. */
export function findElement(
  blocks: readonly Block[],
  wanted: { readonly actionId?: string; readonly blockId?: string; readonly value?: unknown },
): Located {
  const all = interactiveElements(blocks);
  const fitting = all.filter(
    ({ element, block }) =>
      (wanted.actionId === undefined || element.action_id === wanted.actionId) &&
      (wanted.blockId === undefined || block.block_id === wanted.blockId),
  );
  const exact = fitting.find(({ element }) => wanted.value !== undefined && element.value === wanted.value);
  const found = exact ?? fitting[0];
  if (found) return found;
  const known = all.map(({ element, block }) => `${element.action_id} (block ${block.block_id})`).join(", ");
  throw new Error(`nothing to press for ${JSON.stringify(wanted)}; there is: ${known || "nothing"}`);
}

/** An element's value as Slack reports it in `actions` and `state`; `files` are those chosen by id. */
export function slackValueOf(
  element: JsonObject,
  chosen: Chosen,
  suggested: readonly JsonObject[],
  files: readonly JsonObject[] = [],
): JsonObject {
  const type = textOf(element.type) ?? "";
  const options = [...optionsOf(element), ...suggested];
  const single = () => optionFor(options, Array.isArray(chosen) ? chosen[0] : chosen);
  const several = () => asList(chosen).map((each) => optionFor(options, each));
  const word = () => (typeof chosen === "string" && chosen !== "" ? chosen : null);
  switch (type) {
    case "button":
    case "icon_button":
      return { ...only(element, "value"), text: element.text };
    case "feedback_buttons":
      return { value: word() };
    case "static_select":
    case "external_select":
    case "radio_buttons":
    case "overflow":
      return { selected_option: single() };
    case "multi_static_select":
    case "multi_external_select":
    case "checkboxes":
      return { selected_options: several() };
    case "users_select":
      return { selected_user: word() };
    case "conversations_select":
      return { selected_conversation: word() };
    case "channels_select":
      return { selected_channel: word() };
    case "multi_users_select":
      return { selected_users: asList(chosen) };
    case "multi_conversations_select":
      return { selected_conversations: asList(chosen) };
    case "multi_channels_select":
      return { selected_channels: asList(chosen) };
    case "datepicker":
      return { selected_date: word() };
    case "timepicker":
      return { selected_time: word() };
    case "datetimepicker":
      return { selected_date_time: word() === null ? null : Number(chosen) };
    case "file_input":
      return { files };
    case "rich_text_input":
      return { rich_text_value: richTextOf(word()) };
    default:
      return { value: word() };
  }
}

/** What an element holds before anybody touches it. */
export function initialValueOf(element: JsonObject): JsonObject {
  const chosen = initialChoiceOf(element);
  return slackValueOf(element, chosen, []);
}

/** Whether nothing was entered or chosen. */
export function isEmptyValue(value: JsonObject): boolean {
  return Object.entries(value).every(
    ([key, each]) =>
      key === "type" || each === null || each === "" || (Array.isArray(each) && each.length === 0),
  );
}

/** The options of a menu, groups opened. */
export function optionsOf(holder: JsonObject): readonly JsonObject[] {
  const grouped = listOf(holder.option_groups)
    .filter(isObject)
    .flatMap((group) => listOf(group.options));
  return [...listOf(holder.options), ...grouped].filter(isObject);
}

function optionFor(options: readonly JsonObject[], chosen: unknown): JsonObject | null {
  if (chosen === null || chosen === undefined || chosen === "") return null;
  if (isObject(chosen)) return chosen;
  const found = options.find((option) => option.value === chosen);
  if (found) return found;
  const known = options.map((option) => option.value).join(", ");
  throw new Error(
    `no option ${JSON.stringify(chosen)}; there is: ${known || "none (ask for suggestions first)"}`,
  );
}

function asList(chosen: Chosen): readonly unknown[] {
  if (chosen === null || chosen === "") return [];
  return Array.isArray(chosen) ? chosen : [chosen];
}

function only(element: JsonObject, key: string): JsonObject {
  return element[key] === undefined ? {} : { [key]: element[key] };
}

function richTextOf(text: string | null): JsonObject | null {
  if (text === null) return null;
  const section = { type: "rich_text_section", elements: [{ type: "text", text }] };
  return { type: "rich_text", elements: [section] };
}
