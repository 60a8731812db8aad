/**
 * What two spellings of one name have in common: lower case, no accents, letters and digits only.
 * Empty when a name has neither, as "☃" does.
 *
 * @example
 * nameKey("GTX Pro") === nameKey("gtxpro"); // => true
 */
export function nameKey(name: string): string {
  return (
    name
      .normalize("NFKD")
      // Accents only: in Hindi or Thai a mark is a vowel, and another mark another name.
      .replace(/[\u0300-\u036f]/g, "")
      .toLowerCase()
      .replaceAll("ς", "σ")
      .replace(/[^\p{L}\p{N}\p{M}]/gu, "")
  );
}

/** What words of one origin have in common: "retail" of Retail, Retailing and retailers. Of short words all of it. */
export function stemKey(name: string): string {
  const key = nameKey(name);
  const stem = key.replace(/(?:ings?|ers?|ies|ors?|y|s)$/, "");
  return stem.length < 4 ? key : stem;
}

/** A name as people read it: no control or direction-changing characters, single spaces. */
export function cleanText(text: string): string {
  return text
    .replace(/[\p{Cc}\u2028\u2029]+/gu, " ")
    .replace(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu, "")
    .replace(/\s+/gu, " ")
    .trim();
}

/**
 * The values that a typed text means, best kind of match only: equal, else starting with it,
 * else containing it. Several mean that it is ambiguous.
 */
export function matchNames<Value>(
  typed: string,
  values: readonly Value[],
  nameOf: (value: Value) => string,
): readonly Value[] {
  const key = nameKey(typed);
  const exactly = values.filter((value) => nameOf(value).toLowerCase() === typed.toLowerCase().trim());
  if (exactly.length > 0) return exactly;
  if (key === "") return [];
  for (const matches of [
    (candidate: string) => candidate === key,
    (candidate: string) => candidate.startsWith(key),
    (candidate: string) => candidate.includes(key),
  ]) {
    const found = values.filter((value) => matches(nameKey(nameOf(value))));
    if (found.length > 0) return found;
  }
  return [];
}

/** Keeps a right-to-left name from turning the text around it: a first-strong isolate where one is needed. */
export function isolateDirection(text: string): string {
  return /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]/u.test(
    text,
  )
    ? `\u2068${text}\u2069`
    : text;
}
