import { dataVisualization } from "./chart-rules.ts";
import {
  accessoryElements,
  actionElements,
  contextActionElements,
  imageElement,
  inputElements,
  modalInputElements,
} from "./element-rules.ts";
import { anyText, plainText, slackFile } from "./object-rules.ts";
import { richText } from "./rich-text-rules.ts";
import {
  arrayOf,
  blockPage,
  boolean,
  byType,
  type Check,
  characters,
  exactlyOne,
  fault,
  inForm,
  optional,
  typed,
} from "./rule-kit.ts";
import { dataTable, table } from "./table-rules.ts";

const blockId = { block_id: optional(characters(255)) };

const section = typed(
  "section",
  blockPage("section-block"),
  {
    ...blockId,
    text: optional(anyText(3000)),
    fields: optional(arrayOf(anyText(2000), 1, 10, "field")),
    accessory: optional(byType("section accessory", blockPage("section-block"), accessoryElements)),
    expand: optional(boolean),
  },
  (value, site) => {
    if (value.text === undefined && value.fields === undefined) fault(site, "text or fields is required");
  },
);

const actions = typed("actions", blockPage("actions-block"), {
  ...blockId,
  elements: arrayOf(byType("actions element", blockPage("actions-block"), actionElements), 1, 25, "element"),
});

const contextElement: Check = (value, site) => {
  const isImage = typeof value === "object" && value !== null && "type" in value && value.type === "image";
  (isImage ? imageElement : anyText(3000))(value, site);
};

const image = typed(
  "image",
  blockPage("image-block"),
  {
    ...blockId,
    alt_text: characters(2000),
    title: optional(plainText(2000)),
    image_url: optional(inForm(/^https?:\/\/.{1,2990}$/, "a web address of at most 3000 characters")),
    slack_file: optional(slackFile),
  },
  (value, site) => {
    exactlyOne("image_url", "slack_file")(value, site);
    if (/\.(svg|webp|bmp|tiff?)(\?|$)/i.test(String(value.image_url)))
      fault(site, "must be a PNG, JPG or GIF");
  },
);

/** An `input` block, with the elements that its surface allows. */
function input(elements: Readonly<Record<string, Check>>): Check {
  return typed("input", blockPage("input-block"), {
    ...blockId,
    label: plainText(2000),
    element: byType("input element", blockPage("input-block"), elements),
    hint: optional(plainText(2000)),
    optional: optional(boolean),
    dispatch_action: optional(boolean),
  });
}

/** Blocks that stand in messages, modals and Home alike. */
const everywhere = {
  section,
  actions,
  image,
  input: input(inputElements),
  header: typed("header", blockPage("header-block"), { ...blockId, text: plainText(150) }),
  divider: typed("divider", blockPage("divider-block"), blockId),
  context: typed("context", blockPage("context-block"), {
    ...blockId,
    elements: arrayOf(contextElement, 1, 10, "element"),
  }),
  rich_text: richText,
};

const onlyInMessages = {
  markdown: typed("markdown", blockPage("markdown-block"), { ...blockId, text: characters(12_000) }),
  table,
  data_table: dataTable,
  data_visualization: dataVisualization,
  context_actions: typed("context_actions", blockPage("context-actions-block"), {
    ...blockId,
    elements: arrayOf(
      byType("context_actions element", blockPage("context-actions-block"), contextActionElements),
      1,
      5,
      "element",
    ),
  }),
};

const PAGE = "https://docs.slack.dev/reference/block-kit/blocks";

export const messageBlock = byType("message block", PAGE, { ...everywhere, ...onlyInMessages });
export const homeBlock = byType("view block", PAGE, everywhere);
export const modalBlock = byType("view block", PAGE, { ...everywhere, input: input(modalInputElements) });
