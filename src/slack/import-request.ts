import { z } from "zod";

/** A form takes so many files, and so does a message. */
export const MOST_FILES = 10;

const slackFileId = z.string().regex(/^F[A-Z0-9]{2,40}$/);

/** How often it was tried before: every try may be pressed once. */
const attempts = z.int().min(0).max(99).default(0);

/** What is to be imported. It travels in the buttons, so that any replica can go on. */
const importRequest = z.object({
  files: z.array(slackFileId).min(1).max(MOST_FILES),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .optional(),
  dates: z.enum(["dmy", "mdy"]).optional(),
  attempt: attempts,
});
export type ImportRequest = z.output<typeof importRequest>;

/** The numbers of the imports to take back. */
const undoRequest = z.object({
  imports: z.array(z.int().positive()).min(1).max(MOST_FILES).readonly(),
  attempt: attempts,
});
export type UndoRequest = z.output<typeof undoRequest>;

export function toValue(request: ImportRequest | UndoRequest): string {
  return JSON.stringify(request);
}

/** Undefined for a value that no button of ours has. */
export function readImportRequest(value: string | undefined): ImportRequest | undefined {
  return importRequest.safeParse(parseJson(value)).data;
}

/** What somebody decided by pressing a button of an import. */
export type Decision =
  | { readonly step: "check" | "run"; readonly request: ImportRequest }
  | { readonly step: "cancel"; readonly request: ImportRequest }
  | { readonly step: "undo"; readonly request: UndoRequest };

/** Undefined for a button that is none of ours. */
export function readDecision(step: string, value: string | undefined): Decision | undefined {
  if (step === "undo") {
    const { data } = undoRequest.safeParse(parseJson(value));
    return data && { step, request: data };
  }
  if (step !== "check" && step !== "run" && step !== "cancel") return undefined;
  const request = readImportRequest(value);
  return request && { step, request };
}

function parseJson(value = ""): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}
