import type { Action } from "../command.ts";
import type { WaveName } from "../core/offers/offer.ts";
import { accountIn, chooseAccount } from "../find-account.ts";
import { pageActions } from "../paging.ts";
import { formatQuery, type Query } from "../query.ts";
import type { Snapshot } from "../store/reads.ts";
import { offerLine, pitchLine } from "./offer-lines.ts";
import { isClaimable, type PitchRow } from "./pitch-rows.ts";
import type { PitchView, ViewedWave } from "./pitch-view.ts";

/** What can be done with a page of a wave: turn it, claim and open accounts, go on to the next wave. */
export function pitchActions(
  view: PitchView,
  wave: ViewedWave,
  about: {
    readonly query: Query;
    readonly pages: number;
    readonly shown: readonly PitchRow[];
    readonly snapshot: Snapshot | undefined;
  },
): readonly Action[] {
  const { query, pages, shown, snapshot } = about;
  const pinned = view.offer === undefined && snapshot ? { ...query, snapshot: snapshot.id } : query;
  return [
    ...pageActions("pitch", query, pages, pinned.snapshot),
    ...(view.offer === undefined
      ? chooseAccount("Open an account", "account", shown)
      : memberActions(view, wave, view.offer, shown)),
    ...nextWave(view, wave, query),
    { kind: "run", label: "What A accounts have in common", line: "profile A" },
    ...(view.offer === undefined
      ? []
      : [{ kind: "run" as const, label: "How it goes", line: offerLine(view.offer) }]),
    ...(shown.length > 0
      ? [{ kind: "share" as const, label: "Share", line: formatQuery("pitch", pinned) }]
      : []),
  ];
}

function memberActions(
  { isClosed }: PitchView,
  { status }: ViewedWave,
  offer: NonNullable<PitchView["offer"]>,
  shown: readonly PitchRow[],
): readonly Action[] {
  const lines = (verb: string, rows: readonly PitchRow[]) =>
    rows.map(({ account, accountId }) => ({
      label: account,
      line: offerLine(offer, verb, accountIn(accountId)),
    }));
  const claimable = isClosed || status !== "open" ? [] : shown.filter(isClaimable);
  return [
    ...(claimable.length > 0
      ? [{ kind: "choose" as const, label: "Claim", choices: lines("claim", claimable) }]
      : []),
    ...(shown.length > 0
      ? [{ kind: "choose" as const, label: "Open", choices: lines("account", shown) }]
      : []),
  ];
}

function nextWave(view: PitchView, { wave }: ViewedWave, query: Query): readonly Action[] {
  const next = view.waves[view.waves.findIndex((other) => other.wave === wave) + 1];
  if (!next) return [];
  const line =
    view.offer === undefined
      ? formatQuery("pitch", { ...query, words: withWave(query.words, next.wave), page: 1 })
      : pitchLine(view, "wave", next.wave);
  return [{ kind: "run", label: `Wave ${next.wave}`, line }];
}

/** The words with another wave to show. */
function withWave(words: readonly string[], wave: WaveName): readonly string[] {
  const at = words.findIndex((word, index) => index > 0 && word.toLowerCase() === "wave");
  return [...(at < 0 ? words : [...words.slice(0, at), ...words.slice(at + 2)]), "wave", wave];
}
