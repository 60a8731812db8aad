import { homeBlock, messageBlock, modalBlock } from "./block-rules.ts";
import { isObject, type JsonObject, listOf } from "./json.ts";
import { plainText } from "./object-rules.ts";
import {
  arrayOf,
  blockPage,
  boolean,
  byType,
  characters,
  methodPage,
  objectPage,
  oneOf,
  optional,
  type Problem,
  type Site,
  shape,
} from "./rule-kit.ts";

const MESSAGE_PAGE = methodPage("chat.postMessage");
const VIEW_PAGE = "https://docs.slack.dev/reference/views/modal-views";
const HOME_PAGE = "https://docs.slack.dev/reference/views/home-tab-views";

/** Measured, not documented: see the linked issue. Split well before it. */
const MOST_MESSAGE_CHARACTERS = 13_200;
const TOO_LONG_ISSUE = "https://github.com/slackapi/bolt-js/issues/2509";
export const TOO_LONG_RULE = `message: at most ${MOST_MESSAGE_CHARACTERS} characters across all blocks`;

/** Every rule of Slack, and the few of ours, that a message breaks. */
export function validateMessage(message: {
  readonly text?: unknown;
  readonly blocks?: unknown;
}): readonly Problem[] {
  const { problems, site } = collector("message", MESSAGE_PAGE);
  checkText(message.text, site);
  if (message.blocks !== undefined) {
    const at = { ...site, path: "/blocks", subject: "message.blocks", docs: blockPage("") };
    arrayOf(messageBlock, 0, 50, "block")(message.blocks, at);
  }
  checkTogether(message.blocks, site);
  checkMessageTotals(listOf(message.blocks), site);
  return problems;
}

/** Every rule a modal or Home view breaks. */
export function validateView(view: unknown): readonly Problem[] {
  const { problems, site } = collector("view", VIEW_PAGE);
  byType("view", VIEW_PAGE, { modal, home })(view, site);
  const blocks = listOf(isObject(view) ? view.blocks : []);
  checkTogether(blocks, site);
  const hasInput = blocks.some((block) => isObject(block) && block.type === "input");
  if (isObject(view) && view.type === "modal" && hasInput && view.submit === undefined) {
    site.report({
      rule: "modal: submit is required beside an input block",
      path: "/submit",
      docs: VIEW_PAGE,
    });
  }
  return problems;
}

const viewFields = {
  private_metadata: optional(characters(3000, 0)),
  callback_id: optional(characters(255, 0)),
  external_id: optional(characters(255, 0)),
};
const modal = shape("modal", VIEW_PAGE, {
  ...viewFields,
  blocks: arrayOf(modalBlock, 1, 100, "block"),
  type: oneOf("modal"),
  title: plainText(24),
  submit: optional(plainText(24)),
  close: optional(plainText(24)),
  clear_on_close: optional(boolean),
  notify_on_close: optional(boolean),
});
const home = shape("home", HOME_PAGE, {
  ...viewFields,
  blocks: arrayOf(homeBlock, 1, 100, "block"),
  type: oneOf("home"),
});

function collector(subject: string, docs: string): { problems: readonly Problem[]; site: Site } {
  const problems: Problem[] = [];
  return { problems, site: { path: "", subject, docs, report: (problem) => problems.push(problem) } };
}

/** Notifications and screen readers say only the top-level text, so every message of ours has one. */
function checkText(text: unknown, site: Site): void {
  if (text === undefined || text === "") {
    site.report({
      rule: "ours: every message has a top-level text",
      path: "/text",
      docs: MESSAGE_PAGE,
      ours: true,
    });
  } else {
    characters(40_000)(text, { ...site, path: "/text", subject: "message.text" });
  }
  if (typeof text === "string") checkBroadcast(text, "/text", site);
}

