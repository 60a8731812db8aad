import type { Day } from "../core/calendar.ts";
import type { WaveName } from "../core/offers/offer.ts";
import { quoted } from "../query.ts";
import { UsageError } from "../usage-error.ts";
import { comingDay, isWord } from "./reason-words.ts";
import { requireWave, waveNamed } from "./wave-words.ts";

export const pitchUsage =
  'pitch ["<offer>"] [preview] [product:X] [filters] [value 12000] [hold-out 20%] [B by 2026-12-15] [wave B]';

const LONGEST_NAME = 100;
const MOST_HELD_OUT = 90;

/** A typed offer; the amount is not read yet, since its currency is not known. */
export interface TypedPitch {
  /** Undefined where none was typed. */
  readonly name: string | undefined;
  /** Whether nothing is to be started: so are questions in words asked. */
  readonly isPreview: boolean;
  readonly value: string | undefined;
  readonly holdOutPercent: number;
  readonly opensOn: Readonly<Partial<Record<WaveName, Day>>>;
  /** The wave to show; undefined for the first open one. */
  readonly wave: WaveName | undefined;
  /** Whether terms were typed, which an offer that is there already does not take. */
  readonly hasTerms: boolean;
}

type Terms = Omit<TypedPitch, "name" | "hasTerms">;

const none: Terms = { isPreview: false, value: undefined, holdOutPercent: 0, opensOn: {}, wave: undefined };

/**
 * Takes `"New service" value 12000 hold-out 20% B by 2026-12-15 wave B` apart. The name is one word, or in quotes: a word
 * that is not understood must not become part of a new offer's name.
 *
 * @throws UsageError saying what is missing or not understood.
 */
export function readPitch([name, ...words]: readonly string[], today: Day): TypedPitch {
  if (name === undefined) return { ...none, name, hasTerms: false };
  const terms = readTerms(words, none, today, name);
  const hasTerms =
    terms.value !== undefined || terms.holdOutPercent > 0 || Object.keys(terms.opensOn).length > 0;
  return { ...terms, name: checkName(name), hasTerms };
}

function readTerms(words: readonly string[], terms: Terms, today: Day, name: string): Terms {
  const [word = "", next, after = ""] = words;
  if (words.length === 0) return terms;
  const go = (count: number, read: Partial<Terms>) =>
    readTerms(words.slice(count), { ...terms, ...read }, today, name);
  if (isWord(word, "preview")) return go(1, { isPreview: true });
  if (isWord(word, "value") && next !== undefined) return go(2, { value: next });
  if (isWord(word, "wave") && next !== undefined) return go(2, { wave: requireWave(next) });
  if (isWord(word, "hold-out") && next !== undefined)
    return go(isWord(after, "%") ? 3 : 2, { holdOutPercent: holdOutIn(next) });
  const wave = waveNamed(word);
  if (wave !== undefined && isWord(next, "by"))
    return go(3, { opensOn: { ...terms.opensOn, [wave]: openingDay(wave, after, today) } });
  throw new UsageError(
    `I do not understand "${words.join(" ")}". A name of several words stands in quotes: \`${pitchUsage}\`.`,
    [
      {
        label: `pitch ${quoted([name, ...words].join(" "))}`,
        line: `pitch ${quoted([name, ...words].join(" "))}`,
      },
    ],
  );
}

function holdOutIn(typed: string): number {
  const percent = Number(/^(\d{1,3})\s*%?$/.exec(typed)?.[1] ?? Number.NaN);
  if (percent >= 0 && percent <= MOST_HELD_OUT) return percent;
  throw new UsageError(
    `"${typed}" is no share to hold out: write a whole percentage from 0 to ${MOST_HELD_OUT}, such as \`hold-out 20%\`.`,
  );
}

function openingDay(wave: WaveName, typed: string, today: Day): Day {
  if (wave === "A") throw new UsageError("Wave A opens at once: say a day for B, C or lookalikes.");
  return comingDay(typed, today);
}

function checkName(typed: string): string {
  const name = typed.trim();
  if (name === "") throw new UsageError(`Say what the offer is called: \`${pitchUsage}\`.`);
  if (name.length > LONGEST_NAME)
    throw new UsageError(
      `An offer's name has at most ${LONGEST_NAME} characters: this has ${name.length}. Say it shorter.`,
    );
  if (/^id:/i.test(name))
    throw new UsageError(`An offer cannot be called "${name}": that means another one.`);
  return name;
}
