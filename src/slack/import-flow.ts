import { randomBytes } from "node:crypto";
import type { WebClient } from "@slack/web-api";
import type { Logger } from "pino";
import type { IntakeOptions, Undecided, Watch } from "../intake/intake.ts";
import type { Viewer } from "../store/viewer.ts";
import { UsageError } from "../usage-error.ts";
import type { SlackMessage } from "./block-parts.ts";
import { openDirectMessages } from "./direct-messages.ts";
import { type DispatchServices, isForeign } from "./dispatch.ts";
import type { FileTransfer } from "./file-transfer.ts";
import { importModal } from "./import-form.ts";
import {
  renderDateQuestion,
  renderImported,
  renderPreview,
  renderRefusal,
  renderUndoRefusal,
} from "./import-messages.ts";
import type { Decision, ImportRequest, UndoRequest } from "./import-request.ts";
import { openView } from "./open-view.ts";
import type { Interaction } from "./payloads.ts";
import { failureSentence, renderNotice, renderReply } from "./render-blocks.ts";
import { sendRejects } from "./send-rejects.ts";
import { sentenceOf as sentenceOn } from "./slack-advice.ts";
import { postStatus, type StatusMessage, statusAt } from "./status-message.ts";
import { viewerOf } from "./viewer-of.ts";

export interface ImportServices extends Omit<DispatchServices, "client" | "log"> {
  readonly client: Pick<WebClient, "chat" | "conversations" | "views">;
  readonly transfer: FileTransfer;
  readonly now: () => Date;
  readonly log: Pick<Logger, "error" | "warn">;
}

/**
 * The way from files in Slack to a portfolio: check, decide, import, and back. All of it happens in one message
 * of the admin's direct messages. Everybody is asked anew who they are at each step, and nothing is remembered
 * between steps but what the buttons carry. Nothing rejects.
 */
export interface ImportFlow {
  /** Opens the form into which files are put. */
  open(from: Interaction, triggerId: string): Promise<void>;
  /** Begins with files that somebody uploaded; `from` is where they are told that it has begun. */
  begin(from: Interaction, request: ImportRequest): Promise<void>;
  press(from: Interaction, decision: Decision): Promise<void>;
}

