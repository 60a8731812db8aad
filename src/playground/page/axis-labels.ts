/** Longer labels are cut, so that the plot keeps its place; the whole label is in their title. */
const LONGEST_PIXELS = 124;
const LINE_PIXELS = 14;

export interface AxisLabels {
  /** 0 lies flat, -45 slants, -90 stands. */
  readonly angle: 0 | -45 | -90;
  readonly texts: readonly string[];
  /** How much room they need below the axis, in pixels. */
  readonly height: number;
}

/** Lays category labels out so that none runs into its neighbour or off the left edge: flat, else slanted, else upright. */
export function layOutLabels(
  categories: readonly string[],
  { step, left, widthOf }: { readonly step: number; readonly left: number; widthOf(text: string): number },
): AxisLabels {
  const texts = categories.map((category) => cut(category, widthOf));
  const widest = Math.max(0, ...texts.map(widthOf));
  if (widest <= step - 6) return { angle: 0, texts, height: LINE_PIXELS };
  const slanted = widest * Math.SQRT1_2;
  const isRoomToSlant = step * Math.SQRT1_2 >= LINE_PIXELS && left + step / 2 >= slanted;
  return isRoomToSlant
    ? { angle: -45, texts, height: Math.ceil(slanted) + LINE_PIXELS }
    : { angle: -90, texts, height: Math.ceil(widest) + 6 };
}

function cut(text: string, widthOf: (text: string) => number): string {
  if (widthOf(text) <= LONGEST_PIXELS) return text;
  const signs = [...text];
  while (signs.length > 1 && widthOf(`${signs.join("")}…`) > LONGEST_PIXELS) signs.pop();
  return `${signs.join("")}…`;
}

let context: CanvasRenderingContext2D | null | undefined;

/** How wide a chart's text is drawn, in pixels. */
export function chartTextWidth(text: string): number {
  context ??= document.createElement("canvas").getContext("2d");
  if (!context) return text.length * 7;
  context.font = `11px ${getComputedStyle(document.body).fontFamily}`;
  return context.measureText(text).width;
}
