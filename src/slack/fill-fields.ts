import type { InputBlock } from "@slack/types";
import { type Day, isDay } from "../core/calendar.ts";
import { formatQuery } from "../query.ts";
import { plainText } from "./block-parts.ts";
import { limits } from "./limits.ts";
import type { ViewValues } from "./payloads.ts";
import { readable, truncate } from "./readable-text.ts";

/** What most commands take. */
const usual = { longestText: 300, mostHours: 1_000 };

/** The block and the element of a field, which are called the same. */
export function fieldId(field: string): string {
  return `fill-${field}`;
}

export function input(
  field: string,
  label: string,
  isOptional: boolean,
  element: InputBlock["element"],
): InputBlock {
  return {
    type: "input",
    block_id: fieldId(field),
    optional: isOptional,
    label: plainText(label, limits.inputLabel),
    element,
  };
}

export function textInput(
  field: string,
  label: string,
  more: { readonly isOptional: boolean; readonly longest?: number; readonly initial?: string },
): InputBlock {
  const { longest = usual.longestText, initial = "" } = more;
  const known = truncate(readable(initial), longest);
  return input(field, label, more.isOptional, {
    type: "plain_text_input",
    action_id: fieldId(field),
    multiline: true,
    max_length: longest,
    placeholder: plainText("A sentence or two", limits.placeholder),
    ...(known !== "" && { initial_value: known }),
  });
}

export function numberInput(field: string, label: string, hint: string): InputBlock {
  return input(field, label, true, {
    type: "number_input",
    action_id: fieldId(field),
    is_decimal_allowed: true,
    placeholder: plainText(hint, limits.placeholder),
  });
}

/** A menu of few choices, each as it is typed and as it is read. */
export function choiceInput(
  field: string,
  label: string,
  choices: Readonly<Record<string, string>>,
): InputBlock {
  return input(field, label, false, {
    type: "static_select",
    action_id: fieldId(field),
    placeholder: plainText("Choose", limits.placeholder),
    options: Object.entries(choices).map(([value, text]) => ({
      text: plainText(text, limits.optionText),
      value,
    })),
  });
}

export function dayInput(
  field: string,
  label: string,
  more: { readonly isOptional: boolean; readonly hint: string; readonly initial?: Day },
): InputBlock {
  return input(field, label, more.isOptional, {
    type: "datepicker",
    action_id: fieldId(field),
    placeholder: plainText(more.hint, limits.placeholder),
    ...(more.initial !== undefined && { initial_date: more.initial }),
  });
}

/** What a field adds to a line, nothing where it is empty; or the sentence about what is wrong with it. */
export interface Entered {
  readonly words: readonly string[];
  readonly fault: string | false;
}

/** What an empty field adds. */
export const nothing: Entered = { words: [], fault: false };

/** The line with what was entered at its end; or a sentence for every input at fault, by block id. */
export type Filled =
  | { readonly ok: true; readonly line: string }
  | { readonly ok: false; readonly errors: Readonly<Record<string, string>> };

/** Puts what each field adds at the end of the line, as it would have been typed there. */
export function endWith(line: string, ending: Readonly<Record<string, Entered>>): Filled {
  const errors = Object.entries(ending).flatMap(([field, { fault }]) =>
    fault === false ? [] : [[fieldId(field), fault] as const],
  );
  if (errors.length > 0) return { ok: false, errors: Object.fromEntries(errors) };
  return { ok: true, line: [line.trim(), ...Object.values(ending).flatMap(({ words }) => words)].join(" ") };
}

/** What an element of a form holds. */
export function heldIn(values: ViewValues, field: string) {
  return values[fieldId(field)]?.[fieldId(field)];
}

/** What was typed into a field, as one line. */
export function typedIn(values: ViewValues, field: string): string {
  return readable(heldIn(values, field)?.value ?? "");
}

/** `because …`: in quotes where it is more than a plain word, so that no word of it means anything of its own. */
export function reasonIn(values: ViewValues, longest = usual.longestText): Entered {
  const text = typedIn(values, "reason");
  return {
    words: text === "" ? [] : [formatQuery("because", { words: [text], filters: {}, page: 1 })],
    fault: text.length > longest && `Say it in at most ${longest} characters.`,
  };
}

export const hoursInput = numberInput("hours", "Hours spent", "The usual, if left empty");

/** `hours 1.5` */
export function hoursIn(values: ViewValues, most = usual.mostHours): Entered {
  const hours = typedIn(values, "hours");
  if (hours === "") return nothing;
  const isRight = /^\d{1,4}(\.\d{1,3})?$/.test(hours) && Number(hours) <= most;
  return {
    words: [`hours ${hours}`],
    fault: !isRight && `Write the hours as a number from 0 to ${most}, such as 1.5.`,
  };
}

/** `until 2027-01-15`, or another word before the day. */
export function dayIn(values: ViewValues, field: string, word: string): Entered {
  const day = heldIn(values, field)?.selected_date ?? "";
  if (day === "") return nothing;
  return { words: [`${word} ${day}`], fault: !isDay(day) && "Choose a day of the calendar." };
}

/** One of the choices of a menu, as it is typed. */
export function choiceIn(
  values: ViewValues,
  field: string,
  choices: Readonly<Record<string, string>>,
): string | undefined {
  const chosen = heldIn(values, field)?.selected_option?.value;
  return Object.keys(choices).find((each) => each === chosen);
}
