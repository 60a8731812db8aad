import { z } from "zod";
import { renewalDays } from "../core/recurring.ts";

const MOST_DAYS = 1_830;
const filler = new Set(["in", "the", "next", "coming", "within", "due"]);
const unitDays: Readonly<Record<string, number>> = { d: 1, w: 7, m: 30, y: 365 };

/** `180d`, `in the next 6 months`, or nothing; and whether the rules are to be explained. */
export const renewalOptions = z
  .array(z.string())
  .readonly()
  .transform((words) => {
    const said = words.map((word) => word.toLowerCase()).filter((word) => !filler.has(word));
    return {
      isExplained: said.includes("explain"),
      span: said.filter((word) => word !== "explain").join(""),
    };
  })
  .refine(({ span }) => daysIn(span) !== undefined, {
    error: `I do not understand that: say how many days to look ahead, from 1 to ${MOST_DAYS}, such as 180d.`,
  })
  .transform(({ isExplained, span }) => ({ isExplained, days: daysIn(span) ?? renewalDays }));

function daysIn(text: string): number | undefined {
  if (text === "") return renewalDays;
  const [, count, unit = "d"] = /^(\d{1,4})(d|w|m|y|days?|weeks?|months?|years?)?$/.exec(text) ?? [];
  const days = Number(count) * (unitDays[unit.charAt(0)] ?? 1);
  return days >= 1 && days <= MOST_DAYS ? days : undefined;
}
