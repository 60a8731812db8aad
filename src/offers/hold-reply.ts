import type { Action, Context, Line, Reply } from "../command.ts";
import { dayIn } from "../core/calendar.ts";
import { accountLine, findAccount } from "../find-account.ts";
import type { Hold } from "../store/offers.ts";
import { formatDay } from "../wording.ts";
import { holdsOn, wordHoldBy } from "./hold-notes.ts";
import { readHold, type TypedHold } from "./hold-words.ts";
import { wordHold } from "./pitch-reasons.ts";

interface Account {
  readonly id: string;
  readonly name: string;
}

/** Keeps an account out of offers, lets it in again, or shows what keeps it out. */
export async function runHold(words: readonly string[], context: Context): Promise<Reply> {
  const { timeZone } = context.access;
  const today = dayIn(context.now, timeZone);
  const typed = readHold(words, today);
  const account = await findAccount(typed.account, "hold", context);
  switch (typed.kind) {
    case "show":
      return show(account, { today, timeZone }, context);
    case "hold":
      return holdBack(account, typed, context);
    case "end":
      return end(account, typed, context);
  }
}

async function show(
  account: Account,
  { today, timeZone }: { readonly today: string; readonly timeZone: string },
  { store }: Context,
): Promise<Reply> {
  const holds = await store.holds(account.id);
  const inForce = holdsOn(today, holds);
  return {
    headline:
      inForce.length === 0
        ? `Nobody keeps ${account.name} out of offers`
        : `${account.name} is kept out of offers: ${inForce.map(({ kind }) => wordHold(kind)).join(", ")}`,
    lines: inForce.map((hold): Line => [wordHoldBy(hold, timeZone)]),
    actions: [
      ...inForce.map(({ kind }): Action => takeBack(account, kind)),
      { kind: "run", label: "Open account", line: accountLine("account", account.id) },
    ],
    notes: [
      "Complaints, overdue money and opt-outs that were imported keep an account out too; offers say so.",
    ],
    data: {
      accountId: account.id,
      account: account.name,
      rows: holds.map(({ kind, reason, until, by, at, ended }) => ({
        kind,
        reason,
        until: until ?? null,
        by,
        at: at.toISOString(),
        endedBy: ended?.by ?? null,
        endedAt: ended?.at.toISOString() ?? null,
      })),
    },
  };
}

async function holdBack(
  account: Account,
  { hold, until, reason }: Extract<TypedHold, { kind: "hold" }>,
  { decisions }: Context,
): Promise<Reply> {
  const isNew = await decisions.holdBack(account.id, {
    kind: hold,
    reason,
    ...(until === undefined ? {} : { until }),
  });
  const end = until === undefined ? "" : ` until ${formatDay(until)}`;
  return {
    headline: isNew
      ? `${account.name} is kept out of offers${end}: ${wordHold(hold)}`
      : `Nothing changes: ${account.name} is kept out for that already`,
    lines: [["Because: ", reason]],
    actions: [
      { kind: "run", label: "Open account", line: accountLine("account", account.id) },
      takeBack(account, hold),
    ],
    notes: isNew ? ["It shows with your name, and in every offer that is running."] : [],
    data: {
      accountId: account.id,
      account: account.name,
      kind: hold,
      until: until ?? null,
      reason,
      changed: isNew,
    },
  };
}

async function end(
  account: Account,
  { hold }: Extract<TypedHold, { kind: "end" }>,
  { decisions }: Context,
): Promise<Reply> {
  const isChanged = await decisions.endHold(account.id, hold);
  return {
    headline: isChanged
      ? `${account.name} is no longer kept out of offers for this: ${wordHold(hold)}`
      : `Nothing changes: nobody keeps ${account.name} out for this: ${wordHold(hold)}`,
    actions: [{ kind: "run", label: "Open account", line: accountLine("account", account.id) }],
    data: { accountId: account.id, account: account.name, kind: hold, changed: isChanged },
  };
}

function takeBack({ id }: Account, kind: Hold["kind"]): Action {
  return {
    kind: "run",
    label: `Take back: ${wordHold(kind)}`,
    line: `${accountLine("hold", id)} ${kind} none`,
    style: "danger",
  };
}
