import type { StoreAddress } from "./connect.ts";
import { prepareDirectory, socketFolder } from "./embedded.ts";

/** How a program with a PostgreSQL client of its own reaches the store's database; the embedded one has to be open already. */
export type QueueAddress =
  | { readonly connectionString: string }
  | { readonly host: string; readonly user: string; readonly database: string };

export function queueAddress(address: StoreAddress): QueueAddress {
  return "databaseUrl" in address
    ? { connectionString: address.databaseUrl }
    : { host: socketFolder(prepareDirectory(address.dataDir)), user: "postgres", database: "postgres" };
}
