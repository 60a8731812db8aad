import { Refused } from "./refused.ts";

/** A backup, restore or migration that cannot go on; the sentence says why and what to do instead. */
export class TransferRefused extends Refused {
  override readonly name = "TransferRefused";
}
