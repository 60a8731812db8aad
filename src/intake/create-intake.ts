import { issuesCsv } from "../exports/issues-csv.ts";
import { DateOrderFault } from "../ingest/dialect.ts";
import { type ImportReport, importFiles } from "../ingest/import-files.ts";
import { whoMay } from "../settings/edit-settings.ts";
import type { Access } from "../store/access.ts";
import type { Issue } from "../store/imports.ts";
import { Refused } from "../store/refused.ts";
import { requireRole } from "../store/roles.ts";
import type { Store } from "../store/store.ts";
import type { Viewer } from "../store/viewer.ts";
import { FileFault } from "../tables/file-fault.ts";
import { UsageError } from "../usage-error.ts";
import { importedReply, previewReply, undoneReply } from "./import-words.ts";
import type { Intake, IntakeOptions, Refusal, Undecided, Watch } from "./intake.ts";

/** What the person can mend: its message says how. */
const mistakes = [FileFault, Refused, UsageError] as const;

/** Puts files, store and clock together for those who may import. */
export function createIntake({ store, now }: { readonly store: Store; readonly now: () => Date }): Intake {
  /** @throws NotAllowed */
  async function adminAccess(viewer: Viewer): Promise<Access> {
    const access = await store.access(viewer);
    requireRole(access, "admin");
    return access;
  }

  async function load(
    viewer: Viewer,
    files: readonly string[],
    options: IntakeOptions,
    watch: Watch,
    dryRun: boolean,
  ): Promise<ImportReport> {
    const { workspaceId, signature } = await adminAccess(viewer);
    return importFiles({
      store,
      workspaceId,
      files,
      now,
      dryRun,
      by: signature,
      ...(options.currency === undefined ? {} : { currency: options.currency }),
      ...(options.dates === undefined ? {} : { dates: options.dates }),
      progress: (file, rows, fraction) => watch.progress(file, rows, fraction),
      onWait: (sentence) => watch.waiting(sentence),
    });
  }

  async function takeBack(
    { workspaceId, signature }: Access,
    importIds: readonly number[],
    watch: Watch,
  ): Promise<void> {
    const onWait = (sentence: string) => watch.waiting(sentence);
    const undone = new Set(
      (await store.imports(workspaceId)).filter(({ status }) => status === "undone").map(({ id }) => id),
    );
    // An attempt that was cut off has undone some of them. Where nothing is left to undo, the store says so.
    const left = importIds.filter((id) => !undone.has(id));
    // The newest first, as if each had been the last.
    for (const id of (left.length > 0 ? left : importIds).toSorted((one, other) => other - one))
      await store.undoImport(workspaceId, id, { startedBy: signature, onWait });
  }

  async function* issuesOf(workspaceId: string, importIds: readonly number[]): AsyncGenerator<Issue> {
    for (const id of importIds) yield* store.issues(workspaceId, id);
  }

  return {
    refusal: async (viewer) => {
      const access = await store.access(viewer);
      if (access.role === "admin") return undefined;
      if (access.role === undefined) return "Only full members of this workspace may import files.";
      return `Only an admin imports files. ${whoMay((await store.decisions(access).settings()).admins)}`;
    },

    preview: (viewer, files, options, watch) =>
      orUndecided(async () => ({
        ok: true,
        reply: previewReply(await load(viewer, files, options, watch, true)),
      })),

    import: (viewer, files, options, watch) =>
      orUndecided(async () => {
        const earlier = await store.imports(viewer.workspaceId);
        const isFirst = !earlier.some(({ status }) => status === "visible");
        const report = await load(viewer, files, options, watch, false);
        const { sources } = report;
        return {
          ok: true,
          reply: importedReply(report, { isFirst }),
          importIds: sources.map(({ importId }) => importId),
          issues: sources.reduce((sum, source) => sum + source.suspects.length + rejectedIn(source), 0),
        };
      }),

    undo: (viewer, importIds, watch) =>
      orRefusal(async () => {
        const access = await adminAccess(viewer);
        const { workspaceId } = access;
        const computeAnew = async () =>
          store.refresh(await store.ensureWorkspace(workspaceId), { now: now() });
        await takeBack(access, importIds, watch).catch(async (error) => {
          // Some may be undone, and what people see must say so.
          if (importIds.length > 1) await computeAnew();
          throw error;
        });
        return { ok: true, reply: undoneReply(importIds, await computeAnew()) };
      }),

    rejects: (viewer, importIds) =>
      orRefusal(async () => {
        const { workspaceId } = await adminAccess(viewer);
        return { ok: true, csv: issuesCsv(issuesOf(workspaceId, importIds), { byteOrderMark: true }) };
      }),
  };
}

async function orUndecided<Outcome>(work: () => Promise<Outcome>): Promise<Outcome | Undecided> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof DateOrderFault) return { ok: false, message: error.finding, asks: "dates" };
    return refusalOf(error);
  }
}

async function orRefusal<Outcome>(work: () => Promise<Outcome>): Promise<Outcome | Refusal> {
  try {
    return await work();
  } catch (error) {
    return refusalOf(error);
  }
}

/** What the person can mend, as a sentence; what we did wrong is thrown again. */
function refusalOf(error: unknown): Refusal {
  if (error instanceof Error && mistakes.some((mistake) => error instanceof mistake))
    return { ok: false, message: error.message };
  throw error;
}

function rejectedIn({ files }: ImportReport["sources"][number]): number {
  return files.reduce((sum, { rejected }) => sum + rejected, 0);
}
