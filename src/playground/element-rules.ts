import type { JsonObject } from "./json.ts";
import {
  choiceOption,
  confirmation,
  conversationFilter,
  dispatchConfig,
  initialAmongOptions,
  menuItems,
  menuOption,
  optionGroup,
  overflowOption,
  plainText,
  slackFile,
} from "./object-rules.ts";
import { richText } from "./rich-text-rules.ts";
import {
  arrayOf,
  boolean,
  type Check,
  characters,
  elementPage,
  exactlyOne,
  type Fields,
  fault,
  inForm,
  integer,
  oneOf,
  optional,
  type Site,
  shape,
  typed,
} from "./rule-kit.ts";

const actionId = { action_id: optional(characters(255)) };
const confirm = { confirm: optional(confirmation) };
const focus = { focus_on_load: optional(boolean) };
const placeholder = { placeholder: optional(plainText(150)) };
const dispatch = { dispatch_action_config: optional(dispatchConfig) };
const label = { accessibility_label: optional(characters(75)) };
const id = characters(255);

const optionLists = {
  options: optional(arrayOf(menuOption, 1, 100, "option")),
  option_groups: optional(arrayOf(optionGroup, 1, 100, "option group")),
};
const DATE = inForm(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, "a date as YYYY-MM-DD");
const TIME = inForm(/^([01]\d|2[0-3]):[0-5]\d$/, "a time as HH:mm");
const NUMERAL = inForm(/^-?\d+(\.\d+)?$/, "a number written as text");

const button = typed("button", elementPage("button-element"), {
  ...actionId,
  ...confirm,
  ...label,
  text: plainText(75),
  value: optional(characters(2000)),
  url: optional(characters(3000)),
  style: optional(oneOf("primary", "danger")),
});

/** A menu of one choice and its `multi_` twin, which allows several. */
function menus(
  type: string,
  only: Fields,
  initial: { one: string; many: string; check: Check },
  also?: AlsoCheck,
) {
  const common = { ...actionId, ...confirm, ...focus, ...placeholder };
  return {
    [type]: typed(
      type,
      elementPage("select-menu-element"),
      { ...common, ...only, [initial.one]: optional(initial.check) },
      also,
    ),
    [`multi_${type}`]: typed(
      `multi_${type}`,
      elementPage("multi-select-menu-element"),
      {
        ...common,
        ...only,
        [initial.many]: optional(arrayOf(initial.check, 1, 100)),
        max_selected_items: optional(integer(1, 100)),
      },
      also,
    ),
  };
}
type AlsoCheck = (value: JsonObject, site: Site) => void;

const selects = {
  ...menus(
    "static_select",
    optionLists,
    { one: "initial_option", many: "initial_options", check: menuOption },
    menuItems,
  ),
  ...menus(
    "external_select",
    { min_query_length: optional(integer(0, 255)) },
    { one: "initial_option", many: "initial_options", check: menuOption },
  ),
  ...menus("users_select", {}, { one: "initial_user", many: "initial_users", check: id }),
  ...menus(
    "conversations_select",
    {
      default_to_current_conversation: optional(boolean),
      response_url_enabled: optional(boolean),
      filter: optional(conversationFilter),
    },
    { one: "initial_conversation", many: "initial_conversations", check: id },
  ),
  ...menus(
    "channels_select",
    { response_url_enabled: optional(boolean) },
    { one: "initial_channel", many: "initial_channels", check: id },
  ),
};

const choices = { options: arrayOf(choiceOption, 1, 10, "option") };

