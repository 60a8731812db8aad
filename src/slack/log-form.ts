import type { PlainTextOption } from "@slack/types";
import type { Day } from "../core/calendar.ts";
import type { Desk } from "../desk.ts";
import { accountIn } from "../find-account.ts";
import type { Viewer } from "../store/viewer.ts";
import { plainText } from "./block-parts.ts";
import type { DispatchServices, Step } from "./dispatch.ts";
import { endWith, type Filled, heldIn, input } from "./fill-fields.ts";
import { type FormMetadata, whenceOf } from "./form-metadata.ts";
import { interactionBlocks, interactionEnding } from "./interaction-fields.ts";
import { limits } from "./limits.ts";
import { saidIn } from "./message-text.ts";
import { openView } from "./open-view.ts";
import type { Interaction, ViewValues } from "./payloads.ts";

/** The message shortcut's `callback_id`, as in manifest.yml, and the form's. */
export const LOG_SHORTCUT = "log_interaction";
/** The menu of accounts, whose options are searched. */
export const ACCOUNT_FIELD = "fill-account";

const ACCOUNT = /^id:([0-9a-f-]{36})$/;

/** Opens the form that notes what a message tells of an account, with the message's day and words. */
export async function openLogForm(
  services: DispatchServices,
  from: Interaction,
  { line, message, triggerId }: Step & { readonly kind: "open-log" },
): Promise<void> {
  const { desk, workspaceId, findPerson } = services;
  const [day, note] = await Promise.all([
    desk.dayOf(workspaceId, new Date(Number(message.ts) * 1000)),
    saidIn(message.text, findPerson),
  ]);
  const about = { line, ...whenceOf(from) };
  await openView(services, { trigger_id: triggerId, view: logForm(about, { day, note }) });
}

function logForm(about: FormMetadata, known: { readonly day: Day; readonly note: string }) {
  return {
    type: "modal" as const,
    callback_id: LOG_SHORTCUT,
    title: plainText("Log in Portfolio", limits.modalTitle),
    submit: plainText("Save", limits.modalTitle),
    close: plainText("Cancel", limits.modalTitle),
    private_metadata: JSON.stringify(about),
    blocks: [
      input("account", "Account", false, {
        type: "external_select",
        action_id: ACCOUNT_FIELD,
        min_query_length: 0,
        placeholder: plainText("Type a name", limits.placeholder),
      }),
      ...interactionBlocks(known),
    ],
  };
}

/** The accounts that fit what was typed so far. */
export async function accountOptions(
  desk: Pick<Desk, "accounts">,
  viewer: Viewer,
  typed: string,
): Promise<readonly PlainTextOption[]> {
  const accounts = await desk.accounts(viewer, typed);
  return accounts
    .slice(0, limits.selectOptions)
    .map(({ id, name }) => ({ text: plainText(name, limits.optionText), value: `id:${id}` }));
}

/** The line that a submitted form stands for. */
export function logLine(line: string, values: ViewValues): Filled {
  const [, id] = ACCOUNT.exec(heldIn(values, "account")?.selected_option?.value ?? "") ?? [];
  return endWith(line, {
    account: {
      words: id === undefined ? [] : [accountIn(id)],
      fault: id === undefined && "Choose an account.",
    },
    ...interactionEnding(values),
  });
}
