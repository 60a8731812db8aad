/** The person's mistake, worded for the person, with lines that would work; every other error is ours. */
export class UsageError extends Error {
  override readonly name = "UsageError";
  readonly suggestions: readonly Suggestion[];
  constructor(message: string, suggestions: readonly Suggestion[] = []) {
    super(message);
    this.suggestions = suggestions;
  }
}

interface Suggestion {
  readonly label: string;
  /** A line that can be typed as it is. */
  readonly line: string;
}
