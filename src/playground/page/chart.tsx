import { type JsonObject, objectOf } from "../json.ts";
import { colour, type Series, seriesOf, summary } from "./chart-data.ts";
import { HEIGHT, Pie, Plot, WIDTH } from "./plot.tsx";
import { Unknown } from "./unknown.tsx";

/** A `data_visualization`: the picture, a legend, and the same figures as a table for who cannot see it. */
export function Chart({ block }: { readonly block: JsonObject }) {
  const chart = objectOf(block.chart);
  const title = String(block.title ?? "");
  const series = seriesOf(chart);
  const axis = objectOf(chart.axis_config);
  if (!["pie", "bar", "line", "area"].includes(String(chart.type))) {
    return <Unknown what="chart" value={chart} />;
  }
  return (
    <figure className="chart">
      <figcaption>{title}</figcaption>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={summary(title, series)}>
        {chart.type === "pie" ? (
          <Pie points={series[0]?.data ?? []} />
        ) : (
          <Plot type={String(chart.type)} series={series} axis={axis} />
        )}
      </svg>
      <Legend names={legendOf(chart.type === "pie", series)} />
      <details>
        <summary>Show the figures</summary>
        <table>
          <tbody>
            {series.flatMap((each) =>
              each.data.map((point) => (
                <tr key={`${each.name}/${point.label}`}>
                  <th scope="row">{[each.name, point.label].filter(Boolean).join(", ")}</th>
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

/** A pie's slices with their shares, or the names of the series. */
function legendOf(isPie: boolean, series: readonly Series[]): readonly string[] {
  if (!isPie) return series.map((each) => each.name);
  const points = series[0]?.data ?? [];
  const total = points.reduce((sum, point) => sum + point.value, 0) || 1;
  return points.map((point) => `${point.label} · ${Math.round((point.value / total) * 100)} %`);
}

function Legend({ names }: { readonly names: readonly string[] }) {
  if (names.length < 2) return null;
  return (
    <ul className="legend">
      {names.map((name, index) => (
        <li key={name}>
          <span className="swatch" style={{ background: colour(index) }} aria-hidden="true" />
          {name}
        </li>
      ))}
    </ul>
  );
}