export function createImportFlow(services: ImportServices): ImportFlow {
  const { desk, workspaceId, teamId, client, transfer, deliver, log, now } = services;
  const { intake } = desk;

  /** The viewer, if they may import; they are told otherwise. */
  async function admit(from: Interaction): Promise<Viewer | undefined> {
    if (isForeign(from, teamId)) return undefined;
    const viewer = await viewerOf(services, from.userId);
    const refusal = await intake.refusal(viewer);
    if (refusal === undefined) return viewer;
    await deliver(from, renderNotice(refusal), "private");
    return undefined;
  }

  async function check(viewer: Viewer, request: ImportRequest, status: StatusMessage): Promise<SlackMessage> {
    const outcome = await transfer.withFiles(request.files, (paths) =>
      intake.preview(viewer, paths, optionsOf(request), watch(status, "Checking")),
    );
    return outcome.ok ? renderPreview(outcome.reply, request) : renderUndecided(outcome, request, "check");
  }

  async function run(
    { viewer, userId }: { readonly viewer: Viewer; readonly userId: string },
    request: ImportRequest,
    status: StatusMessage,
  ): Promise<SlackMessage> {
    const outcome = await transfer.withFiles(request.files, (paths) =>
      intake.import(viewer, paths, optionsOf(request), watch(status, "Importing")),
    );
    if (!outcome.ok) return renderUndecided(outcome, request, "run");
    const { reply, importIds, issues } = outcome;
    // What is imported is imported, whether or not its file can be sent.
    const remark =
      issues === 0 ? undefined : await sendRejects(services, { viewer, userId }, importIds).catch(sentenceOf);
    return renderImported(reply, importIds, remark);
  }

  async function undo(viewer: Viewer, request: UndoRequest, status: StatusMessage): Promise<SlackMessage> {
    const outcome = await intake.undo(viewer, request.imports, watch(status, "Undoing"));
    return outcome.ok
      ? renderReply(outcome.reply, { line: "" })
      : renderUndoRefusal(outcome.message, request);
  }

  /** Does a step and shows what came of it; what goes wrong is told in the message, with a way to try again. */
  async function perform(
    { viewer, userId }: { readonly viewer: Viewer; readonly userId: string },
    decision: Exclude<Decision, { readonly step: "cancel" }>,
    status: StatusMessage,
  ): Promise<void> {
    const work = () => {
      switch (decision.step) {
        case "check":
          return check(viewer, decision.request, status);
        case "run":
          return run({ viewer, userId }, decision.request, status);
        case "undo":
          return undo(viewer, decision.request, status);
      }
    };
    const told = (err: unknown) =>
      decision.step === "undo"
        ? renderUndoRefusal(sentenceOf(err), decision.request)
        : renderRefusal(sentenceOf(err), decision.request, decision.step);
    await status.show(await work().catch(told));
  }

  async function orFail(from: Interaction, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (err) {
      await deliver(from, renderNotice(sentenceOf(err)), "private");
    }
  }

  function sentenceOf(err: unknown): string {
    if (err instanceof UsageError) return err.message;
    const id = randomBytes(4).toString("hex");
    log.error({ id, err }, "an import failed");
    return failureSentence(id);
  }

  return {
    open: (from, triggerId) =>
      orFail(from, async () => {
        if (await admit(from))
          await openView({ client, log }, { trigger_id: triggerId, view: importModal(from) });
      }),

    begin: (from, request) =>
      orFail(from, async () => {
        const viewer = await admit(from);
        if (!viewer) return;
        const opened = await openDirectMessages({ client, log }, from.userId);
        if (!opened.ok) throw new UsageError(`I could not begin. ${sentenceOn(opened.fault)}`);
        const channelId = opened.value;
        const status = await postStatus({ client, channelId, now, log }, saying.check);
        if (from.channelId !== channelId)
          await deliver(from, renderNotice("I am checking the files: see our direct messages."), "private");
        await perform({ viewer, userId: from.userId }, { step: "check", request }, status);
      }),

    press: (from, decision) =>
      orFail(from, async () => {
        const viewer = await admit(from);
        const { channelId, message } = from;
        if (!viewer || channelId === undefined || message === undefined) return;
        const { step, request } = decision;
        // However often it is pressed, and whichever replica hears of it; Import and Cancel exclude each other.
        const key = `import:${channelId}:${message.ts}:${request.attempt}:${step === "cancel" ? "run" : step}`;
        if (!(await desk.once(workspaceId, key, from.requestId))) {
          await deliver(from, renderNotice("This was pressed already."), "private");
          return;
        }
        const status = statusAt({ client, channelId, now, log }, message.ts);
        await status.show(renderNotice(saying[step]));
        if (decision.step !== "cancel") await perform({ viewer, userId: from.userId }, decision, status);
      }),
  };
}

const saying = {
  check: "Checking the files …",
  run: "Importing …",
  undo: "Undoing the import …",
  cancel: "Cancelled. Nothing was imported.",
} as const;

function renderUndecided(outcome: Undecided, request: ImportRequest, step: "check" | "run") {
  return outcome.asks === "dates"
    ? renderDateQuestion(outcome.message, request)
    : renderRefusal(outcome.message, request, step);
}

function optionsOf({ currency, dates }: ImportRequest): IntakeOptions {
  return { ...(currency === undefined ? {} : { currency }), ...(dates === undefined ? {} : { dates }) };
}

function watch(status: StatusMessage, doing: string): Watch {
  return {
    progress: (file, rows, fraction) =>
      status.progress(`${doing} ${file}: ${rows.toLocaleString("en")} rows, ${Math.floor(fraction * 100)} %`),
    waiting: (sentence) => status.progress(sentence),
  };
}
