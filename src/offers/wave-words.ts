import { type WaveName, waveNames } from "../core/offers/offer.ts";
import { UsageError } from "../usage-error.ts";

/** The wave that a word means; undefined for another word. */
export function waveNamed(typed: string | undefined): WaveName | undefined {
  const word = typed?.toLowerCase().replace(/^lookalike$/, "lookalikes");
  return waveNames.find((wave) => wave.toLowerCase() === word);
}

/** @throws UsageError that names the waves there are. */
export function requireWave(typed: string): WaveName {
  const wave = waveNamed(typed);
  if (wave) return wave;
  throw new UsageError(`There is no wave "${typed}". There is ${waveNames.join(", ")}.`);
}

/** "wave 1 (A)", "wave 4 (lookalikes)". */
export function numberedWave(wave: WaveName): string {
  return `wave ${waveNames.indexOf(wave) + 1} (${wave})`;
}

/** How a wave begins a sentence: "Wave B", "The lookalikes". */
export function waveSubject(wave: WaveName): string {
  return wave === "lookalikes" ? "The wave of lookalikes" : `Wave ${wave}`;
}
