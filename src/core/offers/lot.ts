const bytesOf = new TextEncoder();

/**
 * Draws lots that anybody can draw again: the same seed and account always give the same number, from 0 up to but not 1.
 * It is the 32-bit FNV-1a hash of the UTF-8 bytes of `<seed>/<account>`, mixed by MurmurHash3's finalizer, because FNV alone
 * leaves names that differ in their last letter close together, divided by 2³².
 */
export function drawLots(seed: string): (accountId: string) => number {
  return (accountId) => mixed(hashOf(bytesOf.encode(`${seed}/${accountId}`))) / 2 ** 32;
}

function hashOf(bytes: Uint8Array): number {
  return bytes.reduce((hash, byte) => Math.imul(hash ^ byte, 0x01000193), 0x811c9dc5);
}

function mixed(hash: number): number {
  const first = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  const second = Math.imul(first ^ (first >>> 13), 0xc2b2ae35);
  return (second ^ (second >>> 16)) >>> 0;
}
