/** An exact amount: an integer in the currency's minor unit. */
export interface Money {
  readonly amount: number;
  /** ISO 4217 code. */
  readonly currency: string;
}

/** Digits after the decimal point: 2 for EUR, 0 for JPY, 3 for KWD (ISO 4217, as the runtime knows it). */
export function currencyExponent(currency: string): number {
  return (
    new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits ?? 2
  );
}

/** True for a code that names a currency, such as "EUR". */
export function isCurrency(code: string): boolean {
  return Intl.supportedValuesOf("currency").includes(code);
}

/** For people: whole units from 100 on, exact below. */
export function formatMoney({ amount, currency }: Money): string {
  const units = amount / 10 ** currencyExponent(currency);
  const whole = Math.abs(units) >= 100 || Number.isInteger(units);
  return new Intl.NumberFormat("en", {
    style: "currency",
    currency,
    ...(whole ? { minimumFractionDigits: 0, maximumFractionDigits: 0 } : {}),
  }).format(units);
}
