import type { Context, Reply } from "../command.ts";
import { takes } from "../core/coverage/plan.ts";
import { coverageTasks, raci } from "../core/coverage/raci.ts";
import { formatMoney } from "../core/money.ts";
import { accountLine, findAccount } from "../find-account.ts";
import type { Snapshot } from "../store/reads.ts";
import { UsageError } from "../usage-error.ts";
import { countOf, formatCount, stampOf } from "../wording.ts";
import { asOfNote } from "./coverage-asked.ts";
import { coverageBasis } from "./coverage-basis.ts";
import { roleNames, taskNames, wordDuties, wordTier } from "./coverage-words.ts";
import { servedData } from "./gaps-reply.ts";

/** How one account should be served, how it is, and who is missing on it. */
export async function servedAccountReply(name: string, snapshot: Snapshot, context: Context): Promise<Reply> {
  const { id } = await findAccount(name, "coverage", context);
  const { basis, roles } = await coverageBasis(snapshot, context);
  const found = await context.store.servedAccount(snapshot, id, basis, roles);
  if (!found) throw new UsageError("This account is gone. Search it by name.");
  const { missing, ...served } = found;
  const { currency } = snapshot;
  const money = (amount: number) => formatMoney({ amount, currency });
  const own = takes(basis.terms, served.level);
  const duties = raci[served.tier ?? "prospect"];
  return {
    headline: `${served.account}: ${served.level} coverage is recommended, ${served.actual === undefined ? "how it is served is not known" : served.actual === served.level ? "and it has it" : `it has ${served.actual}`}`,
    facts: [
      { label: "Tier", value: wordTier(served) },
      { label: "Owner", value: served.owner ?? "nobody" },
      { label: "At stake", value: `${money(served.stake)} margin a year` },
      { label: "Margin now", value: money(served.margin) },
      { label: "Estimated potential", value: money(served.potential) },
      { label: "Recommended", value: `${countOf(own.hours, "hour")} a year, ${money(own.cost)}` },
      {
        label: "Noted",
        value:
          served.hours === undefined
            ? "no hours in twelve months"
            : `${formatCount(Number(served.hours.toFixed(1)))} hours in twelve months`,
      },
      {
        label: "Missing",
        value: missing.length === 0 ? "nobody" : missing.map((role) => roleNames[role]).join(", "),
      },
    ],
    table: {
      caption: "R does it, A answers for it, C is asked before, I is told after",
      columns: [{ title: "Task" }, { title: "Who" }],
      rows: coverageTasks
        .filter((task) => duties[task] !== undefined)
        .map((task) => [{ text: taskNames[task] }, { text: wordDuties(duties[task]) }]),
    },
    actions: [
      { kind: "run", label: "Account", line: accountLine("account", id) },
      { kind: "run", label: "All gaps", line: "coverage gaps" },
    ],
    notes: [asOfNote(snapshot)],
    snapshot: stampOf(snapshot),
    data: { asOf: snapshot.asOf, ...servedData(served, snapshot), missing },
  };
}
