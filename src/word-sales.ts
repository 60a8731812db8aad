import type { SaleCounts } from "./store/reads.ts";
import { countOf } from "./wording.ts";

/**
 * What an account's spend consists of, where it is not won deals alone: "from 12 invoices; 3 won deals are covered by
 * them". Undefined where only the CRM knows sales.
 */
export function wordSales({
  counted,
  covered,
}: {
  readonly counted: SaleCounts;
  readonly covered: SaleCounts;
}): string | undefined {
  if (counted.invoices + counted.payments === 0) return undefined;
  const stoodFor = parts(covered);
  const verb = covered.payments + covered.opportunities === 1 ? "is" : "are";
  return `from ${parts(counted)}${stoodFor === "" ? "" : `; ${stoodFor} ${verb} covered by them`}`;
}

function parts({ invoices, payments, opportunities }: SaleCounts): string {
  return [
    ...(invoices > 0 ? [countOf(invoices, "invoice")] : []),
    ...(payments > 0 ? [countOf(payments, "payment")] : []),
    ...(opportunities > 0 ? [countOf(opportunities, "won deal")] : []),
  ].join(" and ");
}
