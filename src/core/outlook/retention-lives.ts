import { monthsUntil } from "../calendar.ts";
import { drawBeta, drawExponential, type Random } from "../random.ts";
import { historyOf } from "../value/purchase-draws.ts";
import type { Life, LifeModel, Lives } from "./lives.ts";
import { type OutlookAccount, type OutlookInput, quartersOfYear, quarterWeeks } from "./outlook-input.ts";

const yearWeeks = quartersOfYear * quarterWeeks;

/** How one account goes on where no model can tell. */
interface Pace {
  readonly isThere: boolean;
  /** Purchases a week. */
  readonly rate: number;
  readonly spend: number;
}

/**
 * Without a model: customers are those who bought in the last twelve months; they go on as in those until they leave, at the
 * rate at which those who had bought in a year did not buy in the next. Newcomers go on as any of them.
 */
export function retentionLives(
  { asOf, accounts, totals }: Pick<OutlookInput, "asOf" | "accounts" | "totals">,
  parameterDraws: number,
  random: Random,
): LifeModel {
  const { boughtBefore, boughtAgain } = totals;
  const yearBegins = monthsUntil(asOf, 12).after;
  // Jeffreys' prior: half an account on either side.
  const leavingRates = Float64Array.from({ length: parameterDraws }, () => {
    const stayed = drawBeta(random, boughtAgain + 0.5, boughtBefore - boughtAgain + 0.5);
    return -Math.log(Math.max(stayed, Number.MIN_VALUE)) / yearWeeks;
  });

  const paceOf = (account: OutlookAccount): Pace => {
    const { frequency, age } = historyOf(account, asOf);
    const perYear = Math.max(1, ((frequency + 1) * yearWeeks) / Math.max(yearWeeks, age));
    return {
      isThere: account.lastOn > yearBegins,
      rate: perYear / yearWeeks,
      spend: Math.max(0, account.yearMinor) / perYear,
    };
  };

  function draw({ isThere, rate, spend }: Pace, parameterDraw: number, random: Random, life: Life): boolean {
    life.rate = rate;
    life.spend = spend;
    life.stay = drawExponential(random) / (leavingRates[parameterDraw] ?? 0);
    life.purchases = Number.POSITIVE_INFINITY;
    return isThere;
  }

  return {
    method: { kind: "retention", boughtBefore, boughtAgain },
    livesOf(account): Lives {
      const pace = paceOf(account);
      return {
        shape: Number.POSITIVE_INFINITY,
        draw: (parameterDraw, random, life) => draw(pace, parameterDraw, random, life),
      };
    },
    newcomerLives(): Lives {
      const pick = pickByWeight(accounts);
      return {
        shape: Number.POSITIVE_INFINITY,
        draw(parameterDraw, random, life) {
          const like = pick(random());
          const pace = like ? paceOf(like) : { rate: 0, spend: 0 };
          return draw({ ...pace, isThere: true }, parameterDraw, random, life);
        },
      };
    },
  };

  /** A customer of today, those that stand for more the oftener. */
  function pickByWeight(all: readonly OutlookAccount[]): (chance: number) => OutlookAccount | undefined {
    const there = all.filter(({ lastOn }) => lastOn > yearBegins);
    const weight = there.reduce((sum, account) => sum + account.weight, 0);
    const limits: number[] = [];
    for (const account of there) limits.push((limits.at(-1) ?? 0) + account.weight / weight);
    return (chance) => there[limits.findIndex((limit) => chance < limit)] ?? there.at(-1);
  }
}
