import type { ColumnReading } from "../core/win/choose-features.ts";

const [number, day] = [/^[-+]?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?\s*%?$/, /^\d{4}-\d{2}-\d{2}(?=$|[T ])/];
const dayMs = 86_400_000;

/** Texts of imported columns, as far as they can be read in one way only: numbers with a decimal point, and days as ISO 8601 writes them. */
export const storedReading: ColumnReading = {
  numberOf: (text) => (number.test(text) ? Number.parseFloat(text.replaceAll(",", "")) : undefined),
  dayOf: (text) => {
    const written = day.exec(text)?.[0];
    const time = written === undefined ? Number.NaN : Date.parse(written);
    return Number.isNaN(time) ? undefined : time / dayMs;
  },
  isAmbiguous: false,
};
