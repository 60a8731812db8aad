import type { Context, Reply } from "../command.ts";
import { accountLine } from "../find-account.ts";
import { UsageError } from "../usage-error.ts";
import { formatDay } from "../wording.ts";
import { kindNames } from "./kind-words.ts";

/** Takes back what somebody noted. */
export async function takeNoteBack(id: number, { store, decisions, now }: Context): Promise<Reply> {
  const noted = await store.interaction(id);
  if (!noted) throw new UsageError(`There is no entry ${id} among those that you may see.`);
  const isChanged = await decisions.takeBackInteraction(id, now);
  const { accountId, account, kind, onDay, note } = noted;
  const what = `${kindNames[kind]} with ${account} on ${formatDay(onDay)}`;
  return {
    headline: isChanged ? `Taken back: ${what}` : `Nothing changes: the ${what} was taken back already`,
    lines: note === "" ? [] : [["Note: ", note]],
    actions: [
      { kind: "run", label: "Timeline", line: accountLine("timeline", accountId) },
      { kind: "run", label: "Open account", line: accountLine("account", accountId) },
    ],
    notes: isChanged && kind === "complaint" ? ["What it alone kept out of offers is let in again."] : [],
    data: { accountId, account, interactionId: id, kind, onDay, changed: isChanged },
  };
}
