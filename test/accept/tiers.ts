import { topAnswer } from "./answers.ts";
import type { Terminal } from "./stores.ts";

/** How many accounts are in A, up to B and up to C. */
export async function tiersUpTo(portfolio: Terminal): Promise<string> {
  let sum = 0;
  const counts: number[] = [];
  for (const tier of ["A", "B", "C"]) {
    sum += topAnswer.parse(await portfolio("ask", `top ${tier}`, "--json")).data.total.accounts;
    counts.push(sum);
  }
  return counts.join(", ");
}
