import type { Chart } from "./chart.ts";
import type { Pen } from "./pen.ts";
import { type DrawnNames, drawnNames } from "./plan.ts";
import { MARGIN } from "./style.ts";

/** Steps that fall on the same months of every year. */
const STEPS = [1, 2, 3, 4, 6, 12];
const GAP = 22;
const MOST_WIDTH = 250;

/** Where names stand along an axis of so many pixels: between its marks, as under bars, or from end to end. */
export interface LabelRoom {
  readonly width: number;
  readonly isBetween: boolean;
}

/** Every nth name, as many as fit without touching; the others are empty. */
export function evenLabels(chart: Chart, room: LabelRoom, pen: Pen): DrawnNames {
  const count = chart.categories.length;
  for (let index = 0; ; index += 1) {
    const step = STEPS[index] ?? 12 * (index - STEPS.length + 2);
    const places = Array.from({ length: Math.ceil(count / step) }, (_, nth) => nth * step);
    // More names than this never fit, and finding out would mean to measure them all.
    if (places.length > Math.max(1, room.width / (2 * GAP))) continue;
    const { names, replaced } = drawnNames(
      places.map((place) => chart.categories[place] ?? ""),
      places,
      chart.categoryTitle,
      pen,
    );
    const labels = pen.labels(names, MOST_WIDTH);
    const spans = labels.map((label, nth) => spanOf(pen.width(label), places[nth] ?? 0, count, room));
    const touch = spans.some(
      ({ left }, nth) => left < (spans[nth - 1]?.right ?? Number.NEGATIVE_INFINITY) + GAP,
    );
    if (touch && places.length > 1) continue;
    // For the very last one chart.js makes room.
    const inside = spans.map(
      ({ right }, nth) => places[nth] === count - 1 || nth === 0 || right <= room.width + MARGIN - 6,
    );
    const byPlace = new Map(places.map((place, nth) => [place, inside[nth] ? (labels[nth] ?? "") : ""]));
    return { names: chart.categories.map((_, place) => byPlace.get(place) ?? ""), replaced };
  }
}

function spanOf(label: number, place: number, count: number, { width, isBetween }: LabelRoom) {
  const share = isBetween || count === 1 ? (place + 0.5) / count : place / (count - 1);
  return { left: share * width - label / 2, right: share * width + label / 2 };
}
