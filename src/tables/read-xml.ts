import { SaxesParser } from "saxes";
import { FileFault } from "./file-fault.ts";
import { damagedFault } from "./zip-archive.ts";

/** What is told of an XML text, in its order; names come without their prefix. */
export interface XmlListener {
  open?(name: string, attributes: Readonly<Record<string, string>>): void;
  close?(name: string): void;
  text?(text: string): void;
}

const deepest = 100;
/** Characters between two tags; the longest cell of Excel has 32,767. */
const longestText = 8 * 1024 * 1024;
const declaration = /<!(?:DOCTYPE|ENTITY)/;

/**
 * Reads XML piece by piece and hands out what the listener emits, in constant memory.
 *
 * @throws FileFault for XML that is not well-formed or that declares a document type or entities, which no
 * workbook does and by which a small text becomes gigabytes.
 */
export async function* readXml<Item>(
  path: string,
  content: AsyncIterable<Buffer>,
  createListener: (emit: (item: Item) => void) => XmlListener,
): AsyncGenerator<Item> {
  let items: Item[] = [];
  const listener = createListener((item) => items.push(item));
  const decoder = new TextDecoder("utf-8", { fatal: true });
  const parser = new SaxesParser({ position: false, xmlns: false } as const);
  let depth = 0;
  let sinceTag = 0;
  parser.on("error", () => {
    throw damagedFault(path);
  });
  parser.on("opentag", ({ name, attributes }) => {
    sinceTag = 0;
    depth += 1;
    if (depth > deepest) throw damagedFault(path);
    listener.open?.(localName(name), attributes);
  });
  parser.on("closetag", ({ name }) => {
    sinceTag = 0;
    depth -= 1;
    listener.close?.(localName(name));
  });
  parser.on("text", (text) => listener.text?.(text));
  parser.on("cdata", (text) => listener.text?.(text));

  let end = "";
  for await (const bytes of content) {
    const text = decode(decoder, bytes, path);
    if (declaration.test(end + text))
      throw new FileFault(
        path,
        "contains XML with a document type or entities, which no workbook needs",
        "Do not trust it: ask for a new export from where it comes from",
      );
    end = text.slice(-9);
    sinceTag += text.length;
    parser.write(text);
    if (sinceTag > longestText)
      throw new FileFault(path, "contains a text of more than 8 MB", "Leave that column out");
    yield* items;
    items = [];
  }
  parser.close();
  yield* items;
}

function localName(name: string): string {
  return name.slice(name.indexOf(":") + 1);
}

function decode(decoder: TextDecoder, bytes: Buffer, path: string): string {
  try {
    return decoder.decode(bytes, { stream: true });
  } catch {
    throw damagedFault(path);
  }
}
