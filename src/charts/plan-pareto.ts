import { evenLabels } from "./even-labels.ts";
import { PLOT_WIDTH } from "./frame.ts";
import { cumulativeShares } from "./pareto.ts";
import { lyingPareto, lyingRows } from "./pareto-lying.ts";
import type { ParetoShape } from "./pareto-parts.ts";
import { standingPareto } from "./pareto-standing.ts";
import { drawnNames, nameAxis, type Planner, replacedNote, valueAxisWidth } from "./plan.ts";
import { planBars } from "./plan-bars.ts";

/** The axis of shares. */
const SHARES_WIDTH = 100;
const GAP = 14;
/** More bars than this are a curve, in which no single one is looked for. */
const MOST_NAMED = 25;

/** Bars, and the line of what they make together, with a guide at 80 %. */
export const planPareto: Planner = (chart, area, pen) => {
  const { categories, categoryTitle } = chart;
  const cumulative = cumulativeShares(chart);
  if (!cumulative) {
    const plan = planBars({ ...chart, kind: "bar" }, area, pen);
    return { ...plan, notes: [...plan.notes, "No cumulative share: the total is not above zero."] };
  }
  const shape: ParetoShape = { chart, cumulative, area, pen };
  if (categories.length > MOST_NAMED) {
    const title = { display: true, text: `${categories.length} in all, largest first` };
    const axis = nameAxis([]);
    return standingPareto(shape, { ...axis, title, ticks: { ...axis.ticks, display: false } });
  }
  const width = PLOT_WIDTH - SHARES_WIDTH - valueAxisWidth(chart, pen);
  const places = categories.map((_, index) => index);
  const every = drawnNames(categories, places, categoryTitle, pen);
  const isFlat = every.names.every((name) => pen.width(name) + GAP <= width / categories.length);
  if (!isFlat && categories.length <= lyingRows(area)) return lyingPareto(shape);
  const { names, replaced } = isFlat ? every : evenLabels(chart, { width, isBetween: true }, pen);
  return { ...standingPareto(shape, nameAxis(names)), notes: replacedNote(replaced) };
};
