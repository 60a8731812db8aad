import type { Context, Reply } from "../command.ts";
import { methodLabel } from "../deals/chance-words.ts";
import { requireSnapshot } from "../list-accounts.ts";
import type { Query } from "../query.ts";
import type { PotentialBasis } from "../store/prospects.ts";
import { formatEstimate } from "../value/value-words.ts";
import { countOf, scopeNotes, stampOf } from "../wording.ts";
import { wordProspectChances, wordSignal } from "./potential-words.ts";
import { requirePotential } from "./require-potential.ts";

/** How potentials and chances come about. Figures over all accounts are for those who see all of them. */
export async function explainProspects(query: Query, context: Context): Promise<Reply> {
  const { access } = context;
  const snapshot = await requireSnapshot(context, query);
  const basis = await requirePotential("prospects", snapshot, query, context);
  const seesAll = access.owners === "all";
  const { usual: _, factor: __, spread: ___, ...common } = basis;
  return {
    headline: `Weighted potential: what customers like a prospect bring in a year, times its chance by the ${methodLabel(basis.chances, access)}`,
    lines: [
      [wordSignal(basis)],
      [
        `Margin is ${basis.margin / 10} % of what an account bought in the twelve months to ${snapshot.asOf}; customers that bought nothing in them are learned from no more.`,
      ],
      [
        "Customers are alike in the traits above, one after the other; sizes are cut into fifths. The logarithms of their margins are averaged in each cell and drawn to the cell around it, the more the fewer they are (empirical Bayes).",
      ],
      [
        "A prospect's potential is that average turned into money, so that all customers together come to what they brought. Its interval holds what four in five customers like it bring, each told by the others.",
      ],
      [
        "A customer's potential is what one in four customers like it exceeds, and at least what it brings now; the share of estimated potential is what it brings of that.",
      ],
      [
        "Traits count only where they tell customers that were not shown better than the mean of all does, by more than two standard errors.",
      ],
      [wordProspectChances(basis, access)],
    ],
    ...(seesAll && { facts: factsOf(basis, snapshot.currency) }),
    actions: [
      { kind: "run", label: "Prospects", line: "prospects" },
      { kind: "run", label: "Top by potential", line: "top by potential" },
    ],
    notes: [...scopeNotes(access), `Data as of ${snapshot.asOf} · snapshot ${snapshot.id}`],
    snapshot: stampOf(snapshot),
    data: seesAll
      ? basis
      : { margin: common.margin, signal: basis.judged.signal, chances: { kind: basis.chances.kind } },
  };
}

function factsOf(basis: PotentialBasis, currency: string): NonNullable<Reply["facts"]> {
  const { judged, customers, prospects, usual, factor, spread, tried } = basis;
  const times = (log: number) => `${Math.exp(log).toFixed(2)} times`;
  return [
    {
      label: "Learned from",
      value: `${countOf(customers, "customer")}, for ${countOf(prospects, "prospect")}`,
    },
    { label: "Traits tried", value: tried.join(", ") || "none" },
    {
      label: "Squared error in log margin",
      value: `smaller by ${judged.gain.toFixed(4)} ± ${judged.gainError.toFixed(4)} than by the mean of all, on ${countOf(judged.customers, "customer")}`,
    },
    {
      label: "Usual margin of a year",
      value: `${formatEstimate({ amount: Math.exp(usual), currency })}; the mean is ${factor.toFixed(2)} times what is usual`,
    },
    {
      label: "Around what is usual",
      value: `four in five between ${times(spread.low)} and ${times(spread.high)}, one in four above ${times(spread.upper)}`,
    },
  ];
}
