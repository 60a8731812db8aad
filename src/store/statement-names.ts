import { createHash } from "node:crypto";
import { Prisma } from "./generated/client.ts";

/** Statements a connection keeps ready. Filters combine into more; the rest are planned each time that they are asked. */
const MOST_NAMED = 200;

/** Says of a statement that writes that it comes with every request. */
export const ofEveryRequest = Prisma.raw("/* of every request */");

/**
 * Names for the statements that answers consist of, so that a server plans them once on each connection and not for
 * every request: planning takes longer than answering. Other writes are left out: they are rare, and their plan should fit
 * the data.
 */
export function createStatementNames(): (query: { readonly sql: string }) => string {
  const names = new Map<string, string>();
  return ({ sql }) => {
    const known = names.get(sql);
    if (known !== undefined) return known;
    const isRead = /^\s*(?:SELECT|WITH)\b/.test(sql) && !/\b(?:INSERT|UPDATE|DELETE)\b/.test(sql);
    if (!(isRead || sql.includes(ofEveryRequest.sql)) || names.size >= MOST_NAMED) return "";
    const name = createHash("sha256").update(sql).digest("hex").slice(0, 32);
    names.set(sql, name);
    return name;
  };
}
