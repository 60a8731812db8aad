import { v5 as uuidFromName } from "uuid";
import type { ProposedAction } from "./action.ts";

const actionNamespace = "4a2f74a0-c22a-4ee6-b15a-cd087e38f4a8";

/** The same proposal has the same id in every snapshot and every store: answers are kept by it. */
export function actionId({
  kind,
  accountId,
  subject,
}: Pick<ProposedAction, "kind" | "accountId" | "subject">): string {
  return uuidFromName(JSON.stringify([kind, accountId, subject]), actionNamespace);
}
