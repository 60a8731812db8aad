import type { Random } from "../random.ts";
import type { Course } from "../value/courses.ts";
import type { OutlookAccount, OutlookMethod } from "./outlook-input.ts";

/** What comes of one account from today on, drawn once. Filled anew for every draw, since there are a million of them. */
export type Life = { -readonly [Name in keyof Course]: Course[Name] } & {
  /** What it buys at a time, on average. */
  spend: number;
};

/** The lives that one account may have from some day on. */
export interface Lives {
  /**
   * Draws one under the parameters of a draw into `life`.
   *
   * @returns whether it is a customer today; only then has it a life.
   */
  draw(parameterDraw: number, random: Random, life: Life): boolean;
  /** How much single purchases differ, as the shape of their gamma distribution; infinite where they are all alike. */
  readonly shape: number;
}

/** What leaving and buying are drawn by. */
export interface LifeModel {
  readonly method: OutlookMethod;
  /** Of a customer of today. */
  livesOf(account: OutlookAccount): Lives;
  /** Of somebody from the first purchase on. */
  newcomerLives(): Lives;
}

export function emptyLife(): Life {
  return { rate: 0, stay: 0, purchases: 0, spend: 0 };
}
