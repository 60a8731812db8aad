import { isObject, listOf } from "./json.ts";
import {
  arrayOf,
  blockPage,
  byType,
  type Check,
  characters,
  fault,
  finiteNumber,
  inside,
  optional,
  type Site,
  shape,
  typed,
} from "./rule-kit.ts";

const PAGE = blockPage("data-visualization-block");

const point = (subject: string) => shape(subject, PAGE, { label: characters(20), value: finiteNumber });

const pie = typed("pie", PAGE, {
  segments: arrayOf(
    (segment, site) => {
      point("segment")(segment, site);
      if (isObject(segment) && Number(segment.value) <= 0) {
        fault({ ...inside(site, "value"), subject: "segment.value" }, "must be greater than 0");
      }
    },
    1,
    6,
    "segment",
  ),
});

const series = shape("series", PAGE, {
  name: characters(20),
  data: arrayOf(point("data point"), 1, 20, "data point"),
});

const axisConfig = shape("axis_config", PAGE, {
  categories: arrayOf(characters(20), 1, 20),
  x_label: optional(characters(50)),
  y_label: optional(characters(50)),
});

function plotted(type: string): Check {
  return typed(type, PAGE, { series: arrayOf(series, 1, 6), axis_config: axisConfig }, (chart, site) => {
    const all = listOf(chart.series).filter(isObject);
    const names = all.map((each) => each.name);
    if (new Set(names).size < names.length) fault(inside(site, "series"), "series names must be unique");
    const categories = listOf(isObject(chart.axis_config) ? chart.axis_config.categories : []);
    checkCoverage(
      categories,
      all.map((each) => listOf(each.data)),
      inside(site, "series"),
    );
  });
}

/** Every series has one value for every category and none besides. */
function checkCoverage(
  categories: readonly unknown[],
  all: readonly (readonly unknown[])[],
  site: Site,
): void {
  if (new Set(categories).size < categories.length) fault(site, "categories must be unique");
  const wanted = JSON.stringify([...categories].map(String).sort());
  for (const [index, data] of all.entries()) {
    const labels = data.map((each) => (isObject(each) ? String(each.label) : ""));
    if (JSON.stringify(labels.sort()) !== wanted) {
      fault(inside(site, index), "every series must cover every category exactly once");
    }
  }
}

/** Slack's native charts. */
export const dataVisualization = typed("data_visualization", PAGE, {
  block_id: optional(characters(255)),
  title: characters(50),
  chart: byType("chart", PAGE, {
    pie,
    bar: plotted("bar"),
    line: plotted("line"),
    area: plotted("area"),
  }),
});
