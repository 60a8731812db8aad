/** Who asks, and in which workspace; every query of the store takes one. */
export interface Viewer {
  readonly workspaceId: string;
  /** Verified e-mail address, if known: what ties a person to a sales rep. */
  readonly email?: string;
  /** Display name; a stand-in for the e-mail where a person asks from a terminal. */
  readonly name?: string;
}
