/** What a field of ours holds; a reference names a record by its id, its name or both. */
type FieldType = "text" | "currency" | "day" | "number" | "reference";

interface MappedKind {
  readonly fields: Readonly<Record<string, FieldType>>;
  /** Every row must have them. Alternatives stand side by side, of which one must be there completely. */
  readonly required: readonly (readonly (readonly string[])[])[];
  /** Files are read in this order: what facts mention before the facts. */
  readonly order: number;
  /** Whether its amounts can be gross, or negative by what another column says. */
  readonly isLedger: boolean;
}

const figures = { quantity: "number", price: "number", amount: "number", currency: "currency" } as const;
const record = { order: 1, isLedger: false } as const;

/** What a mapping can describe, with our names of the fields. */
export const mappedKinds = {
  accounts: {
    ...record,
    fields: {
      ...({ id: "text", name: "text", domain: "text", industry: "text", region: "text" } as const),
      ...({ owner: "reference", created: "day" } as const),
    },
    required: [[["name"]]],
  },
  reps: {
    ...record,
    fields: { id: "text", name: "text", email: "text", team: "text", manager: "text", office: "text" },
    required: [[["name"]]],
  },
  products: {
    ...record,
    fields: { id: "text", name: "text", series: "text", price: "number", currency: "currency" },
    required: [[["name"]]],
  },
  opportunities: {
    fields: {
      ...({ id: "text", name: "text", stage: "text", account: "reference", owner: "reference" } as const),
      ...({ product: "reference", amount: "number", currency: "currency" } as const),
      ...({ created: "day", closed: "day" } as const),
    },
    required: [[["stage"]], [["id"], ["name", "account"]]],
    order: 2,
    isLedger: false,
  },
  "opportunity-lines": {
    fields: { id: "text", opportunity: "text", product: "reference", ...figures, day: "day" },
    required: [[["id"]], [["opportunity"]]],
    order: 3,
    isLedger: false,
  },
  invoices: {
    fields: {
      ...({ id: "text", document: "text", account: "reference", region: "text" } as const),
      ...({ product: "reference", description: "text", ...figures, day: "day" } as const),
    },
    required: [[["day"]], [["amount"], ["quantity", "price"]]],
    order: 2,
    isLedger: true,
  },
  payments: {
    fields: {
      ...({ id: "text", document: "text", account: "reference", region: "text" } as const),
      ...({ description: "text", amount: "number", currency: "currency", day: "day" } as const),
    },
    required: [[["day"]], [["amount"]]],
    order: 2,
    isLedger: true,
  },
  rates: {
    fields: { base: "currency", quote: "currency", day: "day", rate: "number" },
    required: [[["base"]], [["quote"]], [["day"]], [["rate"]]],
    order: 1,
    isLedger: false,
  },
} as const satisfies Readonly<Record<string, MappedKind>>;

export type Kind = keyof typeof mappedKinds;

export function kindOf(kind: Kind): MappedKind {
  return mappedKinds[kind];
}

export const kindNames = Object.keys(mappedKinds) as readonly Kind[];
