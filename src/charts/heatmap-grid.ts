import type { Plugin } from "chart.js";
import type { Chart } from "./chart.ts";
import { writeText } from "./frame.ts";
import { shadeOf, textOn } from "./heatmap-shades.ts";
import type { Pen } from "./pen.ts";
import { colours, LINE_HEIGHT, MARGIN } from "./style.ts";

/** Where the cells of a heatmap stand, in pixels. */
export interface Grid {
  readonly chart: Chart;
  readonly left: number;
  readonly top: number;
  /** Of one cell. */
  readonly width: number;
  readonly height: number;
  /** Names of rows and columns; an empty one is not written. */
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  readonly textOf: (value: number) => string;
}

/** Draws the cells, and the names of their rows and columns. */
export function heatmapGrid(grid: Grid, pen: Pen): Plugin {
  const { chart, left, top, width, height, rows, columns } = grid;
  const most = Math.max(0, ...finalValues(chart));
  return {
    id: "grid",
    afterDraw: ({ ctx }) => {
      for (const [row, text] of rows.entries())
        writeText(ctx, pen, { text, x: MARGIN, y: top + (row + 0.5) * height });
      for (const [column, text] of columns.entries())
        writeText(ctx, pen, {
          ...{ text, x: left + (column + 0.5) * width, y: top - LINE_HEIGHT / 2 },
          ...{ align: "center" as const, colour: colours.muted },
        });
      for (const [column, { values, unfinished = [] }] of chart.series.entries())
        for (const [row, value] of values.entries())
          if (Number.isFinite(value))
            drawCell(ctx, grid, pen, { row, column, value, most, isUnfinished: unfinished.includes(row) });
    },
  };
}

/** The values that have a shade. */
export function finalValues({ series }: Chart): readonly number[] {
  return series.flatMap(({ values, unfinished = [] }) =>
    values.filter((value, place) => Number.isFinite(value) && !unfinished.includes(place)),
  );
}

interface GridCell {
  readonly row: number;
  readonly column: number;
  readonly value: number;
  /** The largest value of all cells. */
  readonly most: number;
  readonly isUnfinished: boolean;
}

function drawCell(
  context: CanvasRenderingContext2D,
  { left, top, width, height, textOf }: Grid,
  pen: Pen,
  { row, column, value, most, isUnfinished }: GridCell,
): void {
  const [x, y] = [left + column * width, top + row * height];
  const gap = Math.min(width, height) > 16 ? 1.5 : 0.5;
  // What is not final has no shade to be compared by.
  const shade = isUnfinished ? colours.ground : shadeOf(value, most);
  context.fillStyle = shade;
  context.fillRect(x + gap, y + gap, width - 2 * gap, height - 2 * gap);
  if (isUnfinished) {
    context.strokeStyle = colours.muted;
    context.lineWidth = 1;
    context.strokeRect(x + gap + 0.5, y + gap + 0.5, width - 2 * gap - 1, height - 2 * gap - 1);
  }
  const place = { x: x + width / 2, y: y + height / 2, align: "center" as const };
  writeText(context, pen, { text: textOf(value), ...place, colour: textOn(shade) });
}
