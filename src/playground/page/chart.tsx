import { type JsonObject, objectOf } from "../json.ts";
import { colour, type Series, seriesOf, share, summary } from "./chart-data.ts";
import { Pie, Plot } from "./plot.tsx";
import { Unknown } from "./unknown.tsx";
import { useWidth } from "./use-width.ts";

const USUAL_WIDTH = 560;

/** A `data_visualization`: the picture, a legend, and the same figures as a table for who cannot see it. */
export function Chart({ block }: { readonly block: JsonObject }) {
  const chart = objectOf(block.chart);
  const title = String(block.title ?? "");
  const series = seriesOf(chart);
  const axis = objectOf(chart.axis_config);
  const name = summary(title, series);
  const { ref, width } = useWidth<HTMLDivElement>(USUAL_WIDTH);
  if (!["pie", "bar", "line", "area"].includes(String(chart.type))) {
    return <Unknown what="chart" value={chart} />;
  }
  return (
    <figure className="chart">
      <figcaption dir="auto">{title}</figcaption>
      <div ref={ref} className="drawing">
        {chart.type === "pie" ? (
          <Pie points={series[0]?.data ?? []} name={name} />
        ) : (
          <Plot type={String(chart.type)} {...{ series, axis, width, name }} />
        )}
      </div>
      <Legend entries={legendOf(chart.type === "pie", series)} />
      <details>
        <summary>Show the figures</summary>
        <table>
          <tbody>
            {series.flatMap((each) =>
              each.data.map((point) => (
                <tr key={`${each.name}/${point.label}`}>
                  <th scope="row" dir="auto">
                    {[each.name, point.label].filter(Boolean).join(", ")}
                  </th>
                  <td className="number">{point.value.toLocaleString()}</td>
                </tr>
              )),
            )}
          </tbody>
        </table>
      </details>
    </figure>
  );
}

interface Entry {
  readonly name: string;
  /** A slice's part of the whole. */
  readonly share?: string;
}

/** A pie's slices with their shares, or the names of the series. */
function legendOf(isPie: boolean, series: readonly Series[]): readonly Entry[] {
  if (!isPie) return series.map(({ name }) => ({ name }));
  const points = series[0]?.data ?? [];
  const total = points.reduce((sum, point) => sum + point.value, 0) || 1;
  return points.map((point) => ({ name: point.label, share: share(point.value / total) }));
}

function Legend({ entries }: { readonly entries: readonly Entry[] }) {
  return (
    <ul className="legend">
      {entries.map((entry, index) => (
        <li key={entry.name}>
          <span className="swatch" style={{ background: colour(index) }} aria-hidden="true" />
          <bdi>{entry.name}</bdi>
          {entry.share === undefined ? "" : ` · ${entry.share}`}
        </li>
      ))}
    </ul>
  );
}
