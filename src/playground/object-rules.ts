import { isObject, type JsonObject } from "./json.ts";
import {
  arrayOf,
  boolean,
  byType,
  type Check,
  characters,
  exactlyOne,
  fault,
  objectPage,
  oneOf,
  optional,
  shape,
  typed,
} from "./rule-kit.ts";

// Composition objects: the small parts that blocks and elements are made of.

const TEXT = objectPage("text-object");

const plainShape = typed("plain_text", TEXT, { text: characters(3000), emoji: optional(boolean) });
const mrkdwnShape = typed("mrkdwn", TEXT, { text: characters(3000), verbatim: optional(boolean) });

/** A `plain_text` object; a limit below the general one is a rule of whatever holds it. */
export function plainText(most: number): Check {
  return textWithin(byType("plain_text object", TEXT, { plain_text: plainShape }), most);
}

/** A `plain_text` or `mrkdwn` object. */
export function anyText(most: number): Check {
  return textWithin(byType("text object", TEXT, { plain_text: plainShape, mrkdwn: mrkdwnShape }), most);
}

function textWithin(check: Check, most: number): Check {
  return (value, site) => {
    check(value, site);
    const text = isObject(value) ? value.text : undefined;
    if (most < 3000 && typeof text === "string" && text.length > most) {
      fault({ ...site, path: `${site.path}/text` }, `at most ${most} characters`);
    }
  };
}

function option(text: Check, more: Record<string, { optional: Check }> = {}): Check {
  return shape("option", objectPage("option-object"), {
    text,
    value: characters(150),
    description: optional(plainText(75)),
    ...more,
  });
}

export const menuOption = option(plainText(75));
export const choiceOption = option(anyText(75), { description: optional(anyText(75)) });
/** Only an overflow menu's options may be links. */
export const overflowOption = option(plainText(75), { url: optional(characters(3000)) });

export const optionGroup = shape("option_group", objectPage("option-group-object"), {
  label: plainText(75),
  options: arrayOf(menuOption, 1, 100, "option"),
});

export const confirmation = shape("confirm", objectPage("confirmation-dialog-object"), {
  title: plainText(100),
  text: anyText(300),
  confirm: plainText(30),
  deny: plainText(30),
  style: optional(oneOf("primary", "danger")),
});

export const slackFile = shape(
  "slack_file",
  objectPage("slack-file-object"),
  { id: optional(characters(255)), url: optional(characters(3000)) },
  exactlyOne("id", "url"),
);

export const dispatchConfig = shape(
  "dispatch_action_config",
  objectPage("dispatch-action-configuration-object"),
  {
    trigger_actions_on: arrayOf(oneOf("on_enter_pressed", "on_character_entered"), 1, 2),
  },
);

export const conversationFilter = shape("filter", objectPage("conversation-filter-object"), {
  include: optional(arrayOf(oneOf("im", "mpim", "private", "public"), 1, 4)),
  exclude_external_shared_channels: optional(boolean),
  exclude_bot_users: optional(boolean),
});

/** `options` or `option_groups`, never both, and preselected options that are among them. */
export function menuItems(value: JsonObject, site: Parameters<Check>[1]): void {
  exactlyOne("options", "option_groups")(value, site);
  initialAmongOptions(value, site);
}

/** A preselected option must be one of those offered, exactly; Slack refuses the message otherwise. */
export function initialAmongOptions(value: JsonObject, site: Parameters<Check>[1]): void {
  const groups = Array.isArray(value.option_groups) ? value.option_groups : [];
  const lists: unknown[] = [value.options, ...groups.map((group) => (isObject(group) ? group.options : []))];
  const offered = new Set(lists.flat().map((each) => JSON.stringify(each)));
  const many = Array.isArray(value.initial_options) ? value.initial_options : [];
  const chosen = value.initial_option === undefined ? many : [value.initial_option];
  if (chosen.some((each) => !offered.has(JSON.stringify(each)))) {
    fault(site, "a preselected option must be one of the options");
  }
}
