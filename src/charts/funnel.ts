import type { Chart } from "./chart.ts";

/** A point of a funnel: what came as a share of what was expected, at what was expected. */
export interface FunnelPoint {
  /** The place of its category. */
  readonly place: number;
  readonly along: number;
  readonly share: number;
}

/** One end of a range: at every point what chance alone brings at most, or at least. */
export type FunnelLimit = readonly { readonly along: number; readonly share: number }[];

/** Points that can be drawn, from the left to the right. */
export function funnelPoints({ series: [result], along }: Chart): readonly FunnelPoint[] {
  const points = (along?.values ?? []).map((value, place) => ({
    ...{ place, along: value },
    share: result?.values[place] ?? Number.NaN,
  }));
  return points
    .filter((point) => Number.isFinite(point.share) && Number.isFinite(point.along) && point.along > 0)
    .sort((left, right) => left.along - right.along || left.place - right.place);
}

/**
 * A limit at places along the axis, so that it is a curve: where twice as much was expected chance brings the root of two less
 * of it. Between two of its points, and beyond the outermost, it runs so.
 */
export function limitCurve(
  known: FunnelLimit,
  places: readonly number[],
): readonly { readonly x: number; readonly y: number }[] {
  const reaches = known.map(({ along, share }) => {
    const root = Math.sqrt(along);
    return { root, reach: (share - 1) * root };
  });
  const last = reaches.length - 1;
  return places.flatMap((x) => {
    const root = Math.sqrt(x);
    const beyond = reaches.findIndex((each) => each.root >= root);
    const right = reaches[beyond < 0 ? last : beyond];
    const left = reaches[beyond < 0 ? last : Math.max(0, beyond - 1)];
    if (!left || !right) return [];
    const part = right.root === left.root ? 0 : (root - left.root) / (right.root - left.root);
    return [{ x, y: 1 + (left.reach + (right.reach - left.reach) * part) / root }];
  });
}
