import type { Purchase, PurchaseLists } from "../core/models/purchase-lists.ts";

/** Purchases as they are read, in lists that grow. */
interface PurchaseLog {
  add(purchase: Purchase): void;
  /** What was added so far. */
  lists(): PurchaseLists;
}

/** Entries for which there is room at first; it doubles. */
const firstRoom = 1_024;

export function createPurchaseLog(): PurchaseLog {
  const places = new Map<string, number>();
  let [customers, days] = [new Uint32Array(firstRoom), new Int32Array(firstRoom)];
  let amounts = new Float64Array(firstRoom);
  let count = 0;
  const grow = () => {
    const [before, room] = [{ customers, days, amounts }, 2 * days.length];
    [customers, days] = [new Uint32Array(room), new Int32Array(room)];
    amounts = new Float64Array(room);
    customers.set(before.customers);
    days.set(before.days);
    amounts.set(before.amounts);
  };
  return {
    add({ customerId, day, amount }) {
      if (count === days.length) grow();
      const place = places.get(customerId) ?? places.size;
      if (place === places.size) places.set(customerId, place);
      customers[count] = place;
      days[count] = day;
      amounts[count] = amount ?? 0;
      count += 1;
    },
    lists: () => ({
      ids: [...places.keys()],
      ...{ customers: customers.subarray(0, count), days: days.subarray(0, count) },
      amounts: amounts.subarray(0, count),
    }),
  };
}
