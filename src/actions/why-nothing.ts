import type { Action, Context, Line, Reply } from "../command.ts";
import type { OpenActions } from "../store/actions.ts";
import type { Snapshot } from "../store/reads.ts";
import { countOf, formatDay } from "../wording.ts";
import { type Subject, wordSubject } from "./headline-words.ts";

type Nothing = Required<Pick<Reply, "headline" | "lines" | "actions">>;

/** Why a list is empty in one sentence, and what to do about it. */
export async function whyNothing(
  subject: Subject,
  open: OpenActions,
  snapshot: Snapshot,
  context: Context,
): Promise<Nothing> {
  const { store, access } = context;
  const none = wordSubject(subject, (_, many) => `No ${many}`);
  const because = (why: string, lines: readonly Line[] = [], actions: readonly Action[] = []): Nothing => ({
    headline: `${none}: ${why}`,
    lines,
    actions,
  });
  const waiting = wordWaiting(open);
  if (waiting !== undefined)
    return because(waiting, [["What waits comes back by itself when its time is over."]]);
  if (subject.isOwn && access.repIds.length === 0)
    return because("no rep in the imported data has your address, and nobody gave you any", [
      ["Ask an admin to add your address to your rep record, or a colleague to reassign an action to you."],
    ]);
  if (subject.isOwn && !(await ownsCustomers(snapshot, context)))
    return because("you own no customers", [
      [
        "Whoever keeps the CRM can make you the owner of accounts; until then a colleague can reassign actions to you.",
      ],
    ]);
  if ((await store.proposalBasis(snapshot)) === undefined)
    return because("the newest data is still being worked through", [["Ask again in a few minutes."]]);
  const isNarrowed = subject.kinds.length > 0 || subject.spoken.some((filter) => filter !== "mine");
  return isNarrowed
    ? because("nothing of that is proposed", [], [{ kind: "run", label: "All actions", line: "actions" }])
    : because(`nothing is proposed from the data as of ${formatDay(snapshot.asOf)}`, [
        [
          "Proposals follow from purchases, renewals, complaints, surveys and offers; new data may bring some.",
        ],
      ]);
}

/** What there is, and waits; undefined where there is nothing. */
function wordWaiting({ heldBack: { byAnswer, byCoolDown, byAccount } }: OpenActions): string | undefined {
  if (byAnswer > 0 && byCoolDown + byAccount === 0)
    return byAnswer === 1
      ? "the one that was proposed is answered"
      : `all ${byAnswer} that were proposed are answered`;
  const waiting = byCoolDown + byAccount;
  if (waiting === 0) return undefined;
  const answered = byAnswer === 0 ? "" : ` and ${byAnswer} ${byAnswer === 1 ? "is" : "are"} answered`;
  return `${countOf(waiting, "waits", "wait")} until something else about ${waiting === 1 ? "its account" : "their accounts"} has had time to work${answered}`;
}

async function ownsCustomers(snapshot: Snapshot, { store, access }: Context): Promise<boolean> {
  const { accounts } = await store.standings(snapshot, { ownerIds: access.repIds }, { offset: 0, limit: 1 });
  return accounts > 0;
}
