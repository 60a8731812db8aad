import { type JsonObject, listOf } from "../json.ts";
import { chartTextWidth, layOutLabels } from "./axis-labels.ts";
import { colour, type Point, type Series, share } from "./chart-data.ts";

const LEFT = 54;
const RIGHT = 8;
const TOP = 12;
const PLOT_HEIGHT = 188;
const TITLE_HEIGHT = 22;

interface PlotProps {
  readonly type: string;
  readonly series: readonly Series[];
  readonly axis: JsonObject;
  /** In pixels of the screen, so that text keeps its size on a phone. */
  readonly width: number;
  readonly name: string;
}

/** Bars, lines or areas over categories. */
export function Plot({ type, series, axis, width, name }: PlotProps) {
  const categories = listOf(axis.categories).map(String);
  const values = series.flatMap((each) => each.data.map((point) => point.value));
  const ticks = ticksFor(Math.min(0, ...values), Math.max(0, ...values));
  const low = ticks[0] ?? 0;
  const high = ticks.at(-1) ?? 1;
  const step = (width - LEFT - RIGHT) / Math.max(1, categories.length);
  const x = (index: number) => LEFT + step * (index + 0.5);
  const y = (value: number) => TOP + ((high - value) / (high - low)) * PLOT_HEIGHT;
  const bottom = TOP + PLOT_HEIGHT;
  const labels = layOutLabels(categories, { step, left: LEFT, widthOf: chartTextWidth });
  const height = bottom + 6 + labels.height + (axis.x_label === undefined ? 0 : TITLE_HEIGHT);
  return (
    <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={name}>
      {ticks.map((tick) => (
        <g key={tick} className={tick === 0 ? "grid zero" : "grid"}>
          <line x1={LEFT} x2={width - RIGHT} y1={y(tick)} y2={y(tick)} />
          <text x={LEFT - 6} y={y(tick) + 4} textAnchor="end">
            {short(tick)}
          </text>
        </g>
      ))}
      {categories.map((category, index) => (
        <text
          key={category}
          className="axis-label"
          textAnchor={labels.angle === 0 ? "middle" : "end"}
          transform={labelPlace(x(index), bottom, labels.angle)}
        >
          {labels.texts[index]}
          <title>{category}</title>
        </text>
      ))}
      {series.map((each, index) => (
        <Marks
          key={each.name}
          {...{ type, categories, x, y, step }}
          series={each}
          index={index}
          count={series.length}
        />
      ))}
      <text x={(LEFT + width) / 2} y={height - 6} textAnchor="middle" className="axis-title">
        {String(axis.x_label ?? "")}
      </text>
      <text
        transform={`translate(12 ${TOP + PLOT_HEIGHT / 2}) rotate(-90)`}
        textAnchor="middle"
        className="axis-title"
      >
        {String(axis.y_label ?? "")}
      </text>
    </svg>
  );
}

/** Below the axis; a turned label ends under its category. */
function labelPlace(x: number, bottom: number, angle: number): string {
  if (angle === 0) return `translate(${x} ${bottom + 16})`;
  return `translate(${x + 4} ${bottom + (angle === -90 ? 6 : 12)}) rotate(${angle})`;
}

interface MarksProps {
  readonly type: string;
  readonly categories: readonly string[];
  readonly series: Series;
  readonly index: number;
  readonly count: number;
  readonly step: number;
  x(index: number): number;
  y(value: number): number;
}

function Marks({ type, categories, series, index, count, step, x, y }: MarksProps) {
  const byLabel = new Map(series.data.map((point) => [point.label, point.value]));
  const points = categories.map((category, position) => ({
    category,
    position,
    value: byLabel.get(category) ?? 0,
  }));
  const tip = (point: (typeof points)[number]) => (
    <title>{`${series.name}, ${point.category}: ${point.value}`}</title>
  );
  if (type === "bar") {
    const width = (step * 0.72) / count;
    return points.map((point) => (
      <rect
        key={point.category}
        x={x(point.position) - (width * count) / 2 + width * index}
        y={Math.min(y(0), y(point.value))}
        width={Math.max(1, width - 1.5)}
        height={Math.abs(y(0) - y(point.value))}
        rx={2}
        fill={colour(index)}
      >
        {tip(point)}
      </rect>
    ));
  }
  const path = points
    .map((point, nth) => `${nth ? "L" : "M"}${x(point.position)},${y(point.value)}`)
    .join("");
  const ground = `L${x(points.length - 1)},${y(0)}L${x(0)},${y(0)}Z`;
  return (
    <g>
      {type === "area" && <path d={path + ground} fill={colour(index)} opacity={0.28} />}
      <path d={path} fill="none" stroke={colour(index)} strokeWidth={2.25} strokeLinejoin="round" />
      {points.map((point) => (
        <circle key={point.category} cx={x(point.position)} cy={y(point.value)} r={3} fill={colour(index)}>
          {tip(point)}
        </circle>
      ))}
    </g>
  );
}

const PIE_SIZE = 240;

/** Slices from twelve o'clock, clockwise. */
export function Pie({ points, name }: { readonly points: readonly Point[]; readonly name: string }) {
  return (
    <svg className="pie" viewBox={`0 0 ${PIE_SIZE} ${PIE_SIZE}`} role="img" aria-label={name}>
      <Slices points={points} />
    </svg>
  );
}

function Slices({ points }: { readonly points: readonly Point[] }) {
  const total = points.reduce((sum, point) => sum + point.value, 0) || 1;
  const [cx, cy, radius] = [PIE_SIZE / 2, PIE_SIZE / 2, PIE_SIZE / 2 - 8];
  const at = (turn: number) => {
    const angle = turn * 2 * Math.PI - Math.PI / 2;
    return `${cx + radius * Math.cos(angle)},${cy + radius * Math.sin(angle)}`;
  };
  const starts = points.map((_point, index) =>
    points.slice(0, index).reduce((sum, each) => sum + each.value, 0),
  );
  return points.map((point, index) => {
    const start = (starts[index] ?? 0) / total;
    const part = point.value / total;
    const tip = <title>{`${point.label}: ${point.value} (${share(part)})`}</title>;
    // An arc over the full circle ends where it starts and would be invisible.
    if (part > 0.9999) {
      return (
        <circle key={point.label} cx={cx} cy={cy} r={radius} fill={colour(index)}>
          {tip}
        </circle>
      );
    }
    const arc = `A${radius},${radius} 0 ${part > 0.5 ? 1 : 0} 1 ${at(start + part)}`;
    return (
      <path key={point.label} d={`M${cx},${cy}L${at(start)}${arc}Z`} fill={colour(index)} className="slice">
        {tip}
      </path>
    );
  });
}

/** About five round numbers that span the values; 0 and 1 where all are 0. */
function ticksFor(low: number, high: number): readonly number[] {
  if (low === high) return [low, low + 1];
  const raw = (high - low) / 4;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = ([1, 2, 2.5, 5, 10].find((each) => each * power >= raw) ?? 10) * power;
  const first = Math.floor(low / step);
  const count = Math.ceil(high / step) - first;
  return Array.from({ length: count + 1 }, (_none, index) => (first + index) * step);
}

function short(value: number): string {
  return new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 }).format(value);
}
