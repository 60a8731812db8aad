import { createHash } from "node:crypto";
import type { Logger } from "pino";
import type { Chart } from "../charts/chart.ts";
import { altText } from "../charts/rungs.ts";
import { keepNewest } from "../core/keep-newest.ts";
import { UsageError } from "../usage-error.ts";
import { limits } from "./limits.ts";
import type { OutgoingFile, OutgoingFiles } from "./outgoing-files.ts";
import { wordsOfName } from "./outside-names.ts";
import { truncate } from "./readable-text.ts";
import { within } from "./time-limit.ts";

/** Draws a chart as PNG; undefined where there is nothing to draw, and rejects where it cannot. */
export type DrawChart = (chart: Chart) => Promise<Uint8Array | undefined>;

/** A message waits for its picture no longer than this. */
const KEPT_WITHIN_MS = 15_000;
const MOST_REMEMBERED = 1_000;
const NOT_DRAWN = "The chart could not be drawn as a picture. The table says the same.";

/** Charts as pictures at Slack. */
export interface ChartPictures {
  /** Uploads a chart for a message to show, and returns its file; undefined when there is none in time. */
  keep(chart: Chart): Promise<string | undefined>;
  /** Whether the last chart that was sent to a person is this one. */
  wasSent(userId: string, chart: Chart): boolean;
  /**
   * Posts a chart into a person's direct messages.
   *
   * @throws UsageError when it cannot be drawn, or Slack does not take it or may not have.
   */
  send(userId: string, chart: Chart): Promise<void>;
}

export function createChartPictures({
  draw,
  files,
  log,
}: {
  readonly draw: DrawChart;
  readonly files: OutgoingFiles;
  readonly log: Pick<Logger, "error">;
}): ChartPictures {
  /** The last chart of each person, by what is in it. */
  const lastSent = new Map<string, string>();

  const remember = (userId: string, key: string) => keepNewest(lastSent, userId, key, MOST_REMEMBERED);

  async function drawn(chart: Chart): Promise<OutgoingFile | undefined> {
    try {
      return await pictureOf(chart, draw);
    } catch (err) {
      log.error({ err, chart: chart.kind }, "a chart could not be drawn");
      return undefined;
    }
  }

  async function upload(chart: Chart): Promise<string | undefined> {
    const picture = await drawn(chart);
    return picture && files.keep(picture);
  }

  return {
    keep: (chart) => within(KEPT_WITHIN_MS, upload(chart), undefined),
    wasSent: (userId, chart) => lastSent.get(userId) === keyOf(chart),
    async send(userId, chart) {
      const before = lastSent.get(userId);
      // Pressed twice in a row, it is on its way already.
      remember(userId, keyOf(chart));
      try {
        const picture = await drawn(chart);
        if (!picture) throw new UsageError(NOT_DRAWN);
        await files.send(userId, picture, chart.message);
      } catch (err) {
        if (before === undefined) lastSent.delete(userId);
        else remember(userId, before);
        throw err;
      }
    },
  };
}

async function pictureOf(chart: Chart, draw: DrawChart): Promise<OutgoingFile | undefined> {
  const bytes = await draw(chart);
  if (bytes === undefined) return undefined;
  return {
    name: `${wordsOfName(chart.title) || "chart"}.png`,
    bytes,
    altText: truncate(altText(chart), limits.fileAltText),
  };
}

function keyOf(chart: Chart): string {
  return createHash("sha256").update(JSON.stringify(chart)).digest("base64url");
}
