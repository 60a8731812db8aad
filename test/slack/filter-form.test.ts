import type { InputBlock } from "@slack/types";
import fc from "fast-check";
import { expect, test } from "vitest";
import { validateSuggestions, validateView } from "../../src/playground/validate-blocks.ts";
import { allFilters, formatQuery, parseQuery } from "../../src/query.ts";
import { applyFilters, filterForm, loadOptions } from "../../src/slack/filter-form.ts";
import { nastyText } from "./nasty-text.ts";

const viewer = { workspaceId: "w" };
const help = [
  { name: "top", summary: "", usage: "top [A|B|C|D] [filters]", examples: [], isDaily: true },
  { name: "moved", summary: "", usage: "moved [30d] [filters]", examples: [], isDaily: true },
];
const desk = { choices: async () => [] };

/** What Slack sends when these options were left or chosen. */
const state = (chosen: Readonly<Record<string, { value: string; text: { text: string } } | undefined>>) =>
  Object.fromEntries(
    Object.entries(chosen).map(([field, selected_option]) => [
      `filter-${field}`,
      { [`filter-${field}`]: { selected_option: selected_option ?? null } },
    ]),
  );
const option = (value: string) => ({ value, text: { text: value } });

/** Submits the form as it was opened. */
function untouched(line: string) {
  const view = filterForm({ line });
  const chosen = (view.blocks as readonly InputBlock[]).flatMap(({ block_id, element }) => {
    const initial = "initial_option" in element ? element.initial_option : undefined;
    if (initial === undefined) return [];
    return [[String(block_id).replace("filter-", ""), { value: String(initial.value), text: initial.text }]];
  });
  return applyFilters({ desk, viewer, help }, line, state(Object.fromEntries(chosen)));
}

test.each([
  ["top A", "top A"],
  ["top", "top"],
  ["moved tier:B down", "moved tier:B down"],
  ["top mine region:EMEA", "top mine region:EMEA"],
  ["top <@U123> industry:retail page:4 snapshot:2", "top <@U123> industry:retail"],
  ["top b owner:me", "top B owner:me"],
])("%s, left as it is, stays %s", async (line, same) => {
  expect(await untouched(line)).toBe(same);
});

test("a tier is a word where the command takes one, and a filter elsewhere", async () => {
  const tier = state({ tier: option("is:C") });
  expect(await applyFilters({ desk, viewer, help }, "top", tier)).toBe("top C");
  expect(await applyFilters({ desk, viewer, help }, "top tier:A", tier)).toBe("top C");
  expect(await applyFilters({ desk, viewer, help }, "moved", tier)).toBe("moved tier:C");
});

test("a choice that is gone is the person's to choose again", async () => {
  const gone = state({ owner: { value: "hash:x", text: { text: "Long name…" } } });
  await expect(applyFilters({ desk, viewer, help }, "top", gone)).rejects.toThrow("not there any more");
});

test("whatever the filters are, the form is valid and leaves them as they were", async () => {
  await fc.assert(
    fc.asyncProperty(nastyText, nastyText, nastyText, async (owner, industry, region) => {
      const filters = { owner: { kind: "name", name: owner } as const, industry, region };
      const line = formatQuery("top", { words: ["A"], filters, page: 1 });
      if (JSON.stringify({ line }).length > 2900) return;
      expect(validateView(filterForm({ line }))).toEqual([]);
      const before = parseQuery(line.slice(4), allFilters);
      expect(await untouched(line)).toBe(formatQuery("top", before));
    }),
  );
});

test("a line too long for the form is refused with a sentence", () => {
  expect(() => filterForm({ line: `top industry:"${"x".repeat(3000)}"` })).toThrow("too many filters");
});

test("whatever the names are, the options are valid and different", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(nastyText, { maxLength: 120 }), nastyText, async (names, typed) => {
      const options = await loadOptions({ choices: async () => names }, viewer, "filter-owner", typed);
      expect(validateSuggestions({ options })).toEqual([]);
      expect(new Set(options.map(({ value }) => value)).size).toBe(options.length);
    }),
  );
});
