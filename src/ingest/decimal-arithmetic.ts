/**
 * Exact arithmetic on decimals as they are written, such as `-12.505`: money never passes through
 * floating-point numbers.
 */
interface Scaled {
  readonly digits: bigint;
  /** Digits behind the point. */
  readonly scale: number;
}

/** Digits behind the point of a quotient: more than any currency has, so that it is rounded once. */
const quotientScale = 12;

export function multiplyDecimals(left: string, right: string): string {
  const [one, other] = [scaled(left), scaled(right)];
  return written({ digits: one.digits * other.digits, scale: one.scale + other.scale });
}

export function subtractDecimals(left: string, right: string): string {
  const [one, other] = [scaled(left), scaled(right)];
  const scale = Math.max(one.scale, other.scale);
  return written({ digits: atScale(one, scale) - atScale(other, scale), scale });
}

/** Cut off behind twelve digits, not rounded. */
export function divideDecimals(left: string, right: string): string {
  const [one, other] = [scaled(left), scaled(right)];
  const numerator = one.digits * 10n ** BigInt(quotientScale + other.scale);
  return written({ digits: numerator / (other.digits * 10n ** BigInt(one.scale)), scale: quotientScale });
}

export function negateDecimal(decimal: string): string {
  return subtractDecimals("0", decimal);
}

export function isZero(decimal: string): boolean {
  return scaled(decimal).digits === 0n;
}

function scaled(decimal: string): Scaled {
  const [whole = "", fraction = ""] = decimal.split(".");
  return { digits: BigInt(whole + fraction), scale: fraction.length };
}

function atScale({ digits, scale }: Scaled, wanted: number): bigint {
  return digits * 10n ** BigInt(wanted - scale);
}

function written({ digits, scale }: Scaled): string {
  const plain = String(digits < 0n ? -digits : digits).padStart(scale + 1, "0");
  const fraction = plain.slice(plain.length - scale).replace(/0+$/, "");
  const whole = plain.slice(0, plain.length - scale);
  return `${digits < 0n ? "-" : ""}${whole}${fraction === "" ? "" : `.${fraction}`}`;
}
