import { inject } from "vitest";
import type { StoreAddress } from "../../src/store/connect.ts";

/** Where the store of this worker is: tests of one file share it with those of the worker's other files. */
export function storeAddress(): StoreAddress {
  const addresses = inject("storeAddresses");
  const address = addresses[Number(process.env.VITEST_POOL_ID) % addresses.length];
  if (!address) throw new RangeError("no store for this worker");
  return address;
}
