import { useEffect, useState } from "react";
import type { Chosen } from "../element-choice.ts";
import type { AppTab } from "../home.ts";
import type { PressOutcome } from "../interactions.ts";
import type { JsonObject } from "../json.ts";
import type { SubmissionOutcome } from "../modals.ts";
import type { PageState } from "../page-state.ts";
import type { SlashOutcome } from "../slash-command.ts";

/** What one user sees, kept up to date by the server; `isLost` while the server is away. */
export function usePageState(userId: string): {
  readonly state: PageState | undefined;
  readonly isLost: boolean;
} {
  const [state, setState] = useState<PageState>();
  const [isLost, setIsLost] = useState(false);
  useEffect(() => {
    const events = new EventSource(`/page/events?user=${encodeURIComponent(userId)}`);
    events.onmessage = (event) => {
      setState(JSON.parse(event.data));
      setIsLost(false);
    };
    events.onerror = () => setIsLost(true);
    return () => events.close();
  }, [userId]);
  return { state, isLost };
}

async function post<T>(action: string, input: object): Promise<T> {
  const response = await fetch(`/page/${action}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(input),
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(String(answer.error));
  return answer;
}

interface Place {
  readonly userId: string;
  readonly channelId: string;
}
export interface ElementPlace {
  readonly userId: string;
  readonly messageTs?: string;
  readonly viewId?: string;
  readonly actionId: string;
  readonly blockId: string;
}

export const slash = (input: Place & { readonly text: string }) => post<SlashOutcome>("slash", input);
export const say = (input: Place & { readonly text: string; readonly fileIds: readonly string[] }) =>
  post<unknown>("say", input);

/** Sends a file's bytes; resolves with the id to post or submit it by. */
export async function upload(userId: string, file: File): Promise<string> {
  const query = new URLSearchParams({ user: userId, name: file.name });
  const response = await fetch(`/page/upload?${query}`, {
    method: "POST",
    headers: { "Content-Type": "application/octet-stream" },
    body: file,
  });
  if (!response.ok) throw new Error(await response.text());
  return String((await response.json()).id);
}

/** Tells the app; rejects when the app did not acknowledge. */
export async function press(input: ElementPlace & { readonly value: Chosen }): Promise<void> {
  const outcome = await post<PressOutcome>("press", input);
  if (!outcome.ok) throw new Error(outcome.error);
}

/** Uses a shortcut of a message's menu; rejects when the app did not acknowledge. */
export async function takeShortcut(input: {
  readonly userId: string;
  readonly messageTs: string;
  readonly callbackId: string;
}): Promise<void> {
  const outcome = await post<PressOutcome>("shortcut", input);
  if (!outcome.ok) throw new Error(outcome.error);
}

/** Tells the app which of its tabs somebody looks at. */
export const openTab = (input: { readonly userId: string; readonly tab: AppTab }) =>
  post<unknown>("tab", input);

export const suggest = (input: ElementPlace & { readonly value: string }) =>
  post<readonly JsonObject[]>("suggest", input);
export const submit = (input: {
  readonly userId: string;
  readonly viewId: string;
  readonly values: Readonly<Record<string, Chosen>>;
}) => post<SubmissionOutcome>("submit", input);
export const close = (input: { readonly userId: string; readonly viewId: string; readonly all?: boolean }) =>
  post<unknown>("close", input);
