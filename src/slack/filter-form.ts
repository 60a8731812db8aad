import { createHash } from "node:crypto";
import type { InputBlock, ModalView, PlainTextOption } from "@slack/types";
import type { Tier } from "../core/tiers.ts";
import type { CommandHelp, Desk } from "../desk.ts";
import { allFilters, type Filters, formatQuery, type OwnerFilter, parseQuery, type Query } from "../query.ts";
import type { Viewer } from "../store/viewer.ts";
import { UsageError } from "../usage-error.ts";
import { plainText } from "./block-parts.ts";
import type { FormMetadata } from "./form-metadata.ts";
import { limits } from "./limits.ts";
import type { ViewValues } from "./payloads.ts";
import { readable, wellFormed } from "./readable-text.ts";

/** The modal's `callback_id`. */
export const FILTER_FORM = "filter";
/** What the `action_id` of every menu with loaded options starts with. */
export const LOADED_FIELD = /^filter-(owner|industry|region)$/;

const fields = ["owner", "industry", "region"] as const;
type Field = (typeof fields)[number];
type Choices = Pick<Desk, "choices">;

// What an option's value starts with says what it stands for, so that no name can be mistaken for anything else.
const ANY = "any:";
const MINE = "me:";
const PERSON = "user:";
const NAME = "is:";
const HASH = "hash:";
const TIERS: readonly Tier[] = ["A", "B", "C", "D"];

/** The form in which the filters of a line are changed. */
export function filterForm(about: FormMetadata): ModalView {
  const { query } = takeApart(about.line);
  const { filters } = query;
  const tier = tierOf(query);
  const private_metadata = JSON.stringify(about);
  if (private_metadata.length > limits.privateMetadata) {
    throw new UsageError(
      "This list has too many filters for the form. Type the line with other filters instead.",
    );
  }
  return {
    type: "modal",
    callback_id: FILTER_FORM,
    title: plainText("Filter this list", limits.modalTitle),
    submit: plainText("Show", limits.modalTitle),
    close: plainText("Cancel", limits.modalTitle),
    private_metadata,
    blocks: [
      loadedField("owner", "Owner", filters.owner && ownerOption(filters.owner)),
      loadedField(
        "industry",
        "Industry",
        filters.industry === undefined ? undefined : option(filters.industry),
      ),
      loadedField("region", "Region", filters.region === undefined ? undefined : option(filters.region)),
      {
        type: "input",
        block_id: "filter-tier",
        optional: true,
        label: plainText("Tier", 75),
        element: {
          type: "static_select",
          action_id: "filter-tier",
          placeholder: plainText("Any tier", limits.placeholder),
          options: [anyOption("tier"), ...TIERS.map(tierOption)],
          ...(tier === undefined ? {} : { initial_option: tierOption(tier) }),
        },
      },
    ],
  };
}

/** The options of a menu while somebody types into it. */
export async function loadOptions(
  desk: Choices,
  viewer: Viewer,
  actionId: string,
  typed: string,
): Promise<readonly PlainTextOption[]> {
  const field = fields.find((each) => actionId === `filter-${each}`);
  if (field === undefined) return [];
  const values = await desk.choices(viewer, field, typed);
  const isStart = typed.trim() === "";
  const offersMine = field === "owner" && "mine".startsWith(typed.trim().toLowerCase());
  const fixed = [
    // Where a client has no cross to clear a menu, this clears it.
    ...(isStart ? [anyOption(field)] : []),
    ...(offersMine ? [ownerOption({ kind: "me" })] : []),
  ];
  const named = values.filter((value) => readable(value) !== "").map(option);
  return [...new Map([...fixed, ...named].map((each) => [each.value, each])).values()].slice(
    0,
    limits.selectOptions,
  );
}

