import { objectOf } from "../json.ts";
import { withEmoji } from "./emoji.ts";
import { Mrkdwn } from "./mrkdwn.tsx";

/** A text object: markup only where it says so. */
export function Text({ value }: { readonly value: unknown }) {
  const { type } = objectOf(value);
  return type === "mrkdwn" ? <Mrkdwn text={rawTextOf(value)} /> : plainTextOf(value);
}

/** A text object's words, with emoji for their names. */
export function plainTextOf(value: unknown): string {
  return withEmoji(rawTextOf(value));
}

function rawTextOf(value: unknown): string {
  const { text } = objectOf(value);
  return typeof text === "string" ? text : "";
}
