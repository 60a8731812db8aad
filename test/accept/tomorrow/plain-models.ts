import { integrate } from "./integrate.ts";

/** Days with a purchase after the first one, when the last was, and how long the account is known; in weeks. */
export interface PlainHistory {
  readonly frequency: number;
  readonly recency: number;
  readonly age: number;
}

/** A model by its definition, with integrals where the program has formulas and series. */
export interface PlainModel {
  alive(history: PlainHistory): number;
  /** Purchases within so many weeks, of somebody who is still there. */
  expectedIfAlive(history: PlainHistory, weeks: number): number;
  /** The chance that somebody who is there now still is after so many weeks. */
  staying(history: PlainHistory, weeks: number): number;
}

type Parameters = Readonly<Record<string, number>>;

export function plainModel(name: string, parameters: Parameters): PlainModel {
  const of = (parameter: string) => parameters[parameter] ?? Number.NaN;
  const [r, alpha] = [of("r"), of("alpha")];
  switch (name) {
    case "bg-nbd":
      return leavingAtPurchases({ r, alpha, a: of("a"), b: of("b") }, 0);
    case "mbg-nbd":
      return leavingAtPurchases({ r, alpha, a: of("a"), b: of("b") }, 1);
    case "pareto-nbd":
      return leavingAtAnyTime({ r, alpha, s: of("s"), beta: of("beta") });
    default:
      return {
        alive: () => 1,
        expectedIfAlive: ({ frequency, age }, weeks) => (weeks * (r + frequency)) / (alpha + age),
        staying: () => 1,
      };
  }
}

/** Everybody goes on as in the time that purchases were seen in. */
export function goingOn(span: number): PlainModel {
  return {
    alive: () => 1,
    expectedIfAlive: ({ frequency }, weeks) => (frequency / span) * weeks,
    staying: () => 1,
  };
}

interface Leaving {
  readonly r: number;
  readonly alpha: number;
  readonly a: number;
  readonly b: number;
}

/** Fader, Hardie & Lee 2005; with a chance to leave at the first purchase Batislam, Denizel & Filiztekin 2007. */
function leavingAtPurchases({ r, alpha, a, b }: Leaving, firstLeaves: 0 | 1): PlainModel {
  /** The mean of a function of the chance to leave, over those who stayed so often; `power` of it comes on top. */
  const overStayers = (stays: number, power: number, of: (chance: number) => number) =>
    integrate(
      (chance, rest) =>
        Math.exp((a + power - 1) * Math.log(chance) + (b + stays - 1) * Math.log(rest)) * of(chance),
      0,
      1,
    );
  return {
    alive({ frequency, recency, age }) {
      const chances = frequency + firstLeaves;
      if (chances === 0) return 1;
      const stayed = overStayers(chances, 0, () => 1);
      const left =
        overStayers(chances - 1, 1, () => 1) * ((alpha + age) / (alpha + recency)) ** (r + frequency);
      return stayed / (stayed + left);
    },
    expectedIfAlive({ frequency, age }, weeks) {
      const stays = frequency + firstLeaves;
      // Of somebody with the rate l who leaves at each purchase with the chance p: (1 - exp(-l·p·t)) ÷ p.
      const purchases = overStayers(stays, 0, (chance) => {
        const logarithm = (r + frequency) * Math.log1p((chance * weeks) / (alpha + age));
        return -Math.expm1(-logarithm) / chance;
      });
      return purchases / overStayers(stays, 0, () => 1);
    },
    staying({ frequency, age }, weeks) {
      const stays = frequency + firstLeaves;
      const there = overStayers(stays, 0, (chance) =>
        Math.exp(-(r + frequency) * Math.log1p((chance * weeks) / (alpha + age))),
      );
      return there / overStayers(stays, 0, () => 1);
    },
  };
}

interface Dying {
  readonly r: number;
  readonly alpha: number;
  readonly s: number;
  readonly beta: number;
}

/** Schmittlein, Morrison & Colombo 1987. */
function leavingAtAnyTime({ r, alpha, s, beta }: Dying): PlainModel {
  const staying = (from: number, to: number) => Math.exp(-s * Math.log1p((to - from) / (beta + from)));
  return {
    alive({ frequency, recency, age }) {
      // Relative to who left just after the last purchase, so that nothing is too small.
      const silent = (until: number) =>
        Math.exp(-(r + frequency) * Math.log1p((until - recency) / (alpha + recency)));
      const stayed = silent(age) * staying(recency, age);
      const left = integrate(
        (since) =>
          silent(recency + since) * staying(recency, recency + since) * (s / (beta + recency + since)),
        0,
        age - recency,
      );
      return stayed / (stayed + left);
    },
    expectedIfAlive: ({ frequency, age }, weeks) =>
      ((r + frequency) / (alpha + age)) * integrate((time) => staying(age, age + time), 0, weeks),
    staying: ({ age }, weeks) => staying(age, age + weeks),
  };
}
