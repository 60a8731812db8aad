import type { Person } from "../desk.ts";
import type { Viewer } from "../store/viewer.ts";
import { UsageError } from "../usage-error.ts";
import type { FindPerson } from "./people.ts";

/**
 * Who asks, as the desk wants to know it.
 *
 * @throws UsageError when Slack does not say: a stranger must not pass for anybody, nor a member for a stranger.
 */
export async function viewerOf(
  { workspaceId, findPerson }: { readonly workspaceId: string; readonly findPerson: FindPerson },
  userId: string,
): Promise<Viewer> {
  const person = await findPerson(userId);
  if (!person) throw new UsageError("Slack did not say who you are. Please try again in a moment.");
  return viewerFrom(workspaceId, userId, person);
}

/** A person of a workspace; never by the display name: everybody chooses their own, so it proves nothing about who they are. */
export function viewerFrom(
  workspaceId: string,
  userId: string,
  { email, standing }: Pick<Person, "email" | "standing">,
): Viewer {
  return { workspaceId, userId, ...(email !== undefined && { email }), ...(standing && { standing }) };
}
