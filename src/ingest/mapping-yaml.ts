import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseAllDocuments,
} from "yaml";

/** Keys and indexes from the top of a YAML document. */
export type YamlPath = readonly PropertyKey[];

/** One mapping as written, before anybody knows whether it makes sense. */
export interface WrittenMapping {
  readonly value: unknown;
  /** 1-based line of the key at a path, or of the nearest one above it that is there. */
  lineOf(path: YamlPath): number;
}

export type WrittenMappings =
  | { readonly ok: true; readonly mappings: readonly WrittenMapping[] }
  | { readonly ok: false; readonly line: number | undefined; readonly problem: string };

const longestText = 256 * 1024;
const longestLine = 1_000;
const deepestBrackets = 20;
const mostAliases = 100;

/** The mappings of a YAML text: its documents, or the entries of a list. */
export function readMappingYaml(text: string): WrittenMappings {
  const oversized = oversizedBy(text);
  if (oversized) return oversized;
  const lines = new LineCounter();
  // Every value stays the text that it is: customer 007 is not customer 7.
  const documents = parseAllDocuments(text, { schema: "failsafe", lineCounter: lines });
  const mappings: WrittenMapping[] = [];
  for (const document of documents) {
    const [error] = [...document.errors, ...document.warnings];
    if (error)
      return { ok: false, line: error.linePos?.[0].line, problem: error.message.split(" at line ")[0] ?? "" };
    const values = toValue(document);
    if (values === undefined)
      return { ok: false, line: undefined, problem: `it uses more than ${mostAliases} aliases (*name)` };
    const isList = Array.isArray(values.value);
    const entries: readonly unknown[] = Array.isArray(values.value) ? values.value : [values.value];
    for (const [index, value] of entries.entries())
      mappings.push({
        value,
        lineOf: (path) => lines.linePos(offsetOf(document, isList ? [index, ...path] : path)).line,
      });
  }
  return { ok: true, mappings };
}

/** Nested a thousandfold, a text of a few kilobytes takes the parser all its memory. */
function oversizedBy(text: string): Extract<WrittenMappings, { ok: false }> | undefined {
  if (text.length > longestText)
    return { ok: false, line: undefined, problem: `it is longer than ${longestText / 1024} kB` };
  let depth = 0;
  for (const [index, line] of text.split("\n").entries()) {
    depth += line.replace(/[^[{]/g, "").length - line.replace(/[^\]}]/g, "").length;
    if (line.length > longestLine || depth > deepestBrackets)
      return { ok: false, line: index + 1, problem: "the line is too long or too deeply nested" };
  }
  return undefined;
}

/** Undefined when aliases multiply beyond what a mapping can need. */
function toValue(document: Document.Parsed): { readonly value: unknown } | undefined {
  try {
    return { value: document.toJS({ maxAliasCount: mostAliases }) };
  } catch (error) {
    if (error instanceof ReferenceError) return undefined;
    throw error;
  }
}

function offsetOf(document: Document.Parsed, path: YamlPath): number {
  let node: Node | null | undefined = document.contents;
  let offset = node?.range?.[0] ?? 0;
  for (const key of path) {
    if (isAlias(node)) node = node.resolve(document);
    if (isMap(node)) {
      const pair = node.items.find((item) => isScalar(item.key) && item.key.value === String(key));
      if (!pair || !isScalar(pair.key)) break;
      offset = pair.key.range?.[0] ?? offset;
      node = pair.value as Node | null;
    } else if (isSeq(node)) {
      node = node.items[Number(key)] as Node | undefined;
      offset = node?.range?.[0] ?? offset;
    }
  }
  return offset;
}
