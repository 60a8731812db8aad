import type { ActionsBlock, ActionsBlockElement, Button } from "@slack/types";
import type { Action } from "../command.ts";
import { characters, chunks, plainText } from "./block-parts.ts";
import type { DownloadAction } from "./download-action.ts";
import { fillValue } from "./fill-value.ts";
import { limits } from "./limits.ts";
import { shortText, wellFormed } from "./readable-text.ts";
import { omitted } from "./render-table.ts";

/** A reply may have many buttons, a screen may not. */
const MOST_BLOCKS = 4;

/**
 * Buttons and menus as far as they fit into `budget` characters; their ids are `kind:number`, or `fill-form:number`.
 *
 * @param among.place stands before the number, where there are several sets of them.
 * @param among.about what the forms that they open are about, where the label alone does not say it.
 */
export function renderActions(
  actions: readonly (Action | DownloadAction)[],
  budget: number,
  { place = "", about }: { readonly place?: string; readonly about?: string } = {},
): { readonly blocks: readonly ActionsBlock[]; readonly omissions: readonly string[] } {
  const wanted = actions.flatMap((action, index) => renderAction(action, `${place}${index}`, about));
  const shown: ActionsBlockElement[] = [];
  let left = budget;
  for (const element of wanted) {
    if (shown.length === MOST_BLOCKS * limits.actionsElements) break;
    const size = characters(element);
    if (size > left) continue;
    left -= size;
    shown.push(element);
  }
  return {
    blocks: chunks(shown, limits.actionsElements).map((elements) => ({
      type: "actions",
      elements: [...elements],
    })),
    omissions: omitted(wanted.length - shown.length, "button", ""),
  };
}

function renderAction(
  action: Action | DownloadAction,
  index: string,
  about: string | undefined,
): readonly ActionsBlockElement[] {
  if (action.kind === "choose" || action.kind === "download") return renderChoices(action, index);
  if (action.kind === "form") return button(action.label, action.form, `form:${index}`);
  if (action.kind === "fill")
    return button(action.label, fillValue(action.line, about), `fill-${action.form}:${index}`, action.style);
  return button(
    action.label,
    action.line,
    `${action.kind}:${index}`,
    action.kind === "run" ? action.style : undefined,
  );
}

/** A button carries its whole line; a line cut short would ask something else, so a longer one is left out. */
function button(label: string, line: string, id: string, style?: "primary" | "danger"): readonly Button[] {
  const value = wellFormed(line);
  if (value.trim() === "" || value.length > limits.buttonValue) return [];
  return [
    {
      type: "button",
      action_id: id,
      text: plainText(label, limits.buttonText, shortText(line, limits.buttonText)),
      value,
      ...(style === undefined ? {} : { style }),
    },
  ];
}

/** A menu holds short lines only; what has a longer one becomes a button beside it, so that nothing is lost. */
function renderChoices(
  action: (Action & { readonly kind: "choose" }) | DownloadAction,
  index: string,
): readonly ActionsBlockElement[] {
  const choices = [...new Map(action.choices.map((choice) => [wellFormed(choice.line), choice])).entries()]
    .filter(([line]) => line.trim() !== "")
    .map(([line, { label }]) => ({ line, label }));
  const short = choices.filter(({ line }) => line.length <= limits.optionValue);
  const options = short.slice(0, limits.selectOptions).map(({ line, label }) => ({
    text: plainText(label, limits.optionText, shortText(line, limits.optionText)),
    value: line,
  }));
  const buttons = [
    ...choices.filter((choice) => !short.includes(choice)),
    ...short.slice(limits.selectOptions),
  ];
  return [
    ...(options.length === 0
      ? []
      : [
          {
            type: "static_select" as const,
            action_id: `${action.kind}:${index}`,
            placeholder: plainText(action.label, limits.placeholder, "Choose"),
            options,
          },
        ]),
    ...buttons.flatMap(({ line, label }, position) =>
      action.kind === "choose"
        ? button(label, line, `run:${index}.${position}`)
        : button(`${action.label} ${label}`, line, `download:${index}.${position}`),
    ),
  ];
}
