import { endingOf } from "./file-types.ts";
import { isObject, type JsonObject, listOf, textOf } from "./json.ts";

// https://docs.slack.dev/reference/block-kit/block-elements/file-input-element
const LARGEST_INPUT_BYTES = 10 * 1024 * 1024;
const MOST_FILES = 10;

/** The sentence Slack's own client shows beside what it does not accept, before the app hears of it. */
export function faultOf(element: JsonObject, value: JsonObject): string | undefined {
  if (element.type === "file_input") return faultOfFiles(element, listOf(value.files).filter(isObject));
  const entered = textOf(value.value) ?? "";
  const { type, min_length, max_length, min_value, max_value } = element;
  if (type === "email_text_input" && !/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(entered))
    return "Enter a valid email address.";
  if (type === "url_text_input" && !/^[a-z]+:\/\/\S+$/i.test(entered)) return "Enter a valid URL.";
  if (type === "plain_text_input") {
    if (entered.length < Number(min_length ?? 0)) return `Enter at least ${min_length} characters.`;
    if (entered.length > Number(max_length ?? 3000)) return `Enter at most ${max_length ?? 3000} characters.`;
  }
  if (type === "number_input") {
    const number = Number(entered);
    if (!Number.isFinite(number)) return "Enter a number.";
    if (element.is_decimal_allowed !== true && !Number.isInteger(number)) return "Enter a whole number.";
    if (min_value !== undefined && number < Number(min_value)) return `Enter ${min_value} or more.`;
    if (max_value !== undefined && number > Number(max_value)) return `Enter ${max_value} or less.`;
  }
  return undefined;
}

function faultOfFiles(element: JsonObject, files: readonly JsonObject[]): string | undefined {
  const most = Number(element.max_files ?? MOST_FILES);
  if (files.length > most) return most === 1 ? "Choose one file." : `Choose at most ${most} files.`;
  const endings = listOf(element.filetypes).map((each) => String(each).toLowerCase());
  const isAccepted = ({ name }: JsonObject) =>
    endings.length === 0 || endings.includes(endingOf(String(name)));
  if (!files.every(isAccepted)) return `Choose files of the type ${endings.join(", ")}.`;
  if (files.some(({ size }) => Number(size) > LARGEST_INPUT_BYTES)) return "Choose files of at most 10 MB.";
  return undefined;
}
