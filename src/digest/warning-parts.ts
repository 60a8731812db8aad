import { addDays } from "../core/calendar.ts";
import { formatMoney } from "../core/money.ts";
import { uploadAction } from "../intake/first-run.ts";
import { percent } from "../reps/board-words.ts";
import { countOf, formatCount, formatDay, formatShare } from "../wording.ts";
import { actionRate } from "./action-rate.ts";
import type { DigestFacts } from "./digest-facts.ts";
import { nameSpan, type Part } from "./digest-parts.ts";
import { riserParts } from "./riser-parts.ts";

/** From this share of spend on, one account is a risk of its own. */
const LARGE_SHARE = 0.1;
/** A share that grew by less is the same for people. */
const GREW_BY = 0.01;
/** A stale source is told again after so many days, if nothing came. */
const AGAIN_DAYS = 35;
/** Accounts without an owner are told again when so many more or fewer are there. */
const UNOWNED_STEP = 10;
/** As are gaps in coverage. */
const GAPS_STEP = 10;
/** That the digest comes too often is told once in so many days. */
const SLOWER_DAYS = 30;

/** What is told once, until it changes. */
export function warningParts(facts: DigestFacts): readonly Part[] {
  return [
    ...riserParts(facts),
    ...staleParts(facts),
    ...concentrationParts(facts),
    ...acquisitionParts(facts),
    ...boardParts(facts),
    ...gapParts(facts),
    ...unownedParts(facts),
    ...slowerParts(facts),
  ];
}

function staleParts({ stale, scope }: DigestFacts): readonly Part[] {
  return stale.map(({ source, importedOn, ageDays }) => ({
    name: "stale",
    line: [
      nameSpan(source),
      ` was last imported on ${formatDay(importedOn)}, ${countOf(ageDays, "day")} ago: import a fresh export`,
    ],
    ...(!scope.isShared && { actions: [uploadAction] }),
    isNews: true,
    told: [`stale:${source}:${importedOn}:${Math.floor(ageDays / AGAIN_DAYS)}`],
  }));
}

function concentrationParts({ concentration, scope }: DigestFacts): readonly Part[] {
  if (concentration === undefined) return [];
  const { accountId, account, share, before } = concentration;
  const hasGrown = before !== undefined && share - before >= GREW_BY;
  if (share <= LARGE_SHARE && !hasGrown) return [];
  return [
    {
      name: "concentration",
      line: [
        nameSpan(account),
        ` holds ${formatShare(share)} of spend${hasGrown ? `, ${formatShare(before)} last time` : ""}`,
      ],
      actions: [{ kind: "run", label: "Mix", line: ["mix", scope.filters].join(" ").trim() }],
      isNews: true,
      told: [`concentration:${accountId}:${Math.round(share * 100)}`],
    },
  ];
}

function acquisitionParts({ acquisition }: DigestFacts): readonly Part[] {
  if (acquisition === undefined) return [];
  return [
    {
      name: "acquisition",
      line: acquisition.line,
      actions: [{ kind: "run", label: "Outlook", line: "outlook" }],
      isNews: true,
      told: [`acquisition:${acquisition.kind}`],
    },
  ];
}

/** Told again when others lead; names never ping. */
function boardParts({ board }: DigestFacts): readonly Part[] {
  if (board === undefined) return [];
  const shares = board.first.flatMap(({ name, share }, index) => [
    index === 0 ? "" : ", ",
    nameSpan(name),
    ` ${percent(share)}`,
  ]);
  return [
    {
      name: "board",
      line: [
        "Adjusted board: ",
        ...shares,
        ` of the margin to be expected, the first of ${countOf(board.reps, "rep")}`,
      ],
      actions: [{ kind: "run", label: "Leaderboard", line: "leaderboard" }],
      isNews: true,
      told: [`board:${board.first.map(({ repId }) => repId).join(":")}`],
    },
  ];
}

function gapParts({ gaps, scope }: DigestFacts): readonly Part[] {
  if (gaps === undefined || gaps === 0) return [];
  return [
    {
      name: "gaps",
      line: [
        { text: countOf(gaps, "account"), style: "bold" },
        ` should be served otherwise than ${gaps === 1 ? "it is" : "they are"}, or by somebody`,
      ],
      actions: [
        { kind: "run", label: "Coverage gaps", line: ["coverage gaps", scope.filters].join(" ").trim() },
      ],
      isNews: true,
      told: [`gaps:${Math.ceil(gaps / GAPS_STEP)}`],
    },
  ];
}

function unownedParts({ unowned, snapshot, scope }: DigestFacts): readonly Part[] {
  if (unowned === undefined || unowned.accounts === 0) return [];
  const { accounts, valueMinor } = unowned;
  const worth =
    valueMinor > 0 ? `, worth ${formatMoney({ amount: valueMinor, currency: snapshot.currency })}` : "";
  return [
    {
      name: "unowned",
      line: [
        { text: countOf(accounts, "account"), style: "bold" },
        ` with something to do ${accounts === 1 ? "belongs" : "belong"} to nobody${worth}: give ${accounts === 1 ? "it" : "them"} an owner`,
      ],
      actions: [{ kind: "run", label: "Actions", line: ["actions", scope.filters].join(" ").trim() }],
      isNews: true,
      told: [`unowned:${Math.ceil(accounts / UNOWNED_STEP)}`],
    },
  ];
}

/** Proposes fewer digests where hardly anything that they show is done. */
function slowerParts({ last, settled, at, today, scope }: DigestFacts): readonly Part[] {
  const { isLow, done, shown, digests } = actionRate(last?.content.shown ?? [], settled, at);
  const toldOn = last?.content.told.flatMap((code) => slowerCode.exec(code)?.[1] ?? [])[0];
  const isTold = toldOn !== undefined && addDays(toldOn, SLOWER_DAYS) > today;
  if (!isTold && !isLow) return [];
  const rhythm = digests >= OFTEN ? "weekly" : "monthly";
  const line = ["digest on", rhythm, scope.filters].join(" ").trim();
  return [
    {
      name: "slower",
      line: [
        `${formatCount(done)} of the ${formatCount(shown)} actions of four weeks were done within a week: would a ${rhythm} digest do?`,
      ],
      // In a channel it would be whoever presses it who gets one.
      ...(!scope.isShared && { actions: [{ kind: "run", label: `Make it ${rhythm}`, line }] }),
      isNews: true,
      told: [`slower:${isTold ? toldOn : today}`],
    },
  ];
}

const slowerCode = /^slower:(.*)$/;
/** So many digests in four weeks are more than one a week. */
const OFTEN = 8;
