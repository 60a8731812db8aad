import { z } from "zod";
import { ApiError } from "./api-error.ts";
import type { JsonObject } from "./json.ts";

/** Every method takes these; a client may send them unasked. */
const COMMON = ["token", "team_id"];

/** A whole number; a form can only carry it as text. */
export const wholeNumber = z.coerce.number().int();
/** The two arguments of every method that answers in pages. */
export const paging = { cursor: z.string().optional(), limit: wholeNumber.min(0).max(1000).optional() };

/** The arguments of a method, or Slack's refusal: `invalid_arguments` with a line for each fault. */
export function argumentsAs<T extends z.ZodRawShape>(args: JsonObject, fields: T): z.infer<z.ZodObject<T>> {
  const own = Object.fromEntries(Object.entries(args).filter(([name]) => !COMMON.includes(name)));
  const outcome = z.strictObject(fields).safeParse(own);
  if (outcome.success) return outcome.data as z.infer<z.ZodObject<T>>;
  const messages = outcome.error.issues.flatMap((issue) => lines(issue, own));
  throw new ApiError("invalid_arguments", { response_metadata: { messages } });
}

function lines(issue: z.core.$ZodIssue, args: JsonObject): readonly string[] {
  if (issue.code === "unrecognized_keys")
    return issue.keys.map((name) => `[ERROR] unknown argument: ${name}`);
  const [name] = issue.path;
  if (issue.path.length === 1 && args[String(name)] === undefined) {
    return [`[ERROR] missing required field: ${String(name)}`];
  }
  return [`[ERROR] ${issue.message} [json-pointer:/${issue.path.join("/")}]`];
}
