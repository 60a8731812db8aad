/** A job that ended with the process that did it, or was not begun because the bot stops. The log has the cause. */
export class JobBroken extends Error {
  override readonly name = "JobBroken";
  readonly because: "died" | "stopping";
  constructor(because: "died" | "stopping") {
    super(because === "died" ? "the background process died" : "the bot stops");
    this.because = because;
  }
}
