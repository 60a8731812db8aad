import type { z } from "zod";
import { knownKeys } from "./mapping-columns.ts";
import { type Kind, kindOf } from "./mapping-kinds.ts";
import { kindSchema, mappingSchema, settingNames } from "./mapping-schema.ts";
import type { MappingSettings } from "./mapping-settings.ts";
import type { WrittenMapping, YamlPath } from "./mapping-yaml.ts";
import { edits } from "./near-names.ts";

/** What is wrong with a mapping, and where. */
export interface MappingProblem {
  readonly line: number | undefined;
  readonly problem: string;
}

export type ReadSettings =
  | { readonly ok: true; readonly settings: MappingSettings }
  | { readonly ok: false; readonly problems: readonly MappingProblem[] };

/** Validates one mapping as written. */
export function readSettings(written: WrittenMapping): ReadSettings {
  const told = kindSchema.safeParse(written.value);
  if (!told.success) return failed(written, told.error.issues, undefined);
  const { kind } = told.data;
  const parsed = mappingSchema(kind).safeParse(written.value);
  if (!parsed.success) return failed(written, parsed.error.issues, kind);
  const settings: MappingSettings = parsed.data;
  const problems = [...unfilledFields(settings), ...contradictions(settings)].map(({ path, problem }) => ({
    line: written.lineOf(path),
    problem,
  }));
  return problems.length === 0 ? { ok: true, settings } : { ok: false, problems };
}

interface Found {
  readonly path: YamlPath;
  readonly problem: string;
}

/** The fields that every row of the kind must have, from a column or a constant. */
function unfilledFields({ kind, columns, constants = {}, currency }: MappingSettings): readonly Found[] {
  const given = new Set([
    ...[...Object.entries(columns), ...Object.entries(constants)].flatMap(([field, value]) =>
      value === undefined ? [] : [field],
    ),
    ...(currency === undefined ? [] : ["currency"]),
  ]);
  return kindOf(kind).required.flatMap((alternatives): readonly Found[] =>
    alternatives.some((fields) => fields.every((field) => given.has(field)))
      ? []
      : [
          {
            path: ["columns"],
            problem: `columns must name a column for ${alternatives.map((fields) => fields.join(" and ")).join(", or for ")}`,
          },
        ],
  );
}

function contradictions({
  columns,
  constants = {},
  currency,
  tax,
  refunded,
}: MappingSettings): readonly Found[] {
  const twice = Object.keys(constants).filter((field) => columns[field] !== undefined);
  return [
    ...twice.map((field) => ({
      path: ["constants", field],
      problem: `constants.${field} has a column as well: one of them must go`,
    })),
    ...(currency !== undefined && (columns.currency ?? constants.currency) !== undefined
      ? [{ path: ["currency"], problem: "currency is given twice: one of them must go" }]
      : []),
    ...(tax?.column !== undefined && refunded !== undefined
      ? [{ path: ["tax"], problem: "tax.column says nothing of the refunded part: write tax.rate" }]
      : []),
  ];
}

function failed(
  written: WrittenMapping,
  issues: readonly z.core.$ZodIssue[],
  kind: Kind | undefined,
): ReadSettings {
  const problems = issues.flatMap((issue) =>
    wordIssue(issue, written.value, kind).map(({ path, problem }) => ({
      line: written.lineOf(path),
      problem,
    })),
  );
  return { ok: false, problems };
}

function wordIssue(issue: z.core.$ZodIssue, value: unknown, kind: Kind | undefined): readonly Found[] {
  const { path, message } = issue;
  if (issue.code === "unrecognized_keys")
    return issue.keys.map((key) => ({ path: [...path, key], problem: wordUnknown([...path, key], kind) }));
  const place = path.length === 0 ? "it" : path.map(String).join(".");
  return [
    { path, problem: `${place} ${valueAt(value, path) === undefined ? "is missing: it " : ""}${message}` },
  ];
}

function valueAt(value: unknown, [key, ...rest]: YamlPath): unknown {
  if (key === undefined) return value;
  return typeof value === "object" && value !== null
    ? valueAt(Object.entries(value).find(([name]) => name === String(key))?.[1], rest)
    : undefined;
}

function wordUnknown(path: YamlPath, kind: Kind | undefined): string {
  const key = String(path.at(-1));
  const parent = path.slice(0, -1).map(String).join(".");
  const place = path.map(String).join(".");
  if (kind === undefined) return `${place} is not known`;
  const known = knownKeys(kind, parent, settingNames(kind));
  const [nearest = ""] = [...known].sort((left, right) => edits(key, left) - edits(key, right));
  const hint = edits(key, nearest) <= Math.max(2, key.length / 2) ? `did you mean ${nearest}? ` : "";
  return `${place} is not known for ${kind}: ${hint}There can be ${known.join(", ")}`;
}