/** Rules that look at several blocks at once. */
function checkTogether(blocks: unknown, site: Site): void {
  const blockIds = new Set<unknown>();
  for (const [index, block] of listOf(blocks).entries()) {
    const id = isObject(block) ? block.block_id : undefined;
    if (id !== undefined && blockIds.has(id)) {
      site.report({ rule: "block_id is unique", path: `/blocks/${index}/block_id`, docs: blockPage("") });
    }
    blockIds.add(id);
  }
  checkActionIds(listOf(blocks), site);
  visit(blocks, "/blocks", (object, path) => {
    const isMarkup = object.type === "mrkdwn" || object.type === "markdown";
    if (isMarkup && typeof object.text === "string") checkBroadcast(object.text, `${path}/text`, site);
    if (object.type === "broadcast") reportBroadcast(path, site);
  });
}

/** Slack wants an action_id to be unique in its block; we want it in the whole message, so that one id is one thing. */
function checkActionIds(blocks: readonly unknown[], site: Site): void {
  const docs = "https://docs.slack.dev/reference/block-kit/block-elements";
  const inAll = new Set<unknown>();
  for (const [index, block] of blocks.entries()) {
    const inBlock = new Set<unknown>();
    visit(block, `/blocks/${index}`, (object, path) => {
      const id = object.action_id;
      if (id === undefined) return;
      const at = { path: `${path}/action_id`, docs };
      if (inBlock.has(id)) site.report({ rule: "action_id is unique in its block", ...at });
      else if (inAll.has(id))
        site.report({ rule: "ours: action_id is unique in the message", ...at, ours: true });
      inBlock.add(id);
      inAll.add(id);
    });
  }
}

function checkMessageTotals(blocks: readonly unknown[], site: Site): void {
  const ofType = (type: string) => blocks.filter((block) => isObject(block) && block.type === type);
  if (ofType("data_visualization").length > 2) {
    const docs = blockPage("data-visualization-block");
    site.report({ rule: "message: at most 2 data_visualization blocks", path: "/blocks", docs });
  }
  if (ofType("table").length > 1) {
    site.report({ rule: "message: at most 1 table block", path: "/blocks", docs: blockPage("table-block") });
  }
  if (shownCharacters(ofType("markdown")) > 12_000) {
    const docs = blockPage("markdown-block");
    site.report({ rule: "message: at most 12000 characters across markdown blocks", path: "/blocks", docs });
  }
  if (shownCharacters(blocks) > MOST_MESSAGE_CHARACTERS) {
    site.report({ rule: TOO_LONG_RULE, path: "/blocks", docs: TOO_LONG_ISSUE });
  }
}

const SHOWN_KEYS = ["text", "caption", "title", "label", "alt_text"];

/** Characters a reader sees, over all blocks. */
function shownCharacters(blocks: readonly unknown[]): number {
  let total = 0;
  visit(blocks, "", (object) => {
    for (const key of SHOWN_KEYS) {
      const value = object[key];
      if (typeof value === "string") total += value.length;
    }
  });
  return total;
}

/** Calls back for every object inside, with its JSON pointer. */
function visit(value: unknown, path: string, found: (object: JsonObject, path: string) => void): void {
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) visit(item, `${path}/${index}`, found);
  } else if (isObject(value)) {
    found(value, path);
    for (const [key, item] of Object.entries(value)) visit(item, `${path}/${key}`, found);
  }
}

/** Markup that would notify a whole channel; text from data must have been escaped before it got here. */
function checkBroadcast(text: string, path: string, site: Site): void {
  if (/<!(channel|here|everyone|subteam)\b/.test(text)) reportBroadcast(path, site);
}

function reportBroadcast(path: string, site: Site): void {
  site.report({
    rule: "ours: no mention of a whole channel or group",
    path,
    docs: "https://docs.slack.dev/messaging/formatting-message-text#special-mentions",
    ours: true,
  });
}

/** Slack's rule for the answer to a `block_suggestion`: at most 100 options. */
export function validateSuggestions(answer: unknown): readonly Problem[] {
  const { problems, site } = collector("options", objectPage("option-object"));
  const block = {
    type: "static_select",
    ...(isObject(answer) ? answer : {}),
  };
  const isEmpty =
    isObject(answer) && listOf(answer.options).length === 0 && answer.option_groups === undefined;
  if (!isObject(answer)) site.report({ rule: "options: must be an object", path: "", docs: site.docs });
  else if (!isEmpty) messageBlock({ type: "actions", elements: [block] }, site);
  return problems;
}
