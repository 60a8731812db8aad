import type { Context, Reply } from "../command.ts";
import { type FoundTrait, findTraits } from "../core/offers/traits.ts";
import { type Tier, tiers } from "../core/tiers.ts";
import { requireSnapshot } from "../list-accounts.ts";
import { type Paged, pageActions, pagePrefix, pagesFor, rowsToShow } from "../paging.ts";
import { formatQuery } from "../query.ts";
import { formatShare, scopeNotes, stampOf } from "../wording.ts";
import { profileAdvice, profileHeadline, profileMethod, wordLiftOf, wordTrait } from "./trait-words.ts";

/** Traits that are worth a look; those that chance explains come last. */
const MOST = 50;

/** What the accounts of a tier have in common that others have not. */
export async function profileReply(tier: Tier, paged: Paged, context: Context): Promise<Reply> {
  const { query } = paged;
  const snapshot = await requireSnapshot(context, query);
  const counts = await context.store.traits(snapshot, tier);
  const found = findTraits(counts, MOST);
  const pages = pagesFor("profile", query, found.traits.length);
  const shown = rowsToShow(found.traits, { query, rows: "all" });
  const { insideAccounts, outsideAccounts } = counts;
  const wanted = paged.rows === "all" ? found.traits : shown;
  return {
    headline: profileHeadline(tier, counts, found),
    lines: insideAccounts > 0 && outsideAccounts > 0 ? [[profileAdvice(tier, found)]] : [],
    ...(shown.length > 0 && {
      table: {
        caption: `What ${tier} accounts have more often than others`,
        columns: [
          { title: "Trait" },
          { title: tier, align: "right" as const },
          { title: "Others", align: "right" as const },
          { title: "Times", align: "right" as const },
          { title: "By chance?" },
        ],
        rows: shown.map((trait) => cellsOf(trait, insideAccounts, outsideAccounts)),
      },
    }),
    actions: [
      ...pageActions("profile", query, pages, snapshot.id),
      { kind: "run", label: `Top ${tier}`, line: `top ${tier}` },
      ...tiers
        .filter((other) => other !== tier && other !== "D")
        .map((other) => ({ kind: "run" as const, label: `Profile ${other}`, line: `profile ${other}` })),
      { kind: "share", label: "Share", line: formatQuery("profile", { ...query, snapshot: snapshot.id }) },
    ],
    notes: [
      profileMethod(found),
      ...scopeNotes(context.access),
      `${pagePrefix(query, pages)}Data as of ${snapshot.asOf} · snapshot ${snapshot.id}`,
    ],
    snapshot: stampOf(snapshot),
    data: {
      tier,
      accounts: insideAccounts,
      others: outsideAccounts,
      tested: found.tested,
      rows: wanted.map(({ lift, ...trait }) => ({ ...trait, lift: lift ?? null })),
    },
  };
}

function cellsOf(trait: FoundTrait, insideAccounts: number, outsideAccounts: number) {
  return [
    { text: wordTrait(trait) },
    {
      text: `${formatShare(trait.shareInside)} (${trait.inside} of ${insideAccounts})`,
      value: trait.shareInside,
    },
    {
      text: `${formatShare(trait.shareOutside)} (${trait.outside} of ${outsideAccounts})`,
      value: trait.shareOutside,
    },
    { text: wordLiftOf(trait), ...(trait.lift === undefined ? {} : { value: trait.lift }) },
    { text: trait.isSignificant ? "no" : "can be" },
  ];
}
