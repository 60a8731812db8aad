/** The environment does not make sense; the message says what to set. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
}
