import type { Column, Row, Table } from "./report.ts";
import type { Sample } from "./samples.ts";
import { type Summary, summarise } from "./statistics.ts";

const latency = (key: string, title: string) => ({ key, title, digits: 2 });
const difference = (key: string, title: string) => ({ key, title, digits: 2, isSigned: true });
const columns: readonly Column[] = [
  { key: "line", title: "ms" },
  { key: "n", title: "n" },
  latency("p50", "p50"),
  latency("p95", "p95"),
  latency("p99", "p99"),
  latency("max", "max"),
  difference("overNoop50", "p50 over no-op"),
  difference("overNoop95", "p95 over no-op"),
  difference("overNoop99", "p99 over no-op"),
  { key: "noAnswer", title: "no answer" },
  { key: "notAnAnswer", title: "not an answer" },
  { key: "perSecond", title: "a second", digits: 1 },
];

/** Of what came; the last answers of a slice come after its end. */
const KEPT_UP = 0.9;

/** What was measured in the slices of one subject, and how long they took together. */
export interface Measured {
  readonly samples: readonly Sample[];
  readonly ms: number;
}

/** Commands beside the no-op app that was measured in between. */
export interface CommandMeasurement {
  readonly title: string;
  /** Each has a row, beside one for all of them. */
  readonly labels: readonly string[];
  readonly own: Measured;
  readonly peer: Measured;
  /** How many came a second, where the clock decided that. */
  readonly perSecond?: number;
  /** What was asked besides, at a rate of its own: no part of all lines. */
  readonly besides?: { readonly label: string; readonly samples: readonly Sample[] };
  readonly notes?: readonly string[];
}

export function commandTable(measurement: CommandMeasurement): Table {
  const { title, labels, own, peer, besides, perSecond = 0, notes = [] } = measurement;
  const answeredPeer = summarise(peer.samples.map(({ answeredMs }) => answeredMs));
  const acknowledgedPeer = summarise(peer.samples.map(({ acknowledgedMs }) => acknowledgedMs));
  const acknowledged = (measured: Measured) => summarise(measured.samples.map((each) => each.acknowledgedMs));
  return {
    title,
    columns,
    rows: [
      ...labels.map((label) => {
        const samples = own.samples.filter((each) => each.label === label);
        return { line: label, ...rowOf(samples, answeredPeer) };
      }),
      { line: "all lines", ...rowOf(own.samples, answeredPeer), perSecond: answeredPerSecond(own) },
      { line: "all, acknowledged", ...figures(acknowledged(own), acknowledgedPeer) },
      ...(besides ? [{ line: besides.label, ...rowOf(besides.samples, answeredPeer) }] : []),
      { line: "no-op app", ...rowOf(peer.samples), perSecond: answeredPerSecond(peer) },
      { line: "no-op, acknowledged", ...figures(acknowledgedPeer) },
    ],
    notes: [
      ...notes,
      ...(answeredPerSecond(own) < perSecond * KEPT_UP
        ? [
            `Portfolio does not keep up with ${perSecond} a second: the longer this lasts, the longer they wait.`,
          ]
        : []),
      ...reasonsOf("Portfolio", [...own.samples, ...(besides?.samples ?? [])]),
      ...reasonsOf("No-op app", peer.samples),
    ],
  };
}

function rowOf(samples: readonly Sample[], peer?: Summary): Row {
  const count = (outcome: Sample["outcome"]) => samples.filter((each) => each.outcome === outcome).length;
  return {
    ...figures(summarise(samples.map(({ answeredMs }) => answeredMs)), peer),
    noAnswer: count("no-answer"),
    notAnAnswer: count("not-an-answer"),
  };
}

function figures(own: Summary | undefined, peer?: Summary): Row {
  if (own === undefined) return { n: 0 };
  return {
    ...own,
    ...(peer && {
      overNoop50: own.p50 - peer.p50,
      overNoop95: own.p95 - peer.p95,
      overNoop99: own.p99 - peer.p99,
    }),
  };
}

function answeredPerSecond({ samples, ms }: Measured): number {
  return (samples.filter(({ outcome }) => outcome === "answered").length * 1000) / ms;
}

/** What was there instead of answers, most frequent first. */
function reasonsOf(who: string, samples: readonly Sample[]): readonly string[] {
  const reasons = samples.flatMap(({ label, reason }) =>
    reason === undefined ? [] : [`${label}: ${reason}`],
  );
  return [...new Set(reasons)]
    .map((reason) => ({ reason, times: reasons.filter((each) => each === reason).length }))
    .toSorted((one, other) => other.times - one.times)
    .slice(0, 3)
    .map(({ reason, times }) => `${who}, ${times} ×: ${reason}`);
}
