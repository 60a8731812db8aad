import type { InputBlock, ModalView } from "@slack/types";
import type { FillForm } from "../command.ts";
import { addDays, type Day } from "../core/calendar.ts";
import { UsageError } from "../usage-error.ts";
import { context, plainText } from "./block-parts.ts";
import {
  choiceIn,
  choiceInput,
  dayIn,
  dayInput,
  type Entered,
  endWith,
  type Filled,
  fieldId,
  heldIn,
  hoursIn,
  hoursInput,
  input,
  nothing,
  numberInput,
  reasonIn,
  textInput,
  typedIn,
} from "./fill-fields.ts";
import type { FormMetadata } from "./form-metadata.ts";
import { interactionBlocks, interactionEnding } from "./interaction-fields.ts";
import { limits } from "./limits.ts";
import type { ViewValues } from "./payloads.ts";

/** Every form that adds to a line. */
export const fillForms: readonly FillForm[] = ["outcome", "reason", "person", "day", "work", "interaction"];

/** Outcomes in the words that are typed. */
const outcomes = { won: "Won", lost: "Lost", "no-reply": "No reply" } as const;
/** What a form without a day begins with, counted from today. */
const USUAL_DAYS = 7;

const forms: Record<
  FillForm,
  { readonly title: string; readonly blocks: (today: Day) => readonly InputBlock[] }
> = {
  outcome: {
    title: "How did it end?",
    blocks: () => [
      choiceInput("outcome", "Outcome", outcomes),
      numberInput("amount", "Amount", "What it was won for"),
      hoursInput,
      textInput("reason", "Reason", { isOptional: true }),
    ],
  },
  reason: { title: "Why?", blocks: () => [textInput("reason", "Reason", { isOptional: false })] },
  person: {
    title: "Who?",
    blocks: () => [
      input("person", "Person", false, {
        type: "users_select",
        action_id: fieldId("person"),
        placeholder: plainText("Choose a person", limits.placeholder),
      }),
    ],
  },
  day: {
    title: "Until when?",
    blocks: (today) => [
      dayInput("day", "Until", {
        isOptional: false,
        hint: "Choose a day",
        initial: addDays(today, USUAL_DAYS),
      }),
    ],
  },
  work: {
    title: "Done",
    blocks: () => [hoursInput, textInput("reason", "What came of it", { isOptional: true })],
  },
  interaction: { title: "What happened?", blocks: () => interactionBlocks() },
};

/**
 * The form whose entries are typed on at the end of a line; its `callback_id` is `fill-` and its name.
 *
 * @param label what the button said, so that the form says what it is about.
 * @param today where the person is.
 * @throws UsageError for a line that the form cannot remember.
 */
export function fillForm(
  form: FillForm,
  about: FormMetadata,
  label: string | undefined,
  today: Day,
): ModalView {
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
    blocks: [...context(label === undefined ? [] : [label]), ...blocks(today)],
  };
}

/** Puts what was entered at the end of the line, as it would have been typed there. */
export function fillLine(form: FillForm, line: string, values: ViewValues): Filled {
  return endWith(line, endings[form](values));
}

/** What each field adds, in the order in which it is typed. */
const endings: Record<FillForm, (values: ViewValues) => Readonly<Record<string, Entered>>> = {
  outcome: (values) => {
    const outcome = choiceIn(values, "outcome", outcomes);
    return {
      outcome: {
        words: outcome === undefined ? [] : [outcome],
        fault: outcome === undefined && "Choose how it ended.",
      },
      amount: amountIn(values, outcome),
      hours: hoursIn(values),
      reason: reasonIn(values),
    };
  },
  reason: (values) => ({ reason: required(reasonIn(values), "Write a reason.") }),
  person: (values) => {
    const userId = heldIn(values, "person")?.selected_user;
    return { person: { words: [`to <@${userId}>`], fault: !userId && "Choose a person." } };
  },
  day: (values) => ({ day: required(dayIn(values, "day", "until"), "Choose a day.") }),
  work: (values) => ({ hours: hoursIn(values), reason: reasonIn(values) }),
  interaction: interactionEnding,
};

function amountIn(values: ViewValues, outcome: string | undefined): Entered {
  const amount = typedIn(values, "amount");
  if (amount === "") return nothing;
  const isAmount = /^\d{1,12}(\.\d{1,6})?$/.test(amount);
  return {
    words: [`amount ${amount}`],
    fault:
      outcome === "won"
        ? !isAmount && "Write the amount as a number from 0 on, such as 5000."
        : "Only what was won has an amount. Leave it empty.",
  };
}

function required(entered: Entered, sentence: string): Entered {
  return entered.words.length === 0 ? { ...entered, fault: sentence } : entered;
}
