import { basename } from "node:path";
import { FileFault } from "../tables/file-fault.ts";
import { headerKey } from "../tables/headers.ts";
import type { TableOptions } from "../tables/read-table.ts";
import type { DialectOptions } from "./dialect.ts";
import { mappedFields } from "./mapped-fields.ts";
import { readMapped } from "./mapped-rows.ts";
import { columnsOfType, mappedColumns, neededColumns } from "./mapping-columns.ts";
import { meets } from "./mapping-conditions.ts";
import { kindOf } from "./mapping-kinds.ts";
import { type MappingProblem, readSettings } from "./mapping-problems.ts";
import type { MappingSettings } from "./mapping-settings.ts";
import { readMappingYaml } from "./mapping-yaml.ts";
import { edits } from "./near-names.ts";
import { type Preset, readRow } from "./preset.ts";

/** A preset that people wrote themselves, for one kind of file. */
export interface MappedPreset extends Preset {
  /** A pattern of file names such as `umsatz*.csv`; undefined means every file. */
  readonly file: string | undefined;
  /** How to open such a file, and what is known of how it writes. */
  readonly open: TableOptions;
  readonly dialect: DialectOptions;
  /** The columns that a file must have, with what each is for. */
  readonly needed: readonly (readonly [column: string, purpose: string])[];
}

/** More problems than this are not read anyway. */
const mostProblems = 8;
const mostColumns = 3;

/**
 * The presets that a mapping file describes, one for each of its documents or list entries.
 *
 * @throws FileFault which names line and key of everything that is wrong.
 */
export function mappingPresets(yaml: string, fileName: string): readonly MappedPreset[] {
  const written = readMappingYaml(yaml);
  if (!written.ok) throw mappingFault(fileName, [{ line: written.line, problem: written.problem }]);
  const { mappings } = written;
  const results = mappings.map(readSettings);
  const problems = results.flatMap((result) => (result.ok ? [] : result.problems));
  if (mappings.length === 0) problems.push({ line: undefined, problem: "it is empty" });
  const settings = results.flatMap((result) => (result.ok ? [result.settings] : []));
  if (mappings.length > 1)
    for (const [index, result] of results.entries())
      if (result.ok && result.settings.file === undefined)
        problems.push({
          line: mappings[index]?.lineOf([]),
          problem: "file is missing: of several mappings each must say for which files it is",
        });
  if (problems.length > 0) throw mappingFault(fileName, problems);
  return settings.map(toPreset);
}

/**
 * The mapping for a file by its name; undefined when none is meant for it.
 *
 * @throws FileFault when several are.
 */
export function mappingFor(presets: readonly MappedPreset[], path: string): MappedPreset | undefined {
  const [first, second] = presets.filter(({ file }) => file === undefined || matches(file, basename(path)));
  if (first && second)
    throw new FileFault(
      path,
      `is meant by two mappings, ${first.file} and ${second.file}`,
      "Write patterns under file that do not overlap",
    );
  return first;
}

/** @throws FileFault when a file lacks a column that its mapping names. */
export function requireColumns({ needed }: MappedPreset, path: string, headers: readonly string[]): void {
  const known = new Set(headers.map(headerKey));
  const missing = needed.filter(([column]) => !known.has(headerKey(column)));
  if (missing.length === 0) return;
  const wanted = missing.slice(0, mostColumns).map(([column, purpose]) => {
    const nearest = nearestHeader(column, headers);
    const hint = nearest === undefined ? "" : `; the nearest is "${nearest}"`;
    return `no column "${column}", which the mapping names for ${purpose}${hint}`;
  });
  throw new FileFault(
    path,
    `has ${wanted.join(", and ")}`,
    `Correct the mapping; the file's columns are ${headers.join(", ")}`,
  );
}

function toPreset(settings: MappingSettings): MappedPreset {
  const { source, name = source, kind, file, only = {}, dates, decimal, encoding, sheet, header } = settings;
  const { ofField, constants } = mappedColumns(settings);
  const needed = neededColumns(settings);
  return {
    id: `${source}-${kind}`,
    sourceId: source,
    sourceName: name,
    title: `${name}, ${kind.replace("-", " ")}`,
    required: [...new Set(needed.map(([column]) => column))],
    optional: [],
    days: columnsOfType(settings, "day"),
    amounts: columnsOfType(settings, "number"),
    excluded: [],
    order: kindOf(kind).order,
    read: (cells, context) =>
      readRow({ ...cells, ...constants }, context, (row) =>
        Object.entries(only).every(([column, values]) => meets(row, column, values))
          ? readMapped[kind](mappedFields(row, ofField), settings, context.currency)
          : [],
      ),
    file,
    open: {
      ...(encoding === undefined ? {} : { encoding }),
      ...(sheet === undefined ? {} : { sheet }),
      ...(header === undefined ? {} : { header }),
    },
    dialect: { ...(dates === undefined ? {} : { dates }), ...(decimal === undefined ? {} : { decimal }) },
    needed,
  };
}

/** `*` stands for any characters and `?` for one; letter case does not count. */
function matches(pattern: string, name: string): boolean {
  const expression = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replace(/\*+/g, ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${expression}$`, "iu").test(name);
}

function nearestHeader(column: string, headers: readonly string[]): string | undefined {
  const distances = headers.map((header) => [edits(headerKey(column), headerKey(header)), header] as const);
  const [nearest] = distances.sort(([left], [right]) => left - right);
  return nearest && nearest[0] <= Math.max(2, column.length / 2) ? nearest[1] : undefined;
}

function mappingFault(fileName: string, problems: readonly MappingProblem[]): FileFault {
  const shown = problems
    .slice(0, mostProblems)
    .map(({ line, problem }) => (line === undefined ? problem : `line ${line}: ${problem}`));
  const more = problems.length > mostProblems ? [`and ${problems.length - mostProblems} more`] : [];
  return new FileFault(
    fileName,
    `cannot be used as a mapping: ${[...shown, ...more].join("; ")}`,
    "docs/mapping.md has an example of every kind",
  );
}
