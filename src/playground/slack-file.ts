import { isObject, type JsonObject, textOf } from "./json.ts";

/** The file an image block's or element's `slack_file` means, by id or by address. */
export function fileIdOf(slackFile: JsonObject): string | undefined {
  return textOf(slackFile.id) ?? /[-/](F[0-9A-Z]+)\//.exec(textOf(slackFile.url) ?? "")?.[1];
}

/** The `slack_file` objects of some blocks, wherever they stand. */
export function slackFilesIn(value: unknown): readonly JsonObject[] {
  if (Array.isArray(value)) return value.flatMap(slackFilesIn);
  if (!isObject(value)) return [];
  const own = isObject(value.slack_file) ? [value.slack_file] : [];
  return [...own, ...Object.values(value).flatMap(slackFilesIn)];
}
