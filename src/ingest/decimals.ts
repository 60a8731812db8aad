import { currencyExponent, isCurrency } from "../core/money.ts";
import type { DecimalMark } from "./dialect.ts";

export type ParsedDecimal =
  | { readonly ok: true; readonly decimal: string }
  | { readonly ok: false; readonly reason: string };

const notAnAmount = { ok: false, reason: "not an amount: write it as 12500.00" } as const;

/**
 * A number as people and programs write it, with all its digits: for unit prices. The file's decimal mark,
 * where it is known, decides what `1.234` is.
 *
 * @example
 * parseDecimal("1.234,5 €", "EUR"); // => { ok: true, decimal: "1234.5" }
 */
export function parseDecimal(text: string, currency: string, decimalMark?: DecimalMark): ParsedDecimal {
  const notation = notationOf(currency);
  if (!notation) return { ok: false, reason: `${currency} is no currency code: use one such as EUR` };
  const bare = takeSign(text);
  if (!bare) return notAnAmount;
  const { digits, sign } = bare;
  if (sign !== "" && !notation.signs.has(sign.toUpperCase()))
    return /\p{Sc}$/u.test(sign) || isCurrency(sign.toUpperCase())
      ? { ok: false, reason: `written in ${sign}, expected ${currency}` }
      : notAnAmount;
  const number = readNumber(digits, notation.exponent, decimalMark);
  return number.ok && bare.negative && /[1-9]/.test(number.decimal)
    ? { ok: true, decimal: `-${number.decimal}` }
    : number;
}

/** The decimal mark that an amount shows by how it is written; undefined where it could be either. */
export function decimalMarkOf(text: string): DecimalMark | undefined {
  const digits = takeSign(text)?.digits ?? "";
  const mark = shownMark(digits);
  return mark !== "ambiguous" && mark !== "" && readNumber(digits, 0, mark).ok ? mark : undefined;
}

interface Bare {
  readonly negative: boolean;
  /** The currency's code or sign; empty without one. */
  readonly sign: string;
  readonly digits: string;
}

const shape = /^(?<before>[^\d.,]*)(?<digits>[\d.,]|[\d.,][\d.,'’ ]*[\d.,])(?<after>[^\d]*)$/u;

/** Most amounts, told from the others in a tenth of the time. */
const unsigned = /^\d[\d.,]{0,30}$/;

/** Takes minus, brackets and currency off; undefined when something else is left. */
function takeSign(text: string): Bare | undefined {
  if (unsigned.test(text)) return { negative: false, sign: "", digits: text };
  const plain = text.replace(/\s+/gu, " ").replace(/[−–]/gu, "-").trim();
  const groups = plain.length > 60 ? undefined : shape.exec(plain)?.groups;
  if (!groups) return undefined;
  const { before = "", digits = "", after = "" } = groups;
  const around = `${before.trim()}…${after.trim()}`.replaceAll(" ", "");
  const inBrackets = /^[^()]*\([^()]*…[^()]*\)[^()]*$/u.test(around);
  const marks = around.replace(/[^-+()]/gu, "");
  if (!["", "-", "+", "()"].includes(marks)) return undefined;
  if (marks === "()" && !inBrackets) return undefined;
  const [left = "", right = ""] = around.replace(/[-+()]/gu, "").split("…");
  if (left !== "" && right !== "") return undefined;
  return { negative: marks === "-" || marks === "()", sign: left + right, digits };
}

const ungrouped = /^\d*$/;
const grouped = /^\d{1,3}([.,'’ ])\d{3}(?:\1\d{3})*$/u;

/** Decides which of points, commas and spaces group digits and which one is the decimal mark. */
function readNumber(digits: string, exponent: number, fileMark?: DecimalMark): ParsedDecimal {
  const mark = fileMark ?? likelyMark(digits, exponent);
  if (mark === "ambiguous") {
    const meanings = `${digits.replace(/[.,]/, "")} or ${digits.replace(",", ".")}`;
    return {
      ok: false,
      reason: `could be ${meanings}: write it with ${exponent} decimals, without grouping`,
    };
  }
  const at = mark === "" || !digits.includes(mark) ? digits.length : digits.lastIndexOf(mark);
  const whole = digits.slice(0, at);
  const fraction = digits.slice(at + 1);
  const readable =
    (ungrouped.test(whole) || (grouped.test(whole) && (mark === "" || !whole.includes(mark)))) &&
    ungrouped.test(fraction) &&
    (fraction !== "" || (whole !== "" && at === digits.length));
  if (!readable) return fileMark === undefined ? notAnAmount : notInThisFile(digits, fileMark);
  const plain = whole.replace(/\D/gu, "").replace(/^0+(?=\d)/, "") || "0";
  return { ok: true, decimal: fraction === "" ? plain : `${plain}.${fraction}` };
}

/** A number that is one by itself is told apart from what is none. */
function notInThisFile(digits: string, fileMark: DecimalMark): ParsedDecimal {
  const name = fileMark === "." ? "point" : "comma";
  return readNumber(digits, 0).ok
    ? { ok: false, reason: `not an amount with a decimal ${name}, as the file writes them` }
    : notAnAmount;
}

function shownMark(digits: string): "" | DecimalMark | "ambiguous" {
  const points = digits.split(".").length - 1;
  const commas = digits.split(",").length - 1;
  if (points > 0 && commas > 0) return digits.lastIndexOf(".") > digits.lastIndexOf(",") ? "." : ",";
  if (points > 1) return ",";
  if (commas > 1) return ".";
  if (points + commas === 0) return "";
  // Three digits behind a single mark, one to three before it: "1.234" is 1234 in Germany.
  if (/^[1-9]\d{0,2}[.,]\d{3}$/.test(digits)) return "ambiguous";
  return points === 1 ? "." : ",";
}

/** The mark of a number in a file that does not tell. */
function likelyMark(digits: string, exponent: number): "" | DecimalMark | "ambiguous" {
  const mark = shownMark(digits);
  if (mark !== "ambiguous") return mark;
  const isPoint = digits.includes(".");
  if (exponent === 3) return isPoint ? "." : "ambiguous";
  // Programs do write 1.234, but nobody writes money with a decimal comma and three decimals.
  return isPoint ? "ambiguous" : "";
}

interface Notation {
  readonly exponent: number;
  /** How the currency may be written beside a number, in capitals: `USD`, `$`, `US$`. */
  readonly signs: ReadonlySet<string>;
}

/** `Intl` takes tens of microseconds to answer, too long for every row; only real currencies are kept. */
const notations = new Map<string, Notation>();

/** `currencyExponent`, remembered; 0 for what is no currency. */
export function currencyExponentOf(currency: string): number {
  return notationOf(currency)?.exponent ?? 0;
}

function notationOf(currency: string): Notation | undefined {
  const known = notations.get(currency);
  if (known || !/^[A-Z]{3}$/.test(currency)) return known;
  if (!isCurrency(currency)) return undefined;
  const signs = ["en", "en-CA"].flatMap((locale) =>
    (["symbol", "narrowSymbol"] as const).map((currencyDisplay) =>
      new Intl.NumberFormat(locale, { style: "currency", currency, currencyDisplay })
        .formatToParts(0)
        .filter(({ type }) => type === "currency")
        .map(({ value }) => value.toUpperCase()),
    ),
  );
  const notation = { exponent: currencyExponent(currency), signs: new Set([currency, ...signs.flat()]) };
  notations.set(currency, notation);
  return notation;
}
