/** An exact amount: an integer in the currency's minor unit. */
export interface Money {
  readonly amount: number;
  /** ISO 4217 code. */
  readonly currency: string;
}

// ISO 4217's list, since `Intl` has fewer digits for some (RSD, COP, PKR) and other ones in another version.
const withoutDigits = codes("BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF");
const withThreeDigits = codes("BHD IQD JOD KWD LYD OMR TND");
const withFourDigits = codes("CLF UYW");

/** Digits after the decimal point (ISO 4217): 2 for EUR, 0 for JPY, 3 for KWD. */
export function currencyExponent(currency: string): number {
  if (withoutDigits.has(currency)) return 0;
  if (withThreeDigits.has(currency)) return 3;
  return withFourDigits.has(currency) ? 4 : 2;
}

/** True for a code that names a currency, such as "EUR". */
export function isCurrency(code: string): boolean {
  return Intl.supportedValuesOf("currency").includes(code);
}

/** For people: whole units from 100 on, exact below. */
export function formatMoney({ amount, currency }: Money): string {
  const exponent = currencyExponent(currency);
  const units = amount / 10 ** exponent;
  const digits = Math.abs(units) >= 100 || Number.isInteger(units) ? 0 : exponent;
  return formatIn(currency, digits).format(units);
}

/** Made once for each currency and number of digits: making one takes longer than everything it ever formats in an answer. */
const formats = new Map<string, Intl.NumberFormat>();

function formatIn(currency: string, digits: number): Intl.NumberFormat {
  const key = `${currency} ${digits}`;
  const known = formats.get(key);
  if (known) return known;
  const fractionDigits = { minimumFractionDigits: digits, maximumFractionDigits: digits };
  const format = new Intl.NumberFormat("en", { style: "currency", currency, ...fractionDigits });
  formats.set(key, format);
  return format;
}

function codes(list: string): ReadonlySet<string> {
  return new Set(list.split(" "));
}
