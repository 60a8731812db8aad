import type { Plugin } from "chart.js";
import { writeText } from "./frame.ts";
import type { FunnelPoint } from "./funnel.ts";
import type { Pen } from "./pen.ts";
import { colours, LINE_HEIGHT } from "./style.ts";

const BESIDE = 14;

export interface FunnelNames {
  readonly points: readonly FunnelPoint[];
  /** By the places of their categories. */
  readonly names: ReadonlyMap<number, string>;
  /** Those that are to be named, the most important first. */
  readonly named: readonly number[];
  /** The place of the points' data among all that is drawn. */
  readonly dataset: number;
}

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Writes names beside their points: to the right or the left, above or below, wherever nothing else stands. */
export function funnelNames({ points, names, named, dataset }: FunnelNames, pen: Pen): Plugin {
  return {
    id: "names",
    afterDatasetsDraw: (drawn) => {
      const marks = drawn.getDatasetMeta(dataset).data;
      const at = new Map(points.map(({ place }, index) => [place, marks[index]]));
      const taken: Box[] = marks.map(({ x, y }) => ({
        left: x - 8,
        right: x + 8,
        top: y - 8,
        bottom: y + 8,
      }));
      for (const place of named) {
        const mark = at.get(place);
        const text = names.get(place);
        if (mark === undefined || text === undefined || text === "") continue;
        const width = pen.width(text);
        const room = drawn.chartArea;
        const free = placesBeside(mark, width).find(
          (box) =>
            box.left >= room.left &&
            box.right <= room.right + 8 &&
            box.top >= room.top - LINE_HEIGHT / 2 &&
            box.bottom <= room.bottom &&
            taken.every((other) => !overlap(box, other)),
        );
        if (!free) continue;
        taken.push(free);
        writeText(drawn.ctx, pen, {
          ...{ text, x: free.left, y: (free.top + free.bottom) / 2 },
          outline: colours.ground,
        });
      }
    },
  };
}

/** Where a name may stand, the best first. */
function placesBeside({ x, y }: { readonly x: number; readonly y: number }, width: number): readonly Box[] {
  const box = (left: number, middle: number): Box => ({
    ...{ left, right: left + width },
    ...{ top: middle - LINE_HEIGHT / 2, bottom: middle + LINE_HEIGHT / 2 },
  });
  const [right, left, centred] = [x + BESIDE, x - BESIDE - width, x - width / 2];
  return [
    ...[0, -LINE_HEIGHT / 2, LINE_HEIGHT / 2].flatMap((step) => [box(right, y + step), box(left, y + step)]),
    ...[-1, 1].map((side) => box(centred, y + side * (LINE_HEIGHT / 2 + 10))),
  ];
}

function overlap(one: Box, other: Box): boolean {
  return one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
}
