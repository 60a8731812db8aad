import { createHash } from "node:crypto";

/** Statements a connection keeps ready. Filters combine into more; the rest are planned each time that they are asked. */
const MOST_NAMED = 200;

/**
 * Names for the statements that answers consist of, so that a server plans them once on each connection and not for
 * every request: planning takes longer than answering. What writes is left out: it is rare, and its plan should fit the data.
 */
export function createStatementNames(): (query: { readonly sql: string }) => string {
  const names = new Map<string, string>();
  return ({ sql }) => {
    const known = names.get(sql);
    if (known !== undefined) return known;
    const isRead = /^\s*(?:SELECT|WITH)\b/.test(sql) && !/\b(?:INSERT|UPDATE|DELETE)\b/.test(sql);
    if (!isRead || names.size >= MOST_NAMED) return "";
    const name = createHash("sha256").update(sql).digest("hex").slice(0, 32);
    names.set(sql, name);
    return name;
  };
}
