import type { Chart } from "./chart.ts";
import type { Plan } from "./plan.ts";
import { seriesColour } from "./style.ts";

const THICKEST = 80;

/** A group of bars for each category, a colour for each series. */
export function barData({ categories, series }: Chart): Plan["data"] {
  return {
    labels: [...categories],
    datasets: series.map(({ values }, index) => ({
      data: categories.map((_, place) => finite(values[place])),
      backgroundColor: seriesColour(index),
      maxBarThickness: THICKEST,
      categoryPercentage: 0.82,
      barPercentage: 0.92,
    })),
  };
}

/** From the lowest value to the highest, with room for a text beyond each end that is so large a part of the whole. */
export function valueRange(values: readonly number[], room: number) {
  const known = values.filter(Number.isFinite);
  const [low, high] = [Math.min(0, ...known), Math.max(0, ...known)];
  const ends = (low < 0 ? 1 : 0) + (high > 0 ? 1 : 0);
  const margin = ((high - low || 1) / (1 - Math.min(0.4, room) * ends)) * Math.min(0.4, room);
  return { min: low < 0 ? low - margin : 0, max: high > 0 || low === 0 ? high + margin : 0 };
}

function finite(value: number | undefined): number | null {
  return value !== undefined && Number.isFinite(value) ? value : null;
}
