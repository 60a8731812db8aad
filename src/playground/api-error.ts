import type { JsonObject } from "./json.ts";
import type { Workspace } from "./workspace.ts";

/** A Web API method: arguments in, the answer without `ok` out; it throws an `ApiError` to refuse. */
export type Method = (workspace: Workspace, args: JsonObject) => JsonObject;

/** A refusal with Slack's error code; `details` joins the answer. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly details: JsonObject;
  constructor(code: string, details: JsonObject = {}) {
    super(code);
    this.details = details;
  }
}
