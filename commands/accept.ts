import { type Context, defineCommand, type Reply } from "../src/command.ts";
import { anyWords } from "../src/command-words.ts";
import { acceptLine, acceptUsage, endLine, readRule, type TypedRule } from "../src/settings/rule-words.ts";
import { countOf, formatMoment } from "../src/wording.ts";

const SHOWN = 20;

type Rule = Extract<TypedRule, { kind: "accept" }>;

export default defineCommand({
  summary: "Decide what suspect values stand for",
  usage: 'accept [<column> "<value>" as "<other>"]',
  examples: [],
  filters: [],
  options: anyWords,

  async run({ options }, context) {
    const typed = readRule(options.words);
    switch (typed.kind) {
      case "list":
        return list(context);
      case "accept":
        return accept(typed, context);
      case "end":
        return end(typed, context);
    }
  },
});

/** Suspects that nobody has decided about, and the rules there are. */
async function list({ decisions }: Context): Promise<Reply> {
  const suspects = await decisions.openSuspects();
  const rules = await decisions.valueRules();
  const { settings } = await decisions.settings();
  const inForce = rules.filter(({ ended }) => ended === undefined);
  return {
    headline:
      suspects.length === 0
        ? "No value waits for a decision"
        : `${countOf(suspects.length, "value")} may be written wrongly`,
    lines: [
      ...inForce
        .slice(0, SHOWN)
        .map(({ column, value, standsFor, by, at }) => [
          `${column} "${value}" stands for "${standsFor}" (${by}, ${formatMoment(at, settings.timeZone)})`,
        ]),
      [
        suspects.length > 0 ? "To decide, press one or type " : "You can decide unasked: ",
        { text: acceptUsage, style: "code" },
      ],
    ],
    ...(suspects.length > 0 && {
      table: {
        caption: "Suspect values of the newest imports",
        columns: [
          { title: "Column" },
          { title: "Value" },
          { title: "Why" },
          { title: "Rows", align: "right" as const },
          { title: "Source" },
        ],
        rows: suspects.map(({ column, value, reason, rows: count, source }) => [
          { text: column },
          { text: value },
          { text: reason },
          { text: String(count), value: count },
          { text: source },
        ]),
      },
    }),
    actions: [
      ...suspects.slice(0, SHOWN).flatMap(({ column, value, suggestion }) =>
        suggestion === undefined
          ? []
          : [
              {
                kind: "run" as const,
                label: `${value} → ${suggestion}`,
                line: acceptLine(column, value, suggestion),
              },
            ],
      ),
      ...(inForce.length > 0
        ? [
            {
              kind: "choose" as const,
              label: "End a rule",
              choices: inForce.map(({ column, value, standsFor }) => ({
                label: `${column}: ${value} → ${standsFor}`,
                line: endLine(column, value),
              })),
            },
          ]
        : []),
    ],
    data: {
      suspects: suspects.map(({ suggestion, ...suspect }) => ({
        ...suspect,
        suggestion: suggestion ?? null,
      })),
      rules: rules.map(({ ended, at, ...rule }) => ({
        ...rule,
        at: at.toISOString(),
        ended: ended ? { by: ended.by, at: ended.at.toISOString() } : null,
      })),
    },
  };
}

async function accept({ column, value, standsFor }: Rule, { decisions }: Context): Promise<Reply> {
  const isNew = await decisions.acceptValue(column, value, standsFor);
  const sentence = `${column} "${value}" stands for "${standsFor}"`;
  return {
    headline: isNew ? `From now on ${sentence}` : `Nothing changes: ${sentence} already`,
    notes: isNew ? ["What was imported stays as it is; answers use the rule from the next snapshot on."] : [],
    actions: [
      { kind: "run", label: "Other values", line: "accept" },
      { kind: "run", label: "End this rule", line: endLine(column, value), style: "danger" },
    ],
    data: { column, value, standsFor, changed: isNew },
  };
}

async function end(
  { column, value }: Omit<Rule, "kind" | "standsFor">,
  { decisions }: Context,
): Promise<Reply> {
  const isChanged = await decisions.endRule(column, value);
  return {
    headline: isChanged
      ? `${column} "${value}" counts as it is written again`
      : `Nothing changes: there is no rule for ${column} "${value}"`,
    notes: isChanged ? ["Answers show it from the next snapshot on."] : [],
    actions: [{ kind: "run", label: "Other values", line: "accept" }],
    data: { column, value, standsFor: null, changed: isChanged },
  };
}
