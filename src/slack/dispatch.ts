import { randomBytes } from "node:crypto";
import type { WebClient } from "@slack/web-api";
import type { Logger } from "pino";
import type { FillForm } from "../command.ts";
import type { Answer, Audience, Desk, Request } from "../desk.ts";
import { UsageError } from "../usage-error.ts";
import type { FindReaders } from "./audience.ts";
import type { FindChannel } from "./channels.ts";
import type { ChartPictures } from "./chart-pictures.ts";
import type { Deliver } from "./delivery.ts";
import { sendDownload } from "./downloads.ts";
import type { FileTransfer } from "./file-transfer.ts";
import { fillForm } from "./fill-form.ts";
import { applyFilters, filterForm } from "./filter-form.ts";
import { type FormMetadata, whenceOf } from "./form-metadata.ts";
import type { ShowHome } from "./home-tab.ts";
import { openLogForm } from "./log-form.ts";
import { openView } from "./open-view.ts";
import type { Interaction, ViewValues } from "./payloads.ts";
import type { FindPerson } from "./people.ts";
import { renderFailure, renderNotice, renderUsage } from "./render-blocks.ts";
import { sendAnswer } from "./send-answer.ts";
import { shareAnswer } from "./share-answer.ts";
import { viewerOf } from "./viewer-of.ts";

/** What a request asks for. */
export type Step =
  /** Answers a line; a private message that it was pressed in is replaced. */
  | { readonly kind: "answer"; readonly line: string }
  /** Answers what was asked in words. */
  | { readonly kind: "ask"; readonly line: string }
  /** Posts a line's answer to the channel, once. */
  | { readonly kind: "share"; readonly line: string }
  /** Sends the list of a line as a file: its format, then the line. */
  | { readonly kind: "download"; readonly line: string }
  /** Opens the form that notes what a message tells of an account; `line` is `log`. */
  | {
      readonly kind: "open-log";
      readonly line: string;
      readonly message: { readonly ts: string; readonly text: string };
      readonly triggerId: string;
    }
  /** Opens the form with a line's filters, or one that adds to the line; `label` is what its button says, and about what. */
  | {
      readonly kind: "open-form";
      readonly form: "filter" | FillForm;
      readonly line: string;
      readonly label: string | undefined;
      readonly triggerId: string;
    }
  /** Answers the line of a submitted form with its new filters. */
  | { readonly kind: "submit-form"; readonly form: FormMetadata; readonly values: ViewValues }
  /** Answers the line that a form added to, once however often the form is submitted. */
  | { readonly kind: "fill"; readonly line: string; readonly viewId: string };

export interface DispatchServices {
  readonly desk: Desk;
  readonly workspaceId: string;
  /** Slack's id of the one workspace that is answered. */
  readonly teamId: string;
  readonly client: Pick<WebClient, "views">;
  readonly findPerson: FindPerson;
  readonly findChannel: FindChannel;
  readonly findReaders: FindReaders;
  readonly deliver: Deliver;
  readonly showHome: ShowHome;
  readonly transfer: FileTransfer;
  readonly pictures: ChartPictures;
  readonly now: () => Date;
  readonly log: Pick<Logger, "error" | "warn">;
}

/** Does one step for a person and answers; never rejects. */
export type Dispatch = (acknowledge: () => Promise<void>, from: Interaction, step: Step) => Promise<void>;

/**
 * The one way from a request to an answer, for commands, buttons, menus, forms and questions: acknowledge, since Slack
 * waits three seconds only, then run, render, and respond.
 */
export function createDispatch(services: DispatchServices): Dispatch {
  const { deliver, log } = services;
  return async (acknowledge, from, step) => {
    try {
      await acknowledge();
      if (isForeign(from, services.teamId)) {
        const sentence =
          "Portfolio belongs to another workspace. Ask one of its members to share what you need.";
        await deliver(from, renderNotice(sentence), "private");
        return;
      }
      await perform(services, from, step);
      // What was pressed there may have changed what it shows; a form changes nothing before it is submitted.
      if (from.isHome && !step.kind.startsWith("open-")) await services.showHome(from.userId);
    } catch (err) {
      if (err instanceof UsageError) {
        await deliver(from, renderUsage(err.message, err.suggestions), "private");
        return;
      }
      const id = randomBytes(4).toString("hex");
      const line = step.kind === "submit-form" ? step.form.line : step.line;
      log.error({ id, err, line }, "a request failed");
      await deliver(from, renderFailure(id), "private");
    }
  };
}

/** Whether a request comes from another workspace, as it can in a channel shared with another company. */
export function isForeign(from: Pick<Interaction, "teamIds">, teamId: string): boolean {
  return from.teamIds.length === 0 || from.teamIds.some((id) => id !== teamId);
}

async function perform(services: DispatchServices, from: Interaction, step: Step): Promise<void> {
  switch (step.kind) {
    case "answer":
      return sendAnswer(services, from, await ask(services, from, step.line));
    case "ask": {
      const viewer = await viewerOf(services, from.userId);
      const asked = { viewer, line: step.line, ...whereabouts(services, from) };
      return sendAnswer(services, from, await services.desk.ask(asked));
    }
    case "share":
      return shareAnswer(services, from, step.line, (audience) => ask(services, from, step.line, audience));
    case "download": {
      const viewer = await viewerOf(services, from.userId);
      return sendDownload(services, { viewer, from }, step.line);
    }
    case "open-form":
      return openForm(services, from, step);
    case "open-log":
      return openLogForm(services, from, step);
    case "submit-form": {
      const viewer = await viewerOf(services, from.userId);
      const { desk } = services;
      const line = await applyFilters({ desk, viewer, help: desk.help }, step.form.line, step.values);
      return sendAnswer(services, from, await ask(services, from, line));
    }
    case "fill": {
      const isNew = await services.desk.once(services.workspaceId, `fill:${step.viewId}`, from.requestId);
      if (isNew) await sendAnswer(services, from, await ask(services, from, step.line));
    }
  }
}

async function openForm(
  services: DispatchServices,
  from: Interaction,
  { form, line, label, triggerId }: Step & { readonly kind: "open-form" },
): Promise<void> {
  const about: FormMetadata = { line, ...whenceOf(from) };
  const today = () => services.desk.dayOf(services.workspaceId, services.now());
  const view = form === "filter" ? filterForm(about) : fillForm(form, about, label, await today());
  await openView(services, { trigger_id: triggerId, view });
}

async function ask(
  services: DispatchServices,
  from: Interaction,
  line: string,
  audience?: Audience,
): Promise<Answer> {
  const viewer = await viewerOf(services, from.userId);
  return services.desk.answer({
    viewer,
    line: line.trim() === "" ? "help" : line,
    ...whereabouts(services, from),
    ...(audience && { audience }),
  });
}

/** Where a line was typed, and whom and what it may name there. */
function whereabouts(
  { findPerson, findChannel }: Pick<DispatchServices, "findPerson" | "findChannel">,
  { channelId, userId, isDirect }: Interaction,
): Pick<Request, "people" | "channels" | "place"> {
  return {
    people: findPerson,
    channels: findChannel,
    // What is pressed outside of any conversation is answered in direct messages, and what two people's own messages
    // ask is asked for oneself.
    place: { channelId: channelId ?? userId, isDirect: isDirect ?? channelId?.startsWith("D") ?? true },
  };
}
