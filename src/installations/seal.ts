import { createHash, createSecretKey } from "node:crypto";
import { CompactEncrypt, compactDecrypt, decodeProtectedHeader } from "jose";

/** Keeps texts of a workspace unreadable in the store. */
export interface Seal {
  seal(workspaceId: string, text: string): Promise<string>;
  /** Rejects what was sealed for another workspace, with a key that is not here, or was changed since. */
  open(workspaceId: string, sealed: string): Promise<string>;
  /** Whether the newest key has sealed it. */
  isCurrent(sealed: string): boolean;
}

/** Something sealed that does not open. */
export class SealBroken extends Error {
  override readonly name = "SealBroken";
}

/**
 * AES-256-GCM as compact JWE. The header names the key and the workspace; it is authenticated, so that a row which
 * somebody copies to another workspace does not open there.
 *
 * @param keys of 32 bytes each: the first one seals, all of them open.
 */
export function createSeal(keys: readonly [Uint8Array, ...Uint8Array[]]): Seal {
  // Made once: it takes longer than the sealing.
  const byId = new Map(keys.map((key) => [idOf(key), createSecretKey(key)]));
  const [newest] = keys;
  const kid = idOf(newest);
  return {
    seal: (workspaceId, text) =>
      new CompactEncrypt(new TextEncoder().encode(text))
        .setProtectedHeader({ alg: "dir", enc: "A256GCM", kid, workspace: workspaceId })
        .encrypt(byId.get(kid) ?? newest),

    async open(workspaceId, sealed) {
      const key = byId.get(keyIdOf(sealed) ?? "");
      if (!key) throw new SealBroken("it was sealed with a key that is not in ENCRYPTION_KEY");
      const limits = { keyManagementAlgorithms: ["dir"], contentEncryptionAlgorithms: ["A256GCM"] };
      const { plaintext, protectedHeader } = await compactDecrypt(sealed, key, limits).catch((cause) => {
        throw new SealBroken("it was changed after it was sealed", { cause });
      });
      if (protectedHeader.workspace !== workspaceId)
        throw new SealBroken("it was sealed for another workspace");
      return new TextDecoder().decode(plaintext);
    },

    isCurrent: (sealed) => keyIdOf(sealed) === kid,
  };
}

/** Names a key without telling anything about it. */
function idOf(key: Uint8Array): string {
  return createHash("sha256").update("portfolio key ").update(key).digest("base64url").slice(0, 12);
}

function keyIdOf(sealed: string): string | undefined {
  try {
    const { kid } = decodeProtectedHeader(sealed);
    return typeof kid === "string" ? kid : undefined;
  } catch {
    return undefined;
  }
}
