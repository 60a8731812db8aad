import type { Action, Context, Line } from "../command.ts";
import { formatMoney } from "../core/money.ts";
import type { PortfolioTotals } from "../core/standings.ts";
import { wordCounts, wordMove } from "../move-words.ts";
import type { Moves, Selection, Snapshot } from "../store/reads.ts";
import { comparedDays, countOf, formatShare, wordDays } from "../wording.ts";
import type { HomeSection } from "./home.ts";

/** Moves that are told one by one. */
const FIRST_MOVES = 3;

/** A rep's own accounts by tier and what moved lately; for those who are no rep, all that they see. */
export async function accountsSection(snapshot: Snapshot, context: Context): Promise<HomeSection> {
  const { store, access } = context;
  const isOwn = access.repIds.length > 0;
  const selection: Selection = isOwn ? { ownerIds: access.repIds } : {};
  const [totals, moves] = await Promise.all([
    isOwn ? store.concentration(snapshot, selection) : store.totals(snapshot),
    store.moves(snapshot, { kind: "own" }, selection, { offset: 0, limit: FIRST_MOVES }),
  ]);
  const title = isOwn ? "My accounts" : "Accounts";
  if (totals.accounts === 0) return { title, lines: [[nothing(context)]] };
  return {
    title,
    lines: [
      ...(isOwn ? [] : [[`All that you see, since ${noSuchRep(context.viewer)}.`]]),
      ...tierLines(totals, snapshot),
      ...moveLines(moves, snapshot),
    ],
    actions: isOwn
      ? [run("My accounts", "top mine"), run("What moved", "moved mine")]
      : [run("Top A", "top A"), run("What moved", "moved"), run("Concentration", "mix")],
  };
}

function nothing({ viewer, access }: Context): string {
  if (access.repIds.length > 0)
    return "No account of yours has bought anything yet. Whoever keeps the CRM makes you the owner of accounts.";
  return access.owners === "all"
    ? "No account has bought anything yet."
    : `You see no accounts, since ${noSuchRep(viewer)}. Ask an admin to add your address to your rep record.`;
}

function noSuchRep({ email }: Context["viewer"]): string {
  return `no rep in the imported data has ${email === undefined ? "your e-mail address" : `the address ${email}`}`;
}

/** "A  12 accounts · €3,200,000 · 61.0 %", a line for each tier that there is. */
function tierLines({ tiers }: PortfolioTotals, { currency }: Snapshot): readonly Line[] {
  return tiers
    .filter(({ accounts }) => accounts > 0)
    .map(({ tier, accounts, value, share }) => [
      { text: tier, style: "bold" },
      `  ${countOf(accounts, "account")} · ${formatMoney({ amount: value, currency })} · ${formatShare(share)} of spend`,
    ]);
}

function moveLines({ counts, rows }: Moves, snapshot: Snapshot): readonly Line[] {
  const period = wordDays(comparedDays(snapshot));
  const moved = wordCounts(counts);
  if (moved === "") return [[`Nothing moved ${period}.`]];
  return [
    [`Moved ${period}: ${moved}.`],
    ...rows.map(
      ({ account, previousTier, tier, reason }): Line => [
        "• ",
        { text: account, style: "bold" },
        `, ${previousTier ?? "new"} → ${tier ?? "gone"}: ${wordMove(reason, snapshot)}`,
      ],
    ),
  ];
}

function run(label: string, line: string): Action {
  return { kind: "run", label, line };
}