const pickers = {
  datepicker: typed("datepicker", elementPage("date-picker-element"), {
    ...actionId,
    ...confirm,
    ...focus,
    ...placeholder,
    initial_date: optional(DATE),
  }),
  timepicker: typed("timepicker", elementPage("time-picker-element"), {
    ...actionId,
    ...confirm,
    ...focus,
    ...placeholder,
    initial_time: optional(TIME),
    timezone: optional(characters(255)),
  }),
  datetimepicker: typed("datetimepicker", elementPage("datetime-picker-element"), {
    ...actionId,
    ...confirm,
    ...focus,
    initial_date_time: optional(integer(1_000_000_000, 9_999_999_999)),
  }),
  checkboxes: typed(
    "checkboxes",
    elementPage("checkboxes-element"),
    {
      ...actionId,
      ...confirm,
      ...focus,
      ...choices,
      initial_options: optional(arrayOf(choiceOption, 1, 10)),
    },
    initialAmongOptions,
  ),
  radio_buttons: typed(
    "radio_buttons",
    elementPage("radio-button-group-element"),
    { ...actionId, ...confirm, ...focus, ...choices, initial_option: optional(choiceOption) },
    initialAmongOptions,
  ),
  overflow: typed("overflow", elementPage("overflow-menu-element"), {
    ...actionId,
    ...confirm,
    options: arrayOf(overflowOption, 1, 5, "option"),
  }),
};

const typing = { ...actionId, ...dispatch, ...focus, ...placeholder };

const inputs = {
  plain_text_input: typed(
    "plain_text_input",
    elementPage("plain-text-input-element"),
    {
      ...typing,
      initial_value: optional(characters(3000, 0)),
      multiline: optional(boolean),
      min_length: optional(integer(0, 3000)),
      max_length: optional(integer(1, 3000)),
    },
    (value, site) => {
      if (Number(value.min_length) > Number(value.max_length)) {
        fault(site, "min_length must not exceed max_length");
      }
    },
  ),
  number_input: typed("number_input", elementPage("number-input-element"), {
    ...typing,
    is_decimal_allowed: boolean,
    initial_value: optional(NUMERAL),
    min_value: optional(NUMERAL),
    max_value: optional(NUMERAL),
  }),
  email_text_input: typed("email_text_input", elementPage("email-input-element"), {
    ...typing,
    initial_value: optional(characters(3000, 0)),
  }),
  url_text_input: typed("url_text_input", elementPage("url-input-element"), {
    ...typing,
    initial_value: optional(characters(3000, 0)),
  }),
  rich_text_input: typed("rich_text_input", elementPage("rich-text-input-element"), {
    ...typing,
    initial_value: optional(richText),
  }),
};

const fileInput = typed("file_input", elementPage("file-input-element"), {
  ...actionId,
  filetypes: optional(arrayOf(inForm(/^[A-Za-z0-9]{1,20}$/, "a file extension without its dot"), 1, 100)),
  max_files: optional(integer(1, 10)),
});

const imageFields = {
  alt_text: characters(2000),
  image_url: optional(inForm(/^https?:\/\/.{1,2990}$/, "a web address of at most 3000 characters")),
  slack_file: optional(slackFile),
};
export const imageElement = typed(
  "image",
  elementPage("image-element"),
  imageFields,
  exactlyOne("image_url", "slack_file"),
);

const feedbackChoice = shape("feedback_buttons.button", elementPage("feedback-buttons-element"), {
  text: plainText(75),
  value: characters(2000),
  ...label,
});

/** What a `context_actions` block may hold. */
export const contextActionElements: Readonly<Record<string, Check>> = {
  feedback_buttons: typed("feedback_buttons", elementPage("feedback-buttons-element"), {
    ...actionId,
    positive_button: feedbackChoice,
    negative_button: feedbackChoice,
  }),
  icon_button: typed("icon_button", elementPage("icon-button-element"), {
    ...actionId,
    ...confirm,
    ...label,
    icon: oneOf("trash"),
    text: plainText(75),
    value: optional(characters(2000)),
    visible_to_user_ids: optional(arrayOf(id, 1, 100)),
  }),
};

/** What an `actions` block may hold. */
export const actionElements: Readonly<Record<string, Check>> = {
  button,
  ...selects,
  ...pickers,
  rich_text_input: inputs.rich_text_input,
};

/** What may stand beside a section's text. */
export const accessoryElements: Readonly<Record<string, Check>> = {
  button,
  ...selects,
  ...pickers,
  image: imageElement,
};

const { overflow: _noInput, ...inputPickers } = pickers;
/** What an `input` block may hold. */
export const inputElements: Readonly<Record<string, Check>> = { ...selects, ...inputPickers, ...inputs };
/** In a modal it may also take files. */
export const modalInputElements: Readonly<Record<string, Check>> = {
  ...inputElements,
  file_input: fileInput,
};
