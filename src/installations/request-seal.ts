import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";
import type { RequestSeal } from "../slack/request-ledger.ts";
import { SealBroken } from "./seal.ts";

const CIPHER = "aes-256-gcm";
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Seals what is kept of a request for the moments until it is answered: AES-256-GCM with the workspace authenticated,
 * under keys that follow from the given secrets. Node's own and not JWE, as tokens are sealed: every request waits for
 * it, and this takes a twentieth of the time.
 *
 * @param secrets the first one seals, all of them open.
 */
export function createRequestSeal(
  secrets: readonly [string | Uint8Array, ...(string | Uint8Array)[]],
): RequestSeal {
  const keys = secrets.map(
    (secret) => new Uint8Array(hkdfSync("sha256", secret, "", "portfolio requests", 32)),
  );
  const [newest = new Uint8Array()] = keys;
  return {
    seal(workspaceId, text) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv(CIPHER, newest, nonce).setAAD(Buffer.from(workspaceId));
      const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString("base64");
    },

    open(workspaceId, sealed) {
      const bytes = Buffer.from(sealed, "base64");
      for (const key of keys) {
        try {
          return opened(bytes, key, workspaceId);
        } catch {
          // It may be another key's.
        }
      }
      throw new SealBroken("it was sealed with another key, for another workspace, or was changed since");
    },
  };
}

function opened(bytes: Buffer, key: Uint8Array, workspaceId: string): string {
  const decipher = createDecipheriv(CIPHER, key, bytes.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES })
    .setAAD(Buffer.from(workspaceId))
    .setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
  return Buffer.concat([
    decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)),
    decipher.final(),
  ]).toString();
}
