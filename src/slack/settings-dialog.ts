import { randomBytes } from "node:crypto";
import type { ViewErrorsResponseAction } from "@slack/bolt";
import type { Mistake, SettingsSubmission } from "../desk.ts";
import { UsageError } from "../usage-error.ts";
import { type DispatchServices, isForeign } from "./dispatch.ts";
import { readSettingsMetadata, submittedFrom } from "./form-metadata.ts";
import { openView } from "./open-view.ts";
import type { Interaction, ViewValues } from "./payloads.ts";
import { renderFailure, renderNotice, renderReply, renderUsage } from "./render-blocks.ts";
import { changedFields, fieldErrors, settingsModal } from "./settings-form.ts";
import { viewerOf } from "./viewer-of.ts";

export interface SettingsDialog {
  /** Opens the form for whoever may change settings; the others are told who may. Never rejects. */
  open(acknowledge: () => Promise<void>, from: Interaction, triggerId: string): Promise<void>;
  /** Saves a submitted form, or shows beside its fields what is wrong. */
  submit(acknowledge: AcknowledgeForm, submission: Submission): Promise<void>;
}

/** A submitted form closes when it is acknowledged without errors. */
type AcknowledgeForm = (answer?: ViewErrorsResponseAction) => Promise<void>;

interface Submission {
  readonly metadata: string;
  readonly values: ViewValues;
  readonly sender: Pick<Interaction, "userId" | "handle" | "teamIds">;
  readonly requestId: string;
}

/**
 * The dialogue in which an admin changes settings. Unlike other requests a submitted form is worked on before
 * it is acknowledged, since the acknowledgement says what is wrong in it.
 */
export function createSettingsDialog(services: DispatchServices): SettingsDialog {
  const { desk, deliver, log, teamId } = services;

  async function fail(to: Interaction, err: unknown): Promise<void> {
    if (err instanceof UsageError) {
      await deliver(to, renderUsage(err.message, err.suggestions), "private");
      return;
    }
    const id = randomBytes(4).toString("hex");
    log.error({ id, err }, "the settings form failed");
    await deliver(to, renderFailure(id), "private");
  }

  /** Undefined for a request that is none of ours. */
  async function save(
    from: Interaction,
    typed: Readonly<Record<string, string>>,
  ): Promise<SettingsSubmission | Mistake | undefined> {
    if (isForeign(from, teamId)) return undefined;
    return desk.submitSettings(await viewerOf(services, from.userId), typed);
  }

  return {
    open: async (acknowledge, from, triggerId) => {
      try {
        await acknowledge();
        if (isForeign(from, teamId)) return;
        const form = await desk.settingsForm(await viewerOf(services, from.userId));
        if (form.ok) await openView(services, { trigger_id: triggerId, view: settingsModal(form, from) });
        else await deliver(from, renderNotice(form.message), "private");
      } catch (err) {
        await fail(from, err);
      }
    },

    submit: async (acknowledge, { metadata, values, sender, requestId }) => {
      const { shown, ...whence } = readSettingsMetadata(metadata);
      const from = submittedFrom(whence, { sender, requestId });
      const saved = await save(from, changedFields(values, shown)).catch((error: unknown) => ({ error }));
      if (saved && "faults" in saved)
        return acknowledge({ response_action: "errors", errors: fieldErrors(saved.faults) });
      await acknowledge();
      if (!saved) return;
      if ("error" in saved) return fail(from, saved.error);
      if (saved.ok) {
        const manner = from.message?.isPrivate ? "replace" : "private";
        await deliver(from, renderReply(saved.reply, { line: "settings" }), manner);
        if (from.isHome) await services.showHome(from.userId);
      } else await deliver(from, renderNotice(saved.message), "private");
    },
  };
}
