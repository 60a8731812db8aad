/** What somebody asked for and the store does not do; the message is for them. */
export class Refused extends Error {
  override readonly name: string = "Refused";
}
