/** Who asks, and in which workspace; every query of the store takes one. */
export interface Viewer {
  readonly workspaceId: string;
  /** Slack's id of them; undefined at a terminal. */
  readonly userId?: string;
  /** Verified e-mail address, if known: what ties a person to a sales rep and to their role. */
  readonly email?: string;
  /** Display name; a stand-in for the e-mail where a person asks from a terminal. */
  readonly name?: string;
  /**
   * What vouches for them: the terminal of whoever runs the server, or full membership in the Slack
   * workspace. Undefined for guests and people of other companies, who see nothing.
   */
  readonly standing?: "operator" | "member" | "workspace-admin";
}
