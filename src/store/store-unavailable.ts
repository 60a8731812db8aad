/** The store cannot be opened; the sentence says which one and what to check. */
export class StoreUnavailable extends Error {
  override readonly name = "StoreUnavailable";
}
