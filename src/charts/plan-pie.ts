import { shortValue } from "./amounts.ts";
import { largestCategories, sumOf, sumOtherCategories } from "./categories.ts";
import { drawSwatch, PLOT_WIDTH, writeText } from "./frame.ts";
import { drawnNames, type Planner, replacedNote } from "./plan.ts";
import { colours, HEIGHT, MARGIN, seriesColour, WIDTH } from "./style.ts";

const MOST_SLICES = 6;
const LIST_GAP = 32;
const NAME_LEFT = 32;

/** Slices from twelve o'clock on, and beside them a list with names, values and shares. */
export const planPie: Planner = (chart, area, pen) => {
  const places = largestCategories(
    chart,
    chart.categories.length > MOST_SLICES ? MOST_SLICES - 1 : MOST_SLICES,
  );
  const shown = sumOtherCategories(chart, places);
  const values = shown.series[0]?.values ?? [];
  const total = sumOf(values);
  const { names, replaced } = drawnNames(shown.categories, places, chart.categoryTitle, pen);
  const colour = (index: number) => (index < places.length ? seriesColour(index) : colours.muted);

  const size = Math.min(area.bottom - area.top, 300);
  const listLeft = MARGIN + size + LIST_GAP;
  const shares = values.map((value) => `${((value / total) * 100).toFixed(value / total < 0.1 ? 1 : 0)} %`);
  const amounts = chart.unit.kind === "share" ? [] : values.map((value) => shortValue(value, chart.unit));
  const shareWidth = Math.max(...shares.map((share) => pen.width(share)));
  const amountWidth = Math.max(0, ...amounts.map((amount) => pen.width(amount) + 20));
  const room = WIDTH - MARGIN - listLeft - NAME_LEFT - 16 - shareWidth;
  // Names that can be read are worth more than amounts beside their shares.
  const hasAmounts = names.every((name) => pen.width(name) <= room - amountWidth);
  const labels = pen.labels(names, hasAmounts ? room - amountWidth : room);
  const row = Math.min(44, (area.bottom - area.top) / labels.length);
  const top = (area.top + area.bottom - row * labels.length) / 2;

  return {
    type: "pie",
    data: {
      labels: [...labels],
      datasets: [
        {
          data: [...values],
          backgroundColor: values.map((_, index) => colour(index)),
          borderColor: colours.ground,
          borderWidth: values.length > 1 ? 3 : 0,
        },
      ],
    },
    options: { layout: { padding: padding(area, size) } },
    scales: {},
    plugins: [
      {
        id: "list",
        afterDatasetsDraw: ({ ctx }) => {
          for (const [index, text] of labels.entries()) {
            const y = top + (index + 0.5) * row;
            drawSwatch(ctx, listLeft, y, colour(index));
            writeText(ctx, pen, { text, x: listLeft + NAME_LEFT, y });
            writeText(ctx, pen, { text: shares[index] ?? "", x: WIDTH - MARGIN, y, align: "right" });
            writeText(ctx, pen, {
              text: (hasAmounts && amounts[index]) || "",
              x: WIDTH - MARGIN - shareWidth - 20,
              y,
              align: "right",
              colour: colours.muted,
            });
          }
        },
      },
    ],
    notes: replacedNote(replaced),
  };
};

function padding({ top, bottom }: { readonly top: number; readonly bottom: number }, size: number) {
  return { top, bottom: HEIGHT - bottom, left: MARGIN, right: PLOT_WIDTH + MARGIN - size };
}
