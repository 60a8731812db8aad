import type { Cells } from "../tables/read-table.ts";
import { type Kind, kindOf } from "./mapping-kinds.ts";
import type { MappingSettings } from "./mapping-settings.ts";

/** Where our fields are in a file; a reference is two fields, `account.id` and `account.name`. */
export interface MappedColumns {
  /** Columns of the file, or of the constants, by field. */
  readonly ofField: ReadonlyMap<string, string>;
  /** Added to every row, so that a constant is read like any other cell; headed `constants.region`. */
  readonly constants: Cells;
}

export function mappedColumns({ kind, columns, constants = {}, currency }: MappingSettings): MappedColumns {
  const ofField = new Map<string, string>();
  const cells: Record<string, string> = {};
  const given = { ...constants, ...(currency === undefined ? {} : { currency }) };
  for (const [field, value] of Object.entries(given)) {
    if (value === undefined) continue;
    cells[`constants.${field}`] = value;
    ofField.set(kindOf(kind).fields[field] === "reference" ? `${field}.name` : field, `constants.${field}`);
  }
  for (const [field, column] of Object.entries(columns)) {
    if (typeof column === "string") ofField.set(field, column);
    else
      for (const [part, name] of Object.entries(column ?? {})) {
        if (name !== undefined) ofField.set(`${field}.${part}`, name);
      }
  }
  return { ofField, constants: cells };
}

/** The columns that a file must have, with what each is for. */
export function neededColumns(settings: MappingSettings): readonly (readonly [string, string])[] {
  const { only = {}, negate = {}, tax, refunded } = settings;
  const fields = [...mappedColumns(settings).ofField].map(([field, column]) => [column, field] as const);
  return [
    ...fields.filter(([column]) => !column.startsWith("constants.")),
    ...Object.keys(only).map((column) => [column, "only"] as const),
    ...Object.keys(negate).map((column) => [column, "negate"] as const),
    ...(tax?.column === undefined ? [] : [[tax.column, "tax"] as const]),
    ...(refunded === undefined ? [] : [[refunded, "refunded"] as const]),
  ];
}

/** The columns that show how a file writes days, or figures. */
export function columnsOfType(settings: MappingSettings, type: "day" | "number"): readonly string[] {
  const { tax, refunded } = settings;
  const more = type === "number" ? [tax?.column, refunded].filter((column) => column !== undefined) : [];
  const fields = Object.entries(settings.columns).flatMap(([field, column]) =>
    kindOf(settings.kind).fields[field] === type && typeof column === "string" ? [column] : [],
  );
  return [...fields, ...more];
}

/** The names of our fields, and of what else can be said, for "did you mean". */
export function knownKeys(kind: Kind, parent: string, settings: readonly string[]): readonly string[] {
  if (parent === "") return settings;
  if (parent === "columns" || parent === "constants") return Object.keys(kindOf(kind).fields);
  if (parent === "tax") return ["column", "rate"];
  return parent === "stages" ? ["won", "lost", "open"] : ["id", "name"];
}
