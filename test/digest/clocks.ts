// What clocks show, by Intl: the code under test asks Temporal.

const STEP_MS = 15 * 60_000;
const formats = new Map<string, Intl.DateTimeFormat>();

/** What clocks in a zone show: `2027-03-28 08:30`. */
export function shownAt(moment: Date, zone: string): string {
  const format =
    formats.get(zone) ??
    new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "short" });
  formats.set(zone, format);
  return format.format(moment);
}

/** The first moment at which clocks show a time of a day or, where they skip it, a later one. Zones keep quarters of an hour. */
export function firstShowing(wall: string, zone: string): Date {
  let moment = Date.parse(`${wall.slice(0, 10)}T00:00Z`) - 15 * 3_600_000;
  while (shownAt(new Date(moment), zone) < wall) moment += STEP_MS;
  return new Date(moment);
}

/** Every moment of a time of day on a weekday, counted from Sunday, in a span of days. */
export function showings(
  time: string,
  weekday: number,
  zone: string,
  span: { readonly from: string; readonly until: string },
): readonly Date[] {
  const found: Date[] = [];
  for (let day = Date.parse(span.from); day <= Date.parse(span.until); day += 86_400_000)
    if (new Date(day).getUTCDay() === weekday)
      found.push(firstShowing(`${new Date(day).toISOString().slice(0, 10)} ${time}`, zone));
  return found;
}
