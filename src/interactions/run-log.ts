import type { Context, Reply } from "../command.ts";
import { dayIn } from "../core/calendar.ts";
import { findAccount } from "../find-account.ts";
import type { Paged } from "../paging.ts";
import { quoted } from "../query.ts";
import { UsageError } from "../usage-error.ts";
import { whereIs } from "./kind-words.ts";
import { readLog, type TypedLog } from "./log-words.ts";
import { closeAndTell, noteAndTell } from "./note-and-tell.ts";
import { showLog } from "./show-log.ts";
import { takeNoteBack } from "./take-note-back.ts";

type AboutAccount = Exclude<TypedLog, { kind: "back" }>;
interface Account {
  readonly id: string;
  readonly name: string;
}

/** Notes what happened with an account, takes a note back, or shows what was noted. */
export async function runLog(words: readonly string[], paged: Paged, context: Context): Promise<Reply> {
  const { readings, fault } = readLog(words, dayIn(context.now, context.access.timeZone));
  const [first, ...others] = readings;
  if (first?.kind === "back") return takeNoteBack(first.id, context);
  const about = [first, ...others].flatMap((reading) =>
    reading === undefined || reading.kind === "back" ? [] : [reading],
  );
  const { typed, account } = await chooseReading(about, fault, words, context);
  switch (typed.kind) {
    case "show":
      return showLog(account, paged, context);
    case "note":
      return noteAndTell(account, typed.draft, context);
    case "close":
      return closeAndTell(account, typed.draft, context);
  }
}

/**
 * The first reading whose account there is.
 *
 * @throws UsageError about the likeliest one where there is none.
 */
async function chooseReading(
  readings: readonly AboutAccount[],
  fault: UsageError | undefined,
  words: readonly string[],
  context: Context,
): Promise<{ readonly typed: AboutAccount; readonly account: Account }> {
  const [first, ...others] = readings;
  if (first === undefined) throw new UsageError("Say which account.");
  const found = await findAccount(first.account, "log", context).catch(usageErrorOnly);
  if (!(found instanceof UsageError)) return { typed: first, account: found };
  for (const typed of others) {
    const account = await findAccount(typed.account, "log", context).catch(usageErrorOnly);
    if (!(account instanceof UsageError)) return { typed, account };
  }
  const isNear = first.kind !== "show" && found.suggestions.length > 0;
  throw fault === undefined || isNear ? withRest(found, first, words) : fault;
}

function usageErrorOnly(error: unknown): UsageError {
  if (error instanceof UsageError) return error;
  throw error;
}

/** The near accounts with what was typed about the one that there is not, and where to enter what nobody logs. */
function withRest({ message, suggestions }: UsageError, { account }: AboutAccount, words: readonly string[]) {
  const at = words.findIndex((_, index) => words.slice(0, index).join(" ") === account);
  const rest = at < 0 ? [] : words.slice(at).map(quoted);
  const hint = words.slice(1).flatMap((word) => whereIs(word) ?? [])[0];
  return new UsageError(
    hint === undefined ? message : `${hint} ${message}`,
    suggestions.map(({ label, line }) => ({ label, line: [line, ...rest].join(" ") })),
  );
}
