import type { Pen, TextStyle } from "./pen.ts";
import { colours, HEIGHT, LINE_HEIGHT, MARGIN, seriesColour, TEXT_SIZE, TITLE_SIZE, WIDTH } from "./style.ts";

/** Everything around the plot, fitted to the picture. */
export interface Frame {
  readonly title: { readonly text: string; readonly style: TextStyle };
  readonly message: readonly string[];
  readonly legend: readonly LegendItem[];
  readonly notes: readonly string[];
  /** Where the plot stands, in pixels from the top. */
  readonly area: Area;
}

export interface Area {
  readonly top: number;
  readonly bottom: number;
}

interface LegendItem {
  readonly text: string;
  readonly left: number;
  readonly row: number;
}

/** What stands around the plot, in words. */
export interface FrameTexts {
  readonly title: string;
  readonly message: string;
  /** Names of series; one alone needs no legend. */
  readonly legend: readonly string[];
  readonly notes: readonly string[];
}

export const PLOT_WIDTH = WIDTH - 2 * MARGIN;
const TITLE_HEIGHT = 42;
const SWATCH = 20;
const SWATCH_GAP = 10;
const LEGEND_GAP = 28;
const TEXT: TextStyle = { size: TEXT_SIZE, weight: 400 };

/** Finds room for the words and says what is left for the plot. */
export function layOutFrame({ title, message, legend, notes }: FrameTexts, pen: Pen): Frame {
  const titleStyles = [TITLE_SIZE, TEXT_SIZE].map((size): TextStyle => ({ size, weight: 700 }));
  const style = titleStyles.find((each) => pen.width(title, each) <= PLOT_WIDTH) ?? {
    size: TEXT_SIZE,
    weight: 700,
  };
  const messageLines = pen.lines(message, PLOT_WIDTH, 2);
  const noteLines = pen.lines(notes.join(" "), PLOT_WIDTH, 2);
  const items = legend.length > 1 ? legendItems(legend, pen) : [];
  const legendRows = items.length === 0 ? 0 : (items.at(-1)?.row ?? 0) + 1;
  return {
    title: { text: pen.fit(title, PLOT_WIDTH, style), style },
    message: messageLines,
    legend: items,
    notes: noteLines,
    area: {
      top: MARGIN + TITLE_HEIGHT + (messageLines.length + legendRows) * LINE_HEIGHT + 20,
      bottom: HEIGHT - MARGIN + 6 - noteLines.length * LINE_HEIGHT,
    },
  };
}

/** Ground, border and all words but those of the plot. */
export function drawFrame(context: CanvasRenderingContext2D, frame: Frame, pen: Pen): void {
  context.save();
  context.fillStyle = colours.ground;
  context.fillRect(0, 0, WIDTH, HEIGHT);
  context.strokeStyle = colours.border;
  context.lineWidth = 2;
  context.strokeRect(1, 1, WIDTH - 2, HEIGHT - 2);
  const write = (text: string, left: number, top: number, style: TextStyle, colour: string) =>
    writeText(context, pen, { text, x: left, y: top + LINE_HEIGHT / 2, style, colour });

  write(frame.title.text, MARGIN, MARGIN, frame.title.style, colours.text);
  let top = MARGIN + TITLE_HEIGHT;
  for (const line of frame.message) {
    write(line, MARGIN, top, TEXT, colours.muted);
    top += LINE_HEIGHT;
  }
  for (const [index, { text, left, row }] of frame.legend.entries()) {
    const y = top + row * LINE_HEIGHT;
    drawSwatch(context, MARGIN + left, y + LINE_HEIGHT / 2, seriesColour(index));
    write(text, MARGIN + left + SWATCH + SWATCH_GAP, y, TEXT, colours.text);
  }
  for (const [index, line] of frame.notes.entries()) {
    const y = HEIGHT - MARGIN + 8 - (frame.notes.length - index) * LINE_HEIGHT;
    write(line, MARGIN, y, TEXT, colours.muted);
  }
  context.restore();
}

export interface Writing {
  readonly text: string;
  readonly x: number;
  /** The middle of the line. */
  readonly y: number;
  readonly style?: TextStyle;
  readonly colour?: string;
  readonly align?: CanvasTextAlign;
  /** What parts the letters from lines behind them. */
  readonly outline?: string;
}

export function writeText(context: CanvasRenderingContext2D, pen: Pen, writing: Writing): void {
  const { text, x, y, style = TEXT, colour = colours.text, align = "left", outline } = writing;
  context.font = `${style.size}px ${pen.family(style.weight)}`;
  context.textBaseline = "alphabetic";
  context.textAlign = align;
  context.fillStyle = colour;
  // Fonts disagree on where the middle of a line is; the baseline is the same for all.
  const baseline = y + style.size * 0.36;
  if (outline !== undefined) {
    context.strokeStyle = outline;
    context.lineWidth = 6;
    context.lineJoin = "round";
    context.strokeText(text, x, baseline);
  }
  context.fillText(text, x, baseline);
}

/** A square in the colour of a series. */
export function drawSwatch(
  context: CanvasRenderingContext2D,
  left: number,
  middle: number,
  colour: string,
): void {
  context.fillStyle = colour;
  context.fillRect(left, middle - SWATCH / 2, SWATCH, SWATCH);
}

/** In one row, or in two with names cut as far as that takes. */
function legendItems(names: readonly string[], pen: Pen): readonly LegendItem[] {
  const columns = Math.ceil(names.length / 2);
  const own = SWATCH + SWATCH_GAP;
  const widths = names.map((name) => own + pen.width(name) + LEGEND_GAP);
  const total = widths.reduce((sum, width) => sum + width, 0) - LEGEND_GAP;
  if (total <= PLOT_WIDTH) {
    return names.map((text, index) => ({
      text,
      left: widths.slice(0, index).reduce((sum, width) => sum + width, 0),
      row: 0,
    }));
  }
  const cell = (PLOT_WIDTH + LEGEND_GAP) / columns;
  return pen.labels(names, cell - own - LEGEND_GAP).map((text, index) => ({
    text,
    left: (index % columns) * cell,
    row: Math.floor(index / columns),
  }));
}
