export interface Purchase {
  readonly customerId: string;
  /** A whole number of days from any day on, the same for all. */
  readonly day: number;
  /** In any unit; only sums are taken. */
  readonly amount?: number;
}

/** Many purchases, all lists in step but for the ids: a million of them as objects would take ten times the memory. */
export interface PurchaseLists {
  /** Of the customers, each once. */
  readonly ids: readonly string[];
  /** Of each purchase, where its customer's id is. */
  readonly customers: Uint32Array;
  /** As `Purchase` has them. */
  readonly days: Int32Array;
  /** 0 for one without. */
  readonly amounts: Float64Array;
}

export function listPurchases(purchases: Iterable<Purchase>): PurchaseLists {
  const rows = [...purchases];
  const places = new Map<string, number>();
  const customers = Uint32Array.from(rows, ({ customerId }) => {
    const place = places.get(customerId) ?? places.size;
    places.set(customerId, place);
    return place;
  });
  return {
    ...{ ids: [...places.keys()], customers, days: Int32Array.from(rows, ({ day }) => day) },
    amounts: Float64Array.from(rows, ({ amount }) => amount ?? 0),
  };
}

/** Purchases of everybody who is looked at. */
export interface Bought extends PurchaseLists {
  readonly firstDay: Int32Array;
}

/** No customer. */
const nobody = 2 ** 32 - 1;

/** The purchases of everybody whose first one is not after `until`, in the order of the rows with which they came. */
export function boughtUntil({ ids, customers, days, amounts }: PurchaseLists, until: number): Bought {
  const places = new Uint32Array(ids.length).fill(nobody);
  const [kept, firstDays]: [string[], number[]] = [[], []];
  let purchases = 0;
  for (let row = 0; row < days.length; row += 1) {
    const [customer = 0, day = 0] = [customers[row], days[row]];
    if (day > until) continue;
    const place = places[customer] ?? nobody;
    if (place === nobody) {
      places[customer] = kept.length;
      kept.push(ids[customer] ?? "");
      firstDays.push(day);
    } else if (day < (firstDays[place] ?? 0)) firstDays[place] = day;
  }
  const isKept = (customer: number) => places[customer] !== nobody;
  for (const customer of customers) if (isKept(customer)) purchases += 1;
  const bought = {
    ...{ ids: kept, firstDay: Int32Array.from(firstDays), customers: new Uint32Array(purchases) },
    ...{ days: new Int32Array(purchases), amounts: new Float64Array(purchases) },
  };
  let at = 0;
  for (let row = 0; row < days.length; row += 1) {
    const customer = customers[row] ?? 0;
    if (!isKept(customer)) continue;
    bought.customers[at] = places[customer] ?? 0;
    bought.days[at] = days[row] ?? 0;
    bought.amounts[at] = amounts[row] ?? 0;
    at += 1;
  }
  return bought;
}
