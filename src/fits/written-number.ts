/** NaN for what is no number; `1,000` is a thousand where commas can mean nothing else. */
export function writtenNumber(cell = ""): number {
  const text = cell.trim().replace(/%$/, "").trim();
  if (/^\d{1,3}(?:,\d{3})+$/.test(text)) return Number(text.replaceAll(",", ""));
  return /^\d+(?:[.,]\d+)?$/.test(text) ? Number(text.replace(",", ".")) : Number.NaN;
}
