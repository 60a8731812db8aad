import type { Role } from "../core/settings.ts";
import type { Access } from "./access.ts";
import { Refused } from "./refused.ts";

/** The viewer's role does not reach; the message says whose does. */
export class NotAllowed extends Refused {
  override readonly name = "NotAllowed";
}

/** @throws NotAllowed unless the viewer has one of the roles. */
export function requireRole({ role }: Access, ...reaching: readonly Role[]): void {
  if (role !== undefined && reaching.includes(role)) return;
  const whose = reaching.length === 1 ? "Only an admin" : "Only managers and admins";
  throw new NotAllowed(`${whose} of Portfolio may do this.`);
}

/** @throws NotAllowed to guests and people of other companies. */
export function requireMember({ role }: Access): void {
  if (role === undefined) throw new NotAllowed("Only full members of this workspace may see this.");
}
