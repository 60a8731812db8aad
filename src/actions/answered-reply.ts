import type { Action, Context, Reply, Table } from "../command.ts";
import { anotherRep, isManaging } from "../core/access.ts";
import { findAccount } from "../find-account.ts";
import { requireSnapshot } from "../list-accounts.ts";
import { type Paged, pageActions, pagePrefix, pagesFor, rowsToRead, rowsToShow } from "../paging.ts";
import type { OwnerFilter, Query } from "../query.ts";
import { resolveOwner } from "../resolve-filters.ts";
import type { ActionAnswer, AnswerSelection } from "../store/actions.ts";
import { UsageError } from "../usage-error.ts";
import { countOf, formatMoment } from "../wording.ts";
import { answerData } from "./action-data.ts";
import { actionLine } from "./action-lines.ts";
import { wordAnswer } from "./answer-words.ts";
import { kindNames } from "./kind-words.ts";
import type { TypedList } from "./typed-actions.ts";

/** How far back is looked where nobody says. */
const USUAL_DAYS = 30;
const DAY_MS = 86_400_000;

/** Who answered what lately, and why. */
export async function answeredReply(typed: TypedList, paged: Paged, context: Context): Promise<Reply> {
  const { query } = paged;
  const { store, access } = context;
  await requireSnapshot(context, query);
  const { selection, days, whose } = await selectAnswers(typed, query, context);
  const { rows, total } = await store.actionAnswers(selection, rowsToRead(paged));
  const pages = pagesFor("actions", query, total);
  const shown = rowsToShow(rows, paged);
  return {
    headline: `${total === 0 ? "No answers" : countOf(total, "answer")}${whose} in the last ${countOf(days, "day")}`,
    lines:
      total > 0 ? [] : [["Answers are given beneath each action: done, snooze, reassign or not relevant."]],
    ...(shown.length > 0 && { table: tableOf(shown, access.timeZone) }),
    actions: [
      ...pageActions("actions", query, pages),
      ...takeBack(shown),
      { kind: "run", label: "Open actions", line: "actions" },
    ],
    notes: [
      ...(access.anonymous ? ["Other people's names and what they wrote are left out."] : []),
      ...(pages > 1 ? [`${pagePrefix(query, pages)}The newest first.`] : []),
    ],
    data: { days, total, rows: rows.map(answerData) },
  };
}

/** One's own by default; managers are shown everybody's. */
async function selectAnswers(
  { isEverybodys, account, kinds }: TypedList,
  { filters }: Query,
  context: Context,
): Promise<{ readonly selection: AnswerSelection; readonly days: number; readonly whose: string }> {
  const { owner, sinceDays: days = USUAL_DAYS, ...others } = filters;
  if (kinds.length > 0 || Object.keys(others).length > 0)
    throw new UsageError(
      "What was answered can be narrowed to an account, a person and days: `actions answered [account] [mine|@name] [since 30d]`.",
      [{ label: "Answered lately", line: "actions answered" }],
    );
  const isAll = isEverybodys || account !== "" || isManaging(context.access.role);
  const [found, person] = await Promise.all([
    account === "" ? undefined : findAccount(account, "actions answered", context),
    owner === undefined && isAll ? undefined : answererOf(owner ?? { kind: "me" }, context),
  ]);
  return {
    selection: {
      since: new Date(context.now.getTime() - days * DAY_MS),
      ...(found && { accountId: found.id }),
      ...(person && { by: person.signature }),
    },
    days,
    whose: `${person ? ` ${person.whose}` : ""}${found ? ` for ${found.name}` : ""}`,
  };
}

/** Whose answers are meant; a colleague is known by the address that they answered with. */
async function answererOf(owner: OwnerFilter, context: Context) {
  const { access, store } = context;
  if (owner.kind === "me") return { signature: access.signature, whose: "of yours" };
  const { id, name, email } = await resolveOwner(owner, await store.reps(), context);
  if (email === undefined)
    throw new UsageError(
      `The imported data has no address of ${name}, so their answers cannot be told apart.`,
    );
  const isNamed = !access.anonymous || access.repIds.includes(id);
  return { signature: email, whose: `of ${isNamed ? name : anotherRep}` };
}

function tableOf(shown: readonly ActionAnswer[], timeZone: string): Table {
  const hasReason = shown.some(({ reason }) => reason !== undefined);
  return {
    caption: "Answers, the newest first",
    columns: [
      { title: "When" },
      { title: "Account" },
      { title: "Action" },
      { title: "Answer" },
      { title: "By" },
      ...(hasReason ? [{ title: "Because" }] : []),
    ],
    rows: shown.map((answer) => [
      { text: formatMoment(answer.at, timeZone) },
      { text: answer.account },
      { text: kindNames[answer.kind][0] },
      { text: `${wordAnswer(answer)}${answer.ended ? ", taken back" : ""}` },
      { text: answer.by },
      ...(hasReason ? [{ text: answer.reason ?? "" }] : []),
    ]),
  };
}

/** A menu of the answers that still hold. */
function takeBack(shown: readonly ActionAnswer[]): readonly Action[] {
  const choices = shown
    .filter(({ ended }) => ended === undefined)
    .map((answer) => ({
      label: `${answer.account}: ${kindNames[answer.kind][0]}, ${wordAnswer(answer)}`,
      line: actionLine("reopen", answer.actionId),
    }));
  return choices.length === 0 ? [] : [{ kind: "choose", label: "Take back", choices }];
}
