/**
 * Every limit of Slack that this app has to keep, and the page that states it. Lengths are compared in
 * UTF-16 units, the strictest reading of "characters".
 */
export const limits = {
  /** https://docs.slack.dev/reference/block-kit/blocks */
  messageBlocks: 50,
  /** https://docs.slack.dev/reference/methods/chat.postMessage: longer text is cut by Slack from 4,000 on. */
  messageText: 4000,
  /**
   * Undocumented; `msg_blocks_too_long` was seen near 13,200: https://github.com/slackapi/bolt-js/issues/2509.
   * Ours stays well below, and counts the values of buttons as well.
   */
  messageCharacters: 12_000,
  /** https://docs.slack.dev/reference/block-kit/blocks/data-visualization-block */
  messageCharts: 2,
  /** https://docs.slack.dev/reference/block-kit/blocks/header-block */
  headerText: 150,
  /** https://docs.slack.dev/reference/block-kit/blocks/context-block */
  contextElements: 10,
  /** https://docs.slack.dev/reference/block-kit/blocks/actions-block */
  actionsElements: 25,
  /** https://docs.slack.dev/reference/block-kit/block-elements/button-element */
  buttonText: 75,
  /** https://docs.slack.dev/reference/block-kit/block-elements/button-element */
  buttonValue: 2000,
  /** https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element */
  selectOptions: 100,
  /** https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element */
  placeholder: 150,
  /** https://docs.slack.dev/reference/block-kit/composition-objects/option-object */
  optionText: 75,
  /** https://docs.slack.dev/reference/block-kit/composition-objects/option-object */
  optionValue: 150,
  /** https://docs.slack.dev/reference/block-kit/blocks/data-table-block: the header is one of them. */
  tableRows: 101,
  /** https://docs.slack.dev/reference/block-kit/blocks/data-table-block */
  tableColumns: 20,
  /** https://docs.slack.dev/reference/block-kit/blocks/data-table-block: across all cells of a table. */
  tableCharacters: 10_000,
  /** https://docs.slack.dev/reference/block-kit/blocks/data-table-block */
  tablePageSize: 100,
  /** https://docs.slack.dev/reference/block-kit/blocks/input-block: its hint as well. */
  inputLabel: 2000,
  /** https://docs.slack.dev/reference/methods/files.getUploadURLExternal */
  fileAltText: 1000,
  /** https://docs.slack.dev/reference/views/home-tab-views */
  viewBlocks: 100,
  /** https://docs.slack.dev/reference/views/modal-views */
  modalTitle: 24,
  /** https://docs.slack.dev/reference/views/modal-views */
  privateMetadata: 3000,
  /** https://docs.slack.dev/reference/app-manifest#slash-commands */
  usageHint: 1000,
} as const;
