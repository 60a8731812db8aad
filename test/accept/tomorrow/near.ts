/** Figures that were computed in another order differ in their last digits. */
const [digits, relative] = [9, 1e-6];

export function rounded(value: number | null | undefined): string {
  return value === null || value === undefined ? "none" : value.toPrecision(digits);
}

/** Whether two figures are the same but for rounding, of which amounts in minor units have half a unit each. */
export function isNear(one: number, other: number, rounding = 1e-9): boolean {
  return Math.abs(one - other) <= rounding + relative * Math.max(Math.abs(one), Math.abs(other));
}
