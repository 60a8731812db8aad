import { z } from "zod";
import { isDay } from "../core/calendar.ts";
import { isCurrency } from "../core/money.ts";
import { headerKey } from "../tables/headers.ts";
import { type Kind, kindNames, kindOf } from "./mapping-kinds.ts";

const text = z
  .string({ error: "must be a text" })
  .trim()
  .min(1, "must not be empty")
  .max(500, "must not be longer than 500 characters");

const currency = text.toUpperCase().refine(isCurrency, "must be a currency code such as EUR");

/** A single value stands for a list of it. */
const list = z.preprocess(
  (value) => (typeof value === "string" ? [value] : value),
  z.array(text, { error: "must be a list such as [Paid, Open]" }).min(1, "must not be empty"),
);

/** `{ Status: [Paid, Open] }`: a column and the values that count. */
const condition = z.record(text, list, {
  error: "must name columns with values, such as { Status: [Paid] }",
});

const reference = z.preprocess(
  (value) => (typeof value === "string" ? { name: value } : value),
  z
    .strictObject(
      { id: text.optional(), name: text.optional() },
      { error: "must be a column that holds names, or { id: column, name: column }" },
    )
    .refine(({ id, name }) => id !== undefined || name !== undefined, "must name a column for id or name"),
);

const settings = {
  file: text.optional(),
  source: text.regex(/^[A-Za-z0-9_-]{1,40}$/, "must be a word of letters, digits, - and _, such as fibu"),
  name: text.optional(),
  dates: z.enum(["dmy", "mdy"], { error: "must be dmy or mdy" }).optional(),
  decimal: z.enum([",", "."], { error: 'must be "," or "."' }).optional(),
  encoding: text.refine(isEncoding, "must be an encoding such as windows-1252").optional(),
  sheet: text.optional(),
  header: z
    .array(text, { error: "must be a list of the columns' names, in the file's order" })
    .refine(isUnique, "must not name a column twice")
    .optional(),
  only: condition.optional(),
} as const;

const tax = z
  .strictObject(
    {
      column: text.optional(),
      rate: text.regex(/^\d{1,2}(?:\.\d{1,6})?$/, "must be per cent, such as 19 or 7.7").optional(),
    },
    { error: "must be { column: name } or { rate: per cent }" },
  )
  .refine(
    ({ column, rate }) => (column === undefined) !== (rate === undefined),
    "must be one of { column: name } and { rate: per cent }",
  )
  .optional();

const stages = z
  .strictObject(
    { won: list, lost: list.optional(), open: list.optional() },
    { error: "must be lists such as { won: [Won], lost: [Lost] }" },
  )
  .optional();

/** Tells the kind, which decides what else can be said. */
export const kindSchema = z.looseObject(
  {
    kind: z.enum(kindNames as [Kind, ...Kind[]], { error: `must be one of ${kindNames.join(", ")}` }),
  },
  { error: "must be a mapping: lines such as kind: invoices" },
);

/** A mapping of one kind; what belongs together across its keys is checked after it. */
export function mappingSchema(kind: Kind) {
  const { fields, isLedger } = kindOf(kind);
  const columns = Object.entries(fields).map(
    ([field, type]) => [field, (type === "reference" ? reference : text).optional()] as const,
  );
  const constants = Object.entries(fields).flatMap(([field, type]) =>
    type === "number" ? [] : [[field, constantOf(type).optional()] as const],
  );
  return z.strictObject({
    ...settings,
    kind: z.literal(kind),
    columns: z.strictObject(Object.fromEntries(columns), {
      error: "must say which of our fields is in which of the file's columns",
    }),
    constants: z
      .strictObject(Object.fromEntries(constants), { error: "must give fields a value" })
      .optional(),
    currency: "currency" in fields ? currency.optional() : unfit("is only for kinds with amounts"),
    negate: isLedger ? condition.optional() : unfit("is only for invoices and payments"),
    tax: isLedger ? tax : unfit("is only for invoices and payments"),
    refunded: kind === "payments" ? text.optional() : unfit("is only for payments"),
    stages: kind === "opportunities" ? stages : unfit("is only for opportunities"),
  });
}

/** What a mapping of the kind can say. */
export function settingNames(kind: Kind): readonly string[] {
  return Object.entries(mappingSchema(kind).shape).flatMap(([name, schema]) =>
    schema instanceof z.ZodOptional && schema.unwrap() instanceof z.ZodUndefined ? [] : [name],
  );
}

function unfit(error: string) {
  return z.undefined({ error }).optional();
}

function constantOf(type: "text" | "currency" | "day" | "reference") {
  if (type === "day") return text.refine(isDay, "must be a day such as 2026-12-31");
  return type === "currency" ? currency : text;
}

function isEncoding(label: string): boolean {
  try {
    new TextDecoder(label);
    return true;
  } catch {
    return false;
  }
}

function isUnique(headers: readonly string[]): boolean {
  return new Set(headers.map(headerKey)).size === headers.length;
}
