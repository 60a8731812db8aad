/** Tuesday, 08:30: Mondays are for meetings. */
export const defaultCron = "30 8 * * 2";

/** From Sunday on, as cron counts them. */
export const weekdays = [
  "Sunday",
  "Monday",
  "Tuesday",
  "Wednesday",
  "Thursday",
  "Friday",
  "Saturday",
] as const;

const ordinals = ["first", "second", "third", "fourth", "fifth"] as const;

/** A schedule as people say it: `every Tuesday at 08:30`, and five fields as they are where there is no short way to say them. */
export function wordCron(cron: string): string {
  const [minute = "", hour = "", days = "", month = "", daysOfWeek = ""] = cron.split(" ");
  const said = month === "*" ? wordDays(days, daysOfWeek) : undefined;
  if (said === undefined || !/^\d+$/.test(minute) || !/^\d+$/.test(hour)) return `by cron "${cron}"`;
  return `${said} at ${hour.padStart(2, "0")}:${minute.padStart(2, "0")}`;
}

function wordDays(days: string, daysOfWeek: string): string | undefined {
  if (days === "*") return wordWeek(daysOfWeek);
  return daysOfWeek === "*" ? wordMonth(days) : undefined;
}

function wordWeek(days: string): string | undefined {
  if (days === "*") return "every day";
  if (days === "1-5") return "every working day";
  if (/^[0-7](,[0-7])*$/.test(days))
    return `every ${listed(days.split(",").map((day) => weekdays[Number(day) % 7] ?? day))}`;
  const [first, ...others] = days.split(",").map((day) => /^([0-7])#([1-5]|L)$/i.exec(day));
  const weekday = weekdays[Number(first?.[1]) % 7];
  if (weekday === undefined || others.some((other) => other?.[1] !== first?.[1])) return undefined;
  const places = [first, ...others].map((day) => ordinals[Number(day?.[2]) - 1] ?? "last");
  return `on the ${listed(places)} ${weekday} of the month`;
}

function wordMonth(days: string): string | undefined {
  if (/^1W$/i.test(days)) return "on the first working day of the month";
  if (/^LW$/i.test(days)) return "on the last working day of the month";
  if (/^(31)?L$/i.test(days)) return "on the last day of the month";
  if (!/^\d+L?(,\d+L?)*$/i.test(days)) return undefined;
  const named = days.split(",").map((day) => ordinal(Number.parseInt(day, 10)));
  const end = /L/i.test(days) ? ", or the last day of a shorter one," : "";
  return `on the ${listed(named)} of the month${end}`;
}

function ordinal(day: number): string {
  const isTeen = day > 10 && day < 14;
  return `${day}${(isTeen ? undefined : ["th", "st", "nd", "rd"][day % 10]) ?? "th"}`;
}

function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}
