import type { Desk } from "../desk.ts";
import type { Viewer } from "../store/viewer.ts";
import type { FileTransfer } from "./file-transfer.ts";

/**
 * Sends what imports did not load into the direct messages of whoever imported, as one file, and returns the
 * sentence that says so.
 *
 * @throws UsageError when Slack does not take the file.
 */
export async function sendRejects(
  { desk, transfer }: { readonly desk: Pick<Desk, "intake">; readonly transfer: FileTransfer },
  { viewer, userId }: { readonly viewer: Viewer; readonly userId: string },
  importIds: readonly number[],
): Promise<string> {
  const rejects = await desk.intake.rejects(viewer, importIds);
  if (!rejects.ok) return rejects.message;
  const pieces: string[] = [];
  for await (const piece of rejects.csv) pieces.push(piece);
  const file = { name: `import-${importIds.join("-")}-rejected.csv`, bytes: Buffer.from(pieces.join("")) };
  const comment =
    "These rows were not loaded, or hold values that look wrong. Mend them and import the file again.";
  await transfer.send(userId, file, comment);
  return "The file of what was not loaded or looks wrong is here too.";
}
