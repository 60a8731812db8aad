import type { Day } from "../core/calendar.ts";
import { currencyIn } from "./crm-fields.ts";
import { named, type Reference } from "./drafts.ts";
import { present, type Row } from "./preset.ts";

/** One row by our fields instead of the file's columns; a field without a column is undefined. */
export interface MappedFields {
  readonly row: Row;
  /** The column of a field, for messages; the field's own name when it has none. */
  column(field: string): string;
  text(field: string): string | undefined;
  required(field: string): string;
  day(field: string): Day | undefined;
  requiredDay(field: string): Day;
  number(field: string, currency: string): string | undefined;
  /** An ISO 4217 code. */
  currency(field: string): string | undefined;
  reference(field: string): Reference | undefined;
}

export function mappedFields(row: Row, ofField: ReadonlyMap<string, string>): MappedFields {
  const column = (field: string) => ofField.get(field) ?? field;
  const missing = (field: string) => row.reject(column(field), "is missing");
  const read =
    <Value>(value: (column: string) => Value | undefined) =>
    (field: string): Value | undefined => {
      const name = ofField.get(field);
      return name === undefined ? undefined : value(name);
    };
  const text = read((name) => row.text(name));
  const day = read((name) => row.day(name));
  return {
    row,
    column,
    text,
    required: (field) => text(field) ?? missing(field),
    day,
    requiredDay: (field) => day(field) ?? missing(field),
    number: (field, currency) => read((name) => row.decimal(name, currency))(field),
    currency: read((name) => currencyIn(row, name)),
    reference: (field) => {
      const externalId = text(`${field}.id`);
      const name = text(`${field}.name`);
      return externalId === undefined ? named(name) : { externalId, ...present({ name }) };
    },
  };
}
