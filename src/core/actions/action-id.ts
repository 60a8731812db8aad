import type { ProposedAction } from "./action.ts";

/** FNV-1a of 128 bits: where it begins, and what it is multiplied with (RFC 9923). */
const [basis, prime] = [0x6c62272e07bb014262b821756295c58dn, 0x0000000001000000000000000000013bn];

/**
 * The id of a proposal: a UUID of version 8 (RFC 9562) whose bits are a hash of kind, account and subject, so that the same
 * proposal has the same id in every snapshot and every store. Nothing secret is in it and nothing rests on its being hard
 * to guess.
 */
export function actionId({
  kind,
  accountId,
  subject,
}: Pick<ProposedAction, "kind" | "accountId" | "subject">): string {
  let hash = basis;
  for (const byte of new TextEncoder().encode(JSON.stringify(["action", kind, accountId, subject])))
    hash = BigInt.asUintN(128, (hash ^ BigInt(byte)) * prime);
  const digits = hash.toString(16).padStart(32, "0");
  const variant = ((Number.parseInt(digits.charAt(16), 16) & 0b0011) | 0b1000).toString(16);
  return [
    digits.slice(0, 8),
    digits.slice(8, 12),
    `8${digits.slice(13, 16)}`,
    `${variant}${digits.slice(17, 20)}`,
    digits.slice(20),
  ].join("-");
}