/** The line with the filters that were chosen; a cleared field takes its filter away, and paging starts again. */
export async function applyFilters(
  {
    desk,
    viewer,
    help,
  }: { readonly desk: Choices; readonly viewer: Viewer; readonly help: readonly CommandHelp[] },
  line: string,
  values: ViewValues,
): Promise<string> {
  const { command, query } = takeApart(line);
  const { owner, industry, region, tier: _tier, ...kept } = query.filters;
  const chosenIn = (field: Field | "tier") => values[`filter-${field}`]?.[`filter-${field}`]?.selected_option;
  const nameIn = (field: Field, current: string | undefined) =>
    chosenName(desk, viewer, { field, current, chosen: chosenIn(field) });
  const newIndustry = await nameIn("industry", industry);
  const newRegion = await nameIn("region", region);
  const ownerName = await nameIn("owner", owner?.kind === "name" ? owner.name : undefined);
  const newOwner = toOwner(chosenIn("owner")?.value, ownerName);
  const tier = TIERS.find((each) => chosenIn("tier")?.value === `${NAME}${each}`);
  const usage = help.find(({ name }) => name === command)?.usage ?? "";
  // `top A` has its tier as a word, other lists as a filter; written twice they could contradict each other.
  const isWord = query.words.some(isTierWord) || /\bA\|B\|C\|D\b|\[tier\]/.test(usage);
  const words = query.words.filter((word) => !isTierWord(word));
  const filters: Filters = {
    ...kept,
    ...(newOwner === undefined ? {} : { owner: newOwner }),
    ...(newIndustry === undefined ? {} : { industry: newIndustry }),
    ...(newRegion === undefined ? {} : { region: newRegion }),
    ...(tier === undefined || isWord ? {} : { tier }),
  };
  return formatQuery(command, { words: tier && isWord ? [tier, ...words] : words, filters, page: 1 });
}

function takeApart(line: string): { readonly command: string; readonly query: Query } {
  const [command = ""] = line.trim().split(/\s+/, 1);
  return { command, query: parseQuery(line.trim().slice(command.length), allFilters) };
}

function tierOf({ words, filters }: Query): Tier | undefined {
  const word = words.find(isTierWord)?.toUpperCase();
  return filters.tier ?? TIERS.find((tier) => tier === word);
}

function isTierWord(word: string): boolean {
  return /^[abcd]$/i.test(word);
}

function loadedField(field: Field, label: string, initial: PlainTextOption | undefined): InputBlock {
  return {
    type: "input",
    block_id: `filter-${field}`,
    optional: true,
    label: plainText(label, 75),
    element: {
      type: "external_select",
      action_id: `filter-${field}`,
      min_query_length: 0,
      placeholder: plainText(`Any ${field}`, limits.placeholder),
      ...(initial === undefined ? {} : { initial_option: initial }),
    },
  };
}

function anyOption(field: Field | "tier"): PlainTextOption {
  return { text: plainText(`Any ${field}`, limits.optionText), value: ANY };
}

function tierOption(tier: Tier): PlainTextOption {
  return { text: plainText(tier, limits.optionText), value: `${NAME}${tier}` };
}

/** A name that is too long for an option's value is recognised by its hash when it comes back. */
function option(name: string): PlainTextOption {
  const value = `${NAME}${name}`;
  return {
    text: plainText(name, limits.optionText),
    value: value.length <= limits.optionValue && value === wellFormed(value) ? value : hashed(name),
  };
}

function hashed(name: string): string {
  return `${HASH}${createHash("sha256").update(name).digest("base64url")}`;
}

function ownerOption(owner: OwnerFilter): PlainTextOption {
  if (owner.kind === "name") return option(owner.name);
  if (owner.kind === "me") return { text: plainText("Mine", limits.optionText), value: MINE };
  return { text: plainText("The person in this line", limits.optionText), value: `${PERSON}${owner.userId}` };
}

function toOwner(value: string | undefined, name: string | undefined): OwnerFilter | undefined {
  if (value === MINE) return { kind: "me" };
  if (value?.startsWith(PERSON)) return { kind: "user", userId: value.slice(PERSON.length) };
  return name === undefined ? undefined : { kind: "name", name };
}

/** The name behind an option; `undefined` where none or something else was chosen. */
async function chosenName(
  desk: Choices,
  viewer: Viewer,
  about: {
    readonly field: Field;
    readonly current: string | undefined;
    readonly chosen: { readonly value: string; readonly text: { readonly text: string } } | null | undefined;
  },
): Promise<string | undefined> {
  const { field, current, chosen } = about;
  if (chosen?.value.startsWith(NAME)) return chosen.value.slice(NAME.length);
  if (!chosen?.value.startsWith(HASH)) return undefined;
  if (current !== undefined && hashed(current) === chosen.value) return current;
  const shown = readable(chosen.text.text).replace(/…$/, "");
  const found = (await desk.choices(viewer, field, shown)).find((name) => hashed(name) === chosen.value);
  if (found === undefined)
    throw new UsageError(`The ${field} "${shown}…" is not there any more. Choose another one.`);
  return found;
}
