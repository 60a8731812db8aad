/**
 * A column's name in lower-case words, whatever it is written in, with a blank before and after each.
 *
 * @example
 * nameWords("IsClosed__c (%)"); // => " is closed c "
 */
export function nameWords(name: string): string {
  const words = name
    .normalize("NFKD")
    .replace(/[\u0300-\u036f]/g, "")
    .replace(/ß/g, "ss")
    .replace(/(?<=\p{L})['’](?=\p{L})/gu, "")
    .replace(/(\p{Ll}|\p{N})(\p{Lu})/gu, "$1 $2")
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, "$1 $2")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M}]+/gu, " ")
    .trim();
  return ` ${words} `;
}
