import type { Workspace } from "./workspace.ts";

/** Resolves with the first value that is neither undefined, null nor false. */
export async function waitFor<T>(
  workspace: Workspace,
  look: () => T | undefined | null | false,
  timeoutMs = 30_000,
): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const found = look();
    if (found !== undefined && found !== null && found !== false) return found;
    if (Date.now() > deadline) throw new Error(`waited ${timeoutMs} ms in vain for: ${look}`);
    await nextChange(workspace);
  }
}

/** The next change, or a short moment: not everything a test looks at is announced. */
function nextChange(workspace: Workspace): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      stop();
      resolve();
    };
    const timer = setTimeout(done, 20);
    const stop = workspace.onChange(done);
  });
}
