import { ApiError } from "./api-error.ts";
import type { JsonObject } from "./json.ts";

const MOST_AT_ONCE = 1000;

/** One page of a list. A cursor is the position to go on from, disguised as Slack's are. */
export function paged(
  wanted: { readonly cursor?: string | undefined; readonly limit?: number | undefined },
  name: string,
  items: readonly unknown[],
  usualLimit = MOST_AT_ONCE,
): JsonObject {
  const start = positionOf(wanted.cursor ?? "");
  const end = start + (wanted.limit || usualLimit);
  const next_cursor = end < items.length ? Buffer.from(`next:${end}`).toString("base64") : "";
  return { [name]: items.slice(start, end), response_metadata: { next_cursor } };
}

function positionOf(cursor: string): number {
  if (cursor === "") return 0;
  const position = /^next:(\d+)$/.exec(Buffer.from(cursor, "base64").toString())?.[1];
  if (position === undefined) throw new ApiError("invalid_cursor");
  return Number(position);
}
