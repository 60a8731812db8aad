import type { InputBlock, ModalView } from "@slack/types";
import type { FillForm } from "../command.ts";
import { formatQuery } from "../query.ts";
import { UsageError } from "../usage-error.ts";
import { context, plainText } from "./block-parts.ts";
import type { FormMetadata } from "./filter-form.ts";
import { limits } from "./limits.ts";
import type { ViewValues } from "./payloads.ts";
import { readable } from "./readable-text.ts";

/** Every form that adds to a line. */
export const fillForms: readonly FillForm[] = ["outcome", "reason", "person"];

const LONGEST_REASON = 300;
/** Outcomes in the words that are typed. */
const outcomes = { won: "Won", lost: "Lost", "no-reply": "No reply" } as const;
const MOST_HOURS = 1_000;

const reasonInput = (isOptional: boolean) =>
  input("reason", "Reason", isOptional, {
    type: "plain_text_input",
    action_id: "fill-reason",
    multiline: true,
    max_length: LONGEST_REASON,
    placeholder: plainText("A sentence or two", limits.placeholder),
  });

const numberInput = (field: string, label: string, hint: string) =>
  input(field, label, true, {
    type: "number_input",
    action_id: `fill-${field}`,
    is_decimal_allowed: true,
    placeholder: plainText(hint, limits.placeholder),
  });

const forms: Record<FillForm, { readonly title: string; readonly blocks: readonly InputBlock[] }> = {
  outcome: {
    title: "How did it end?",
    blocks: [
      input("outcome", "Outcome", false, {
        type: "static_select",
        action_id: "fill-outcome",
        placeholder: plainText("Choose", limits.placeholder),
        options: Object.entries(outcomes).map(([value, label]) => ({
          text: plainText(label, limits.optionText),
          value,
        })),
      }),
      numberInput("amount", "Amount", "What it was won for"),
      numberInput("hours", "Hours spent", "Left empty, the usual hours are taken"),
      reasonInput(true),
    ],
  },
  reason: { title: "Why?", blocks: [reasonInput(false)] },
  person: {
    title: "Who?",
    blocks: [
      input("person", "Person", false, {
        type: "users_select",
        action_id: "fill-person",
        placeholder: plainText("Choose a person", limits.placeholder),
      }),
    ],
  },
};

/**
 * The form whose entries are typed on at the end of a line; its `callback_id` is `fill-` and its name.
 *
 * @param label what the button said, so that the form says what it is about.
 * @throws UsageError for a line that the form cannot remember.
 */
export function fillForm(form: FillForm, about: FormMetadata, label: string | undefined): ModalView {
  const private_metadata = JSON.stringify(about);
  if (private_metadata.length > limits.privateMetadata)
    throw new UsageError("This line is too long for the form. Type it, and what you want to add at its end.");
  const { title, blocks } = forms[form];
  return {
    type: "modal",
    callback_id: `fill-${form}`,
    title: plainText(title, limits.modalTitle),
    submit: plainText("Save", limits.modalTitle),
    close: plainText("Cancel", limits.modalTitle),
    private_metadata,
    blocks: [...context(label === undefined ? [] : [label]), ...blocks],
  };
}

/** The line with what was entered at its end; or a sentence for every input at fault, by block id. */
export type Filled =
  | { readonly ok: true; readonly line: string }
  | { readonly ok: false; readonly errors: Readonly<Record<string, string>> };

/** What a form's entries add to its line, and the sentences about those that cannot be. */
interface Ending {
  readonly words: string;
  readonly faults: Readonly<Record<string, string | false>>;
}

/** Puts what was entered at the end of the line, as it would have been typed there. */
export function fillLine(form: FillForm, line: string, values: ViewValues): Filled {
  const { words, faults } = endings[form](values);
  const errors = Object.entries(faults).flatMap(([field, fault]) =>
    fault === false ? [] : [[`fill-${field}`, fault] as const],
  );
  return errors.length === 0
    ? { ok: true, line: `${line.trim()} ${words}` }
    : { ok: false, errors: Object.fromEntries(errors) };
}

const endings: Record<FillForm, (values: ViewValues) => Ending> = {
  outcome: (values) => {
    const chosen = entered(values, "outcome")?.selected_option?.value;
    const outcome = Object.keys(outcomes).find((each) => each === chosen);
    const amount = typed(values, "amount");
    const hours = typed(values, "hours");
    const reason = reasonOf(values);
    return {
      words: [
        outcome ?? "",
        ...(amount === "" ? [] : [`amount ${amount}`]),
        ...(hours === "" ? [] : [`hours ${hours}`]),
        ...(reason.text === "" ? [] : [because(reason.text)]),
      ].join(" "),
      faults: {
        outcome: outcome === undefined && "Choose how it ended.",
        amount:
          amount !== "" &&
          (outcome === "won"
            ? !isAmount(amount) && "Write the amount as a number from 0 on, such as 5000."
            : "Only what was won has an amount. Leave it empty."),
        hours:
          hours !== "" &&
          !isHours(hours) &&
          `Write the hours as a number from 0 to ${MOST_HOURS}, such as 1.5.`,
        reason: reason.fault,
      },
    };
  },
  reason: (values) => {
    const { text, fault } = reasonOf(values);
    return { words: because(text), faults: { reason: text === "" ? "Write a reason." : fault } };
  },
  person: (values) => {
    const userId = entered(values, "person")?.selected_user;
    return { words: `to <@${userId}>`, faults: { person: !userId && "Choose a person." } };
  },
};

function entered(values: ViewValues, field: string) {
  return values[`fill-${field}`]?.[`fill-${field}`];
}

/** What was typed into a field, as one line. */
function typed(values: ViewValues, field: string): string {
  return readable(entered(values, field)?.value ?? "");
}

function reasonOf(values: ViewValues): { readonly text: string; readonly fault: string | false } {
  const text = typed(values, "reason");
  const isLong = [...text].length > LONGEST_REASON;
  return { text, fault: isLong && `Say it in at most ${LONGEST_REASON} characters.` };
}

/** In quotes where it is more than a plain word, so that no word of it means anything of its own: it stays as it is. */
function because(reason: string): string {
  return formatQuery("because", { words: [reason], filters: {}, page: 1 });
}

function isAmount(text: string): boolean {
  return /^\d{1,12}(\.\d{1,6})?$/.test(text);
}

function isHours(text: string): boolean {
  return /^\d{1,4}(\.\d{1,3})?$/.test(text) && Number(text) <= MOST_HOURS;
}

function input(
  field: string,
  label: string,
  isOptional: boolean,
  element: InputBlock["element"],
): InputBlock {
  return {
    type: "input",
    block_id: `fill-${field}`,
    optional: isOptional,
    label: plainText(label, limits.inputLabel),
    element,
  };
}
