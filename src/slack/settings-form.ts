import type { InputBlock, ModalView, PlainTextOption } from "@slack/types";
import { matchNames } from "../core/names.ts";
import type { SettingField, SettingsForm } from "../desk.ts";
import { zoneNames } from "../settings/setting-values.ts";
import { context, plainText } from "./block-parts.ts";
import { whenceOf } from "./form-metadata.ts";
import { limits } from "./limits.ts";
import type { Interaction, ViewValues } from "./payloads.ts";

/** The modal's `callback_id`. */
export const SETTINGS_FORM = "settings";
/** The one menu whose options are searched: there are some four hundred zones. */
export const ZONE_FIELD = "settings-time-zone";

const LONGEST_VALUE = 100;

/** The form of the settings; it remembers what it showed, so that only what was changed is sent on. */
export function settingsModal({ fields, note }: SettingsForm, from: Interaction): ModalView {
  const shown = Object.fromEntries(fields.map(({ name, value }) => [name, value]));
  return {
    type: "modal",
    callback_id: SETTINGS_FORM,
    title: plainText("Settings", limits.modalTitle),
    submit: plainText("Save", limits.modalTitle),
    close: plainText("Cancel", limits.modalTitle),
    private_metadata: JSON.stringify({ ...whenceOf(from), shown }),
    blocks: [...fields.map(inputOf), ...context([note])],
  };
}

/** What was changed in the form, by field, as it would be typed. */
export function changedFields(
  values: ViewValues,
  shown: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const entered = Object.keys(shown).map((name): readonly [string, string] => {
    const { value, selected_option } = values[blockOf(name)]?.[blockOf(name)] ?? {};
    return [name, selected_option?.value ?? value ?? ""];
  });
  return Object.fromEntries(entered.filter(([name, value]) => value !== shown[name]));
}

/** Sentences beside the inputs they are about, as Slack wants them. */
export function fieldErrors(faults: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(faults).map(([name, problem]) => [blockOf(name), problem]));
}

/** The zones that fit what was typed so far. */
export function zoneOptions(typed: string): readonly PlainTextOption[] {
  const matching = typed.trim() === "" ? zoneNames : matchNames(typed, zoneNames, (zone) => zone);
  return matching.slice(0, limits.selectOptions).map((zone) => option(zone, zone));
}

function inputOf({ name, label, hint, value, choices, example, isOptional }: SettingField): InputBlock {
  const id = blockOf(name);
  const placeholder = plainText(example, limits.placeholder);
  const known = choices?.map((choice) => option(choice.label, choice.value));
  const chosen = known?.find((each) => each.value === value);
  return {
    type: "input",
    block_id: id,
    optional: isOptional,
    label: plainText(label, limits.inputLabel),
    hint: plainText(hint, limits.inputLabel),
    element: known
      ? {
          type: "static_select",
          action_id: id,
          placeholder,
          options: known,
          ...(chosen && { initial_option: chosen }),
        }
      : id === ZONE_FIELD
        ? {
            type: "external_select",
            action_id: id,
            placeholder,
            min_query_length: 0,
            initial_option: option(value, value),
          }
        : {
            type: "plain_text_input",
            action_id: id,
            placeholder,
            max_length: LONGEST_VALUE,
            ...(value === "" ? {} : { initial_value: value }),
          },
  };
}

function blockOf(name: string): string {
  return `settings-${name}`;
}

function option(label: string, value: string): PlainTextOption {
  return { text: plainText(label, limits.optionText), value };
}
