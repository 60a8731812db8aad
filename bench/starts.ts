import { type Subject, signingSecret, startBot } from "./bots.ts";
import { commandLines, people } from "./command-lines.ts";
import { elapsed } from "./elapsed.ts";
import { type LoadProcess, startLoad } from "./load.ts";
import type { Portfolio, Portfolios } from "./portfolios.ts";
import type { Column, Table } from "./report.ts";
import type { Measure } from "./run-parts.ts";
import type { Line } from "./samples.ts";
import { interleaved } from "./schedule.ts";
import { median } from "./statistics.ts";

/** A start takes seconds: more of them than of other things, so that the median says something. */
const STARTS_PER_REPEAT = 3;
const subjects = ["portfolio", "no-op"] as const;

interface Start {
  readonly subject: Subject;
  /** Until it says that it answers. */
  readonly listensMs: number;
  /** Until the first command has been answered. */
  readonly answeredMs: number;
}

/** From the start of the process to its first answered command. */
export function startsMeasure(portfolios: Portfolios): Measure {
  return async ({ accounts: [accounts = 400], repeats }, { tell, show }) => {
    const [line] = commandLines(accounts);
    if (line === undefined) return;
    const portfolio = await portfolios(accounts);
    const load = await startLoad();
    const starts: Start[] = [];
    try {
      load.setPeople(people);
      for (const subject of interleaved(subjects, repeats * STARTS_PER_REPEAT)) {
        tell(subject);
        starts.push(await start(subject, load, portfolio, line));
      }
    } finally {
      await load.stop();
    }
    const title = `Cold start at ${accounts.toLocaleString("en-GB")} accounts, to the first answered "${line.text}", medians`;
    show(startsTable(title, starts));
  };
}

async function start(subject: Subject, load: LoadProcess, portfolio: Portfolio, line: Line): Promise<Start> {
  const startMs = performance.now();
  const bot = await startBot(subject, load.slackApiUrl, portfolio.env);
  try {
    const listensMs = performance.now() - startMs;
    const { result: samples, ms } = await elapsed(() =>
      load.drive({
        url: bot.url,
        signingSecret,
        lines: [subject === "portfolio" ? line : { ...line, expects: "Nothing to say" }],
        load: { kind: "open", perSecond: 1, forMs: 1 },
      }),
    );
    const [sample] = samples;
    if (sample?.outcome !== "answered") throw new Error(`${subject} did not answer: ${sample?.reason}`);
    return { subject, listensMs, answeredMs: listensMs + ms };
  } finally {
    await bot.stop();
  }
}

const columns: readonly Column[] = [
  { key: "app", title: "ms" },
  { key: "n", title: "n" },
  { key: "listens", title: "listens", digits: 2 },
  { key: "answered", title: "first answer", digits: 2 },
  { key: "overNoop", title: "over no-op", digits: 2, isSigned: true },
  { key: "ratio", title: "× no-op", digits: 2 },
];

function startsTable(title: string, starts: readonly Start[]): Table {
  const own = mediansOf(starts, "portfolio");
  const peer = mediansOf(starts, "no-op");
  return {
    title,
    columns,
    rows: [
      {
        app: "Portfolio",
        ...own,
        overNoop: own.answered - peer.answered,
        ratio: own.answered / peer.answered,
      },
      { app: "no-op app", ...peer },
    ],
    notes: [],
  };
}

function mediansOf(starts: readonly Start[], subject: Subject) {
  const own = starts.filter((each) => each.subject === subject);
  return {
    n: own.length,
    listens: median(own.map(({ listensMs }) => listensMs)) ?? Number.NaN,
    answered: median(own.map(({ answeredMs }) => answeredMs)) ?? Number.NaN,
  };
}
