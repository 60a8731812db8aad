import type { Vocabulary } from "./suspects.ts";

const letters = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"];

/** What else stands in a region column and is right; some are a letter or two from a country's name. */
const otherRegions = [
  "Africa; America; Americas; Asia; Asia Pacific; Australasia; Baltics; Benelux; Caribbean; Europe; Latin America",
  "Middle East; Nordics; Oceania; Scandinavia; Central; Central Europe; East; Eastern; North; North America; Northeast",
  "Northern; Northwest; South; South America; Southeast; Southern; Southwest; West; Western; Burma; Czech Republic",
  "England; Great Britain; Holland; Hong Kong; Ivory Coast; Korea; Macao; Macau; Macedonia; Myanmar; Palestine; Scotland",
  "Swaziland; Turkey; United States of America; Wales; Granada; Indiana; Montana; Virginia; Georgia; Jersey; New Jersey",
];

/** Countries by their English names, as the runtime knows them, and common names of larger or smaller regions. */
export function regionVocabulary(): Vocabulary {
  const names = new Intl.DisplayNames(["en"], { type: "region", fallback: "none" });
  const countries = letters
    .flatMap((first) => letters.map((second) => first + second))
    // X and Z begin codes that name no place, such as "Pseudo-Accents"; Kosovo's is the exception.
    .filter((code) => !/^[XZ]/.test(code) || ["XK", "ZA", "ZM", "ZW"].includes(code))
    .map((code) => names.of(code))
    .filter((name) => name !== undefined);
  const regions = otherRegions.flatMap((line) => line.split("; "));
  return { what: "a country or region we know", words: [...new Set([...countries, ...regions])] };
}
