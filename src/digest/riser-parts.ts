import { formatEstimate } from "../value/value-words.ts";
import type { DigestFacts } from "./digest-facts.ts";
import { nameSpan, type Part } from "./digest-parts.ts";

/** Prospects that are worth more than they were: each once, until it rises again. */
export function riserParts({ risers, snapshot, scope }: DigestFacts): readonly Part[] {
  const money = (amount: number) => formatEstimate({ amount, currency: snapshot.currency });
  return risers.map(({ accountId, account, weightedMinor, beforeMinor }) => ({
    name: "risers",
    line: [
      nameSpan(account),
      ` rises among prospects: weighted potential ${money(weightedMinor)}, ${money(beforeMinor)} before`,
    ],
    actions: [{ kind: "run", label: "Prospects", line: ["prospects", scope.filters].join(" ").trim() }],
    isNews: true,
    told: [`riser:${accountId}`],
  }));
}
