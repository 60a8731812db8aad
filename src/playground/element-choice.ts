import { isObject, type JsonObject } from "./json.ts";

/** What a test or the page says was chosen: a value, several, or a whole option. */
export type Chosen = string | readonly string[] | JsonObject | readonly JsonObject[] | null;

/** What an element holds before anybody touches it, from its `initial_…` field. */
export function initialChoiceOf(element: JsonObject): Chosen {
  const initial = Object.entries(element).find(([key]) => key.startsWith("initial_"))?.[1];
  if (typeof initial === "number") return String(initial);
  if (typeof initial === "string") return initial;
  if (isObject(initial)) return initial;
  if (!Array.isArray(initial)) return null;
  const options = initial.filter(isObject);
  return options.length > 0 ? options : initial.filter((each) => typeof each === "string");
}
