const UNITS = ["bytes", "kB", "MB", "GB"] as const;

/** A size as people say it: `812 bytes`, `1.4 MB`. */
export function sizeOf(bytes: number): string {
  const step = Math.min(UNITS.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(bytes, 1)) / 3)));
  const amount = bytes / 1000 ** step;
  return `${step === 0 ? bytes : amount.toFixed(amount < 10 ? 1 : 0)} ${UNITS[step]}`;
}
