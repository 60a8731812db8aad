import type { Action } from "./command.ts";
import { chooseAccount, type ListedName } from "./find-account.ts";
import { formatQuery, type Query } from "./query.ts";
import type { PageOf } from "./store/page-of.ts";
import { UsageError } from "./usage-error.ts";

/** Rows of a list that are shown at once, where it does not say otherwise. */
const PAGE = 10;

/** A query, and whether every row of its list is wanted or one page of it. */
export interface Paged {
  readonly query: Query;
  readonly rows: "page" | "all";
}

/** Which rows to read. */
export function rowsToRead({ query, rows }: Paged, ofPage = PAGE): PageOf {
  return rows === "all" ? { offset: 0 } : { offset: (query.page - 1) * ofPage, limit: ofPage };
}

/** Of the rows that were read, those of the page. */
export function rowsToShow<Row>(read: readonly Row[], { query, rows }: Paged, ofPage = PAGE): readonly Row[] {
  const start = rows === "all" ? (query.page - 1) * ofPage : 0;
  return read.slice(start, start + ofPage);
}

/**
 * How many pages so many rows have.
 *
 * @throws UsageError for a page beyond the last.
 */
export function pagesFor(command: string, query: Query, rows: number, ofPage = PAGE): number {
  const pages = Math.max(1, Math.ceil(rows / ofPage));
  if (query.page <= pages) return pages;
  throw new UsageError(`There ${pages === 1 ? "is only one page" : `are only ${pages} pages`}.`, [
    { label: `Page ${pages}`, line: formatQuery(command, { ...query, page: pages }) },
  ]);
}

/** The buttons to the pages around; with a snapshot, all pages are from that one. */
export function pageActions(
  command: string,
  query: Query,
  pages: number,
  snapshot?: number,
): readonly Action[] {
  const turn = (label: string, page: number): readonly Action[] => {
    const line = formatQuery(command, { ...query, page, ...(snapshot === undefined ? {} : { snapshot }) });
    return page < 1 || page > pages ? [] : [{ kind: "run", label, line }];
  };
  return [...turn("Previous", query.page - 1), ...turn("Next", query.page + 1)];
}

/** What can be done with a page of accounts: turn it, open one, filter and share. */
export function accountListActions(
  command: string,
  query: Query,
  pages: number,
  { snapshot, shown }: { readonly snapshot: number; readonly shown: readonly ListedName[] },
): readonly Action[] {
  // What is shared is what was seen, also when newer data has come in meanwhile.
  const asked = formatQuery(command, { ...query, snapshot });
  return [
    ...pageActions(command, query, pages, snapshot),
    ...chooseAccount("Open an account", "account", shown),
    { kind: "filter", label: "Filter", line: formatQuery(command, { ...query, page: 1 }) },
    ...(shown.length > 0 ? [{ kind: "share" as const, label: "Share", line: asked }] : []),
  ];
}

/** "Page 2 of 5 · "; nothing where there is one page only. */
export function pagePrefix({ page }: Query, pages: number): string {
  return pages > 1 ? `Page ${page} of ${pages} · ` : "";
}
