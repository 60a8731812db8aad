import { useEffect, useMemo, useState } from "react";
import { type Chosen, initialChoiceOf } from "../element-choice.ts";
import type { JsonObject } from "../json.ts";
import type { PageMessage, PageState } from "../page-state.ts";
import { Avatar } from "./avatar.tsx";
import { Blocks } from "./blocks.tsx";
import { type ElementPlace, press, suggest, takeShortcut } from "./connection.ts";
import { FileCard } from "./file-card.tsx";
import { Menu } from "./menu.tsx";
import { Mrkdwn } from "./mrkdwn.tsx";
import { type Surface, SurfaceContext } from "./surface.ts";

interface MessageProps {
  readonly message: PageMessage;
  readonly state: PageState;
}

/** One message: who, when, who sees it, and what it says. */
export function Message({ message, state }: MessageProps) {
  const author = authorOf(message, state);
  const surface = useMessageSurface(message, state.viewer.id);
  const isPrivate = message.ephemeralTo !== undefined;
  const time = timeOf(message.ts, state.viewer.tz);
  return (
    <article className={isPrivate ? "message private" : "message"} aria-label={`${author.name}, ${time}`}>
      <div className="message-body">
        <Avatar name={author.name} isApp={author.isApp} />
        <div className="message-content">
          {isPrivate && (
            <p className="only-you">
              <svg viewBox="0 0 16 16" aria-hidden="true">
                <path d="M8 3C4.4 3 1.7 6 .8 8c.9 2 3.6 5 7.2 5s6.3-3 7.2-5C14.3 6 11.6 3 8 3Zm0 8a3 3 0 1 1 0-6 3 3 0 0 1 0 6Z" />
              </svg>
              Only visible to you
            </p>
          )}
          <header>
            <strong>{author.name}</strong>
            {author.isApp && <span className="badge">App</span>}
            <time dateTime={new Date(Number(message.ts) * 1000).toISOString()}>{time}</time>
            {!isPrivate && !message.isCommandLine && <Shortcuts message={message} state={state} />}
          </header>
          <SurfaceContext value={surface}>
            {message.isCommandLine ? (
              <p className="command-line">{message.text}</p>
            ) : message.blocks.length > 0 ? (
              <Blocks blocks={message.blocks} />
            ) : (
              <div className="text">
                <Mrkdwn text={message.text} />
              </div>
            )}
          </SurfaceContext>
          {message.files.map((file) => (
            <FileCard key={file.id} file={file} />
          ))}
          {message.version > 0 && !isPrivate && <span className="edited">(edited)</span>}
        </div>
      </div>
    </article>
  );
}

/** The menu of what the app can do with a message. */
function Shortcuts({ message, state }: MessageProps) {
  const [isBusy, setIsBusy] = useState(false);
  if (state.shortcuts.length === 0) return null;
  const use = async (callbackId: string) => {
    setIsBusy(true);
    try {
      await takeShortcut({ userId: state.viewer.id, messageTs: message.ts, callbackId });
    } finally {
      setIsBusy(false);
    }
  };
  return (
    <span className="shortcuts">
      <Menu
        label="More actions"
        placeholder="⋯"
        options={state.shortcuts.map(({ callbackId, name }) => ({
          text: { type: "plain_text", text: name },
          value: callbackId,
        }))}
        isMany={false}
        isBusy={isBusy}
        isIcon
        selected={[]}
        onPick={([picked]) => void use(String(picked?.value)).catch(() => undefined)}
      />
    </span>
  );
}

/** Elements of a message tell the app at once; what was chosen stays visible until the message changes. */
function useMessageSurface(message: PageMessage, userId: string): Surface {
  const [choices, setChoices] = useState<Readonly<Record<string, Chosen>>>({});
  // biome-ignore lint/correctness/useExhaustiveDependencies: replaced content starts without choices
  useEffect(() => setChoices({}), [message.version]);
  return useMemo(() => {
    const place = (element: JsonObject, blockId: string): ElementPlace => ({
      userId,
      messageTs: message.ts,
      actionId: String(element.action_id),
      blockId,
    });
    return {
      chosen: (element) => choices[String(element.action_id)] ?? initialChoiceOf(element),
      choose: async (element, blockId, value) => {
        if (element.type !== "overflow") {
          setChoices((known) => ({ ...known, [String(element.action_id)]: value }));
        }
        await press({ ...place(element, blockId), value });
      },
      suggest: (element, blockId, value) => suggest({ ...place(element, blockId), value }),
    };
  }, [choices, message.ts, userId]);
}

function authorOf(
  message: PageMessage,
  state: PageState,
): { readonly name: string; readonly isApp: boolean } {
  if (message.from === "slackbot") return { name: "Slackbot", isApp: false };
  if (message.from === "app") return { name: state.app.name, isApp: true };
  const user = state.users.find((each) => each.id === message.userId);
  return { name: user?.realName ?? message.userId, isApp: false };
}

function timeOf(ts: string, timeZone: string | undefined): string {
  const options = { hour: "2-digit", minute: "2-digit", ...(timeZone ? { timeZone } : {}) } as const;
  return new Date(Number(ts) * 1000).toLocaleTimeString("en-GB", options);
}
