import type { Kind } from "./mapping-kinds.ts";

/** What a mapping says, whatever its kind. */
export interface MappingSettings {
  readonly kind: Kind;
  readonly source: string;
  readonly name?: string | undefined;
  readonly file?: string | undefined;
  readonly columns: Readonly<Record<string, string | ReferenceColumns | undefined>>;
  readonly constants?: Readonly<Record<string, string | undefined>> | undefined;
  readonly currency?: string | undefined;
  readonly dates?: "dmy" | "mdy" | undefined;
  readonly decimal?: "," | "." | undefined;
  readonly encoding?: string | undefined;
  readonly sheet?: string | undefined;
  readonly header?: readonly string[] | undefined;
  readonly only?: Condition | undefined;
  readonly negate?: Condition | undefined;
  readonly tax?: { readonly column?: string | undefined; readonly rate?: string | undefined } | undefined;
  readonly refunded?: string | undefined;
  readonly stages?: Stages | undefined;
}

interface ReferenceColumns {
  readonly id?: string | undefined;
  readonly name?: string | undefined;
}

/** Columns with the values that count. */
export type Condition = Readonly<Record<string, readonly string[]>>;

export interface Stages {
  readonly won: readonly string[];
  readonly lost?: readonly string[] | undefined;
  readonly open?: readonly string[] | undefined;
}
