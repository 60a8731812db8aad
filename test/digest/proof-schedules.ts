/** Every other schedule goes to a channel, the others to people. */
export function targetOf(index: number): string {
  return `${index % 2 === 0 ? "C" : "U"}0PROOF${String(index).padStart(4, "0")}`;
}

/** Some have nothing to say. */
export function isSilent(target: string): boolean {
  return Number(target.slice(-4)) % 20 === 7;
}
