import { type JudgedProduct, leastDeals } from "../core/products/judge-products.ts";

/** How a product stands to the others, in words: `easier, quicker`. */
export function wordVerdict({ rate, cycle, discount }: JudgedProduct): string {
  const said = [
    ...(rate?.verdict === "above" ? ["easier"] : []),
    ...(rate?.verdict === "below" ? ["harder"] : []),
    ...(cycle?.verdict === "below" ? ["quicker"] : []),
    ...(cycle?.verdict === "above" ? ["slower"] : []),
    ...(discount?.verdict === "below" ? ["less discount"] : []),
    ...(discount?.verdict === "above" ? ["more discount"] : []),
  ];
  if (said.length > 0) return said.join(", ");
  return (rate?.verdict ?? "too-early") === "too-early"
    ? `too early, below ${leastDeals} deals`
    : "no clear difference";
}
