import { resolve } from "node:path";
import type { Intake, Refusal } from "../intake/intake.ts";
import { JobBroken } from "./job-broken.ts";
import type { JobRunner } from "./job-runner.ts";

/** The same intake, with what takes long done by the background process. */
export function createRemoteIntake(local: Intake, { run }: Pick<JobRunner, "run">): Intake {
  return {
    refusal: local.refusal,
    rejects: local.rejects,
    preview: (viewer, files, options, watch) =>
      orCutOff("The check of your files", "Nothing was changed.", () =>
        run({ kind: "preview", viewer, files: absolute(files), options }, watch),
      ),
    import: (viewer, files, options, watch) =>
      orCutOff(
        "The import",
        "Nothing is half done: a source's files are loaded as a whole or not at all, and never twice.",
        () => run({ kind: "import", viewer, files: absolute(files), options }, watch),
      ),
    undo: (viewer, importIds, watch) =>
      orCutOff("The undoing", "Nothing is half done: an import is taken back as a whole or not at all.", () =>
        run({ kind: "undo", viewer, importIds: [...importIds] }, watch),
      ),
  };
}

async function orCutOff<Outcome>(
  what: string,
  state: string,
  work: () => Promise<Outcome>,
): Promise<Outcome | Refusal> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof JobBroken)) throw error;
    const message =
      error.because === "stopping"
        ? `${what} was cut off, since Portfolio is being restarted. ${state} Please try again in a minute.`
        : `${what} was cut off by a problem on our side. ${state} Please try again. If that happens twice, tell whoever runs Portfolio: the log has the cause.`;
    return { ok: false, message };
  }
}

/** The background process runs in a folder of its own. */
function absolute(files: readonly string[]): string[] {
  return files.map((file) => resolve(file));
}
