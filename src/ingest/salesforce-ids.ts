const idPattern = /^[A-Za-z0-9]{15}$/;
const checksumLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";

/**
 * A Salesforce id in its form of 18 characters, whose last three say which of the others are capitals.
 * Reports write the form of 15 and data exports that of 18; any other text stays as it is.
 *
 * @example
 * longId("001D000000IRFma"); // => "001D000000IRFmaIAH"
 */
export function longId(id: string): string {
  if (!idPattern.test(id)) return id;
  const checksum = [0, 5, 10].map((start) => {
    const capitals = [...id.slice(start, start + 5)].map((letter) => /[A-Z]/.test(letter));
    return checksumLetters[capitals.reduce((bits, capital, at) => bits + (capital ? 2 ** at : 0), 0)];
  });
  return id + checksum.join("");
}
