import type { ModalView, PlainTextOption } from "@slack/types";
import { z } from "zod";
import { isCurrency } from "../core/money.ts";
import { context, plainText } from "./block-parts.ts";
import { type ImportRequest, MOST_FILES } from "./import-request.ts";
import { limits } from "./limits.ts";
import type { Interaction, ViewValues } from "./payloads.ts";

/** The modal's `callback_id`. */
export const IMPORT_FORM = "import";

const FILES = "import-files";
const CURRENCY = "import-currency";
const DATES = "import-dates";
/** What a file's name may end in. */
const ENDINGS = ["csv", "xlsx", "gz", "txt"];

const metadata = z.object({ responseUrl: z.string().optional(), channelId: z.string().optional() });

/** Where the form was opened from, to say there that work has begun. */
export function readImportMetadata(text: string): z.infer<typeof metadata> {
  return metadata.parse(JSON.parse(text));
}

export function importModal({ responseUrl, channelId }: Interaction): ModalView {
  return {
    type: "modal",
    callback_id: IMPORT_FORM,
    title: plainText("Import files", limits.modalTitle),
    submit: plainText("Check", limits.modalTitle),
    close: plainText("Cancel", limits.modalTitle),
    private_metadata: JSON.stringify({ responseUrl, channelId }),
    blocks: [
      {
        type: "input",
        block_id: FILES,
        label: plainText("Files", limits.inputLabel),
        hint: plainText(
          `Up to ${MOST_FILES} exports: CSV, Excel or either packed with gzip, 10 MB each. Larger ones: send them to me in a direct message.`,
          limits.inputLabel,
        ),
        element: { type: "file_input", action_id: FILES, filetypes: ENDINGS, max_files: MOST_FILES },
      },
      {
        type: "input",
        block_id: CURRENCY,
        optional: true,
        label: plainText("Currency", limits.inputLabel),
        hint: plainText("Of amounts that name none, such as EUR.", limits.inputLabel),
        element: {
          type: "plain_text_input",
          action_id: CURRENCY,
          max_length: 3,
          placeholder: plainText("As before", limits.placeholder),
        },
      },
      {
        type: "input",
        block_id: DATES,
        optional: true,
        label: plainText("Dates such as 03/04/2025", limits.inputLabel),
        hint: plainText("I ask when the files do not show it.", limits.inputLabel),
        element: {
          type: "static_select",
          action_id: DATES,
          placeholder: plainText("As the files show", limits.placeholder),
          options: [option("Day first: 3 April", "dmy"), option("Month first: 4 March", "mdy")],
        },
      },
      ...context(["Nothing is imported before you have seen what would change."]),
    ],
  };
}

/** What was entered, or a sentence for every field at fault, by block as Slack wants them. */
export function readImportForm(
  values: ViewValues,
):
  | { readonly ok: true; readonly request: ImportRequest }
  | { readonly ok: false; readonly errors: Record<string, string> } {
  const currency = values[CURRENCY]?.[CURRENCY]?.value?.trim().toUpperCase() ?? "";
  const chosen = values[DATES]?.[DATES]?.selected_option?.value;
  const files = (values[FILES]?.[FILES]?.files ?? []).map(({ id }) => id);
  if (currency !== "" && !isCurrency(currency))
    return {
      ok: false,
      errors: { [CURRENCY]: `"${currency}" is no currency. Write its three letters, such as EUR.` },
    };
  if (files.length === 0) return { ok: false, errors: { [FILES]: "Choose at least one file." } };
  return {
    ok: true,
    request: {
      files: files.slice(0, MOST_FILES),
      attempt: 0,
      ...(currency === "" ? {} : { currency }),
      ...(chosen === "dmy" || chosen === "mdy" ? { dates: chosen } : {}),
    },
  };
}

function option(label: string, value: string): PlainTextOption {
  return { text: plainText(label, limits.optionText), value };
}
