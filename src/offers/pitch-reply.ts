import type { Context, Reply } from "../command.ts";
import type { Day } from "../core/calendar.ts";
import type { WaveName } from "../core/offers/offer.ts";
import { leastOfEach } from "../core/win/chance-method.ts";
import { methodLabel, wordChances } from "../deals/chance-words.ts";
import { type Paged, pagePrefix, pagesFor, rowsToShow } from "../paging.ts";
import type { Query } from "../query.ts";
import type { Snapshot } from "../store/reads.ts";
import { scopeNotes, stampOf } from "../wording.ts";
import { nobodyToPitch } from "./nobody-to-pitch.ts";
import { pitchActions } from "./pitch-actions.ts";
import { pitchData } from "./pitch-data.ts";
import { pitchHeadline, pitchLines } from "./pitch-lines.ts";
import type { PitchRow } from "./pitch-rows.ts";
import { pitchTable } from "./pitch-table.ts";
import { type PitchView, type ViewedWave, waveToShow } from "./pitch-view.ts";

/** An offer's wave as people read it, and the whole offer as data. */
export function pitchReply(
  view: PitchView,
  about: {
    readonly paged: Paged;
    readonly asked: WaveName | undefined;
    /** The one that a plan is from; undefined where an offer's own is no longer kept. */
    readonly snapshot: Snapshot | undefined;
    readonly today: Day;
    readonly notes: readonly string[];
    readonly access: Context["access"];
  },
): Reply {
  const { paged, today, snapshot } = about;
  const wave = waveToShow(view, about.asked);
  const query = lineOf(view, wave, paged.query);
  const pages = pagesFor("pitch", query, wave?.rows.length ?? 0);
  const pageOf = (rows: readonly PitchRow[]) => rowsToShow(rows, { query, rows: "all" });
  const shown = pageOf(wave?.rows ?? []);
  const wanted = (each: ViewedWave) => (paged.rows === "all" ? each.rows : each === wave ? shown : []);
  return {
    headline: wave ? pitchHeadline(view, wave) : nobodyToPitch(view),
    lines: wave ? pitchLines(view, wave, today) : [],
    ...(wave && shown.length > 0 && { table: pitchTable(wave, shown, view, today) }),
    actions: wave ? pitchActions(view, wave, { query, pages, shown, snapshot }) : [],
    notes: [
      ...about.notes,
      ...scopeNotes(about.access),
      wordMethod(view, about.access),
      `${pagePrefix(query, pages)}${snapshot ? `Data as of ${snapshot.asOf} · ` : ""}snapshot ${view.snapshotId}`,
    ],
    ...(snapshot && { snapshot: stampOf(snapshot) }),
    data: pitchData(view, { today, access: about.access, wanted }),
  };
}

function wordMethod({ chances }: PitchView, access: Context["access"]): string {
  if (chances.kind === "scorecard")
    return `Method: ${methodLabel(chances, access)}, until ${leastOfEach} deals were won and ${leastOfEach} lost. Chances are judgements, not measured yet.`;
  return `${wordChances(chances, access, "the order is by value alone")} They are those of a deal with the account, once there is one.`;
}

/** A started offer is asked for by its name alone; a plan by all that was typed. */
function lineOf(view: PitchView, wave: ViewedWave | undefined, query: Query): Query {
  if (view.offer === undefined) return query;
  return { words: [view.name, ...(wave ? ["wave", wave.wave] : [])], filters: {}, page: query.page };
}
