import type { Column, Table } from "../command.ts";
import type { Range } from "../core/value/simulate-account.ts";
import type { Snapshot } from "../store/reads.ts";
import type { ValueBasis, ValuedAccount } from "../store/values.ts";
import { reasonsOf, wordAlive, wordValueReason } from "./value-reasons.ts";
import { formatEstimate, formatExpected, formatRange } from "./value-words.ts";

/** An account of a list by worth, and what it will be worth in four of five cases. */
export interface ShownWorth {
  readonly account: ValuedAccount;
  readonly range: Range;
}

/** Accounts by lifetime value: with their tiers, or with what is expected of each. */
export function worthTable(
  rows: readonly ShownWorth[],
  about: {
    readonly caption: string;
    readonly detail: "tier" | "expected";
    readonly basis: ValueBasis;
    readonly snapshot: Snapshot;
  },
): Table {
  const { caption, detail, basis, snapshot } = about;
  const { currency } = snapshot;
  const columns: readonly (Column & {
    readonly of: (row: ShownWorth) => { text: string; value?: number };
  })[] = [
    {
      title: "#",
      align: "right",
      of: ({ account: { rank } }) =>
        rank === undefined ? { text: "" } : { text: String(rank), value: rank },
    },
    { title: "Account", of: ({ account }) => ({ text: account.account }) },
    ...(detail === "tier"
      ? [{ title: "Tier", of: ({ account }: ShownWorth) => ({ text: flagged(account) }) }]
      : []),
    {
      title: "Lifetime value",
      align: "right",
      of: ({ account: { worthMinor } }) => ({
        text: formatEstimate({ amount: worthMinor, currency }),
        value: worthMinor,
      }),
    },
    { title: "Likely range", align: "right", of: ({ range }) => ({ text: formatRange(range, currency) }) },
    ...(detail === "expected" ? expectedColumns : []),
    {
      title: "Why",
      of: ({ account }) => {
        const [first] = reasonsOf(account, basis, snapshot);
        return { text: first ? wordValueReason(first, snapshot) : "" };
      },
    },
    ...(rows.some(({ account }) => account.owner !== undefined)
      ? [{ title: "Owner", of: ({ account }: ShownWorth) => ({ text: account.owner ?? "no owner" }) }]
      : []),
  ];
  return {
    caption,
    columns: columns.map(({ of: _, ...column }) => column),
    rows: rows.map((row) => columns.map((column) => column.of(row))),
  };
}

const expectedColumns = [
  {
    title: "Purchases a year",
    align: "right" as const,
    of: ({ account: { expected } }: ShownWorth) => ({ text: formatExpected(expected), value: expected }),
  },
  {
    title: "Still a customer",
    align: "right" as const,
    of: ({ account: { alive } }: ShownWorth) =>
      alive === undefined ? { text: "–" } : { text: wordAlive(alive), value: alive },
  },
];

/** The tier by worth, and the one by spend where that is another. */
function flagged({ tier, spendTier }: ValuedAccount): string {
  if (tier === undefined) return "";
  return tier === spendTier ? tier : `${tier}, ${spendTier} by spend`;
}
