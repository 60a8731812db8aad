/** A column as a file writes it: plain numbers as such, and every other text once. */
export interface TextColumn {
  readonly name: string;
  /** By row, the place of its text in `texts`, or one of `codes`. */
  readonly places: Int32Array;
  /** NaN where a row has no plain number. */
  readonly numbers: Float64Array;
  readonly texts: readonly string[];
}

/** What stands for rows without a text of their own. */
export const codes = {
  /** Nothing, or a word that says so. */
  blank: -1,
  number: -2,
  /** One of too many texts, all different, to be kept. */
  unkept: -3,
} as const;

export interface ColumnLog {
  add(cell: string): void;
  column(): TextColumn;
}

/** What programs and people write where nothing is known. "Unknown" and "None" are answers and count as such. */
const blankWords = new Set([
  ...[
    "",
    "na",
    "n/a",
    "#n/a",
    "n.a.",
    "nan",
    "null",
    "nil",
    "undefined",
    "(blank)",
    "<na>",
    "<null>",
    "#null!",
  ],
  ...[
    "-",
    "--",
    "---",
    "–",
    "—",
    ".",
    "..",
    "...",
    "?",
    "select",
    "-select-",
    "please select",
    "(empty)",
    "empty",
  ],
  ...["not available", "not specified", "not set", "k.a.", "keine angabe", "[null]", "\\n"],
]);

/** No leading zeros and no more digits than a number holds: those are codes, and stay texts. */
const plainNumber = /^-?(?:0|[1-9]\d{0,14})(?:\.\d{1,15})?$/;
/** A thousand in one country, a little over one in the next: the column as a whole decides. */
const couldBeThousands = /^-?[1-9]\d{0,2}\.\d{3}$/;
/** Enough to see what a text is, and to tell it from others. */
const longestText = 120;
/** From here on a column is asked whether its texts can be numbers or days: others are names or prose. */
const mostTexts = 50_000;
const sampleStep = 97;

export function isBlank(cell: string): boolean {
  return cell === "" || (cell.length <= 15 && blankWords.has(cell.trim().toLowerCase()));
}

/** Takes cells one by one, in constant memory but for 12 bytes a cell and each text once. */
export function createColumnLog(name: string, { keepsAll = false } = {}): ColumnLog {
  let [places, numbers, rows] = [new Int32Array(1_024), new Float64Array(1_024), 0];
  let isOpen = true;
  const placeOf = new Map<string, number>();
  const texts: string[] = [];
  const textPlace = (cell: string): number => {
    const text = cell.trim().slice(0, longestText);
    const known = placeOf.get(text);
    if (known !== undefined) return known;
    if (!isOpen) return codes.unkept;
    placeOf.set(text, texts.length);
    const place = texts.push(text) - 1;
    if (texts.length === mostTexts) isOpen = keepsAll || couldBeFigures(texts);
    return place;
  };
  return {
    add(cell) {
      if (rows === places.length) [places, numbers] = [grown(places), grown(numbers)];
      const isNumber = plainNumber.test(cell) && !couldBeThousands.test(cell);
      numbers[rows] = isNumber ? Number(cell) : Number.NaN;
      places[rows] = isNumber ? codes.number : isBlank(cell) ? codes.blank : textPlace(cell);
      rows += 1;
    },
    column: () => ({ name, places: places.subarray(0, rows), numbers: numbers.subarray(0, rows), texts }),
  };
}

/** The same of cells that are at hand. */
export function textColumn(name: string, cells: Iterable<string>): TextColumn {
  const log = createColumnLog(name);
  for (const cell of cells) log.add(cell);
  return log.column();
}

function grown<List extends Int32Array | Float64Array>(list: List): List {
  const larger = (
    list instanceof Int32Array ? new Int32Array(list.length * 2) : new Float64Array(list.length * 2)
  ) as List;
  larger.set(list);
  return larger;
}

/** Amounts, days and moments: short, with digits, and hardly a letter. */
function couldBeFigures(texts: readonly string[]): boolean {
  const sample = texts.filter((_, place) => place % sampleStep === 0);
  const figures = sample.filter(
    (text) => text.length <= 32 && /\d/.test(text) && text.replace(/\P{L}/gu, "").length <= 9,
  );
  return figures.length >= 0.8 * sample.length;
}
