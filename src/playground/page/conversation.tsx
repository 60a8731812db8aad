import { useEffect, useRef, useState } from "react";
import type { PageConversation, PageState } from "../page-state.ts";
import { Avatar } from "./avatar.tsx";
import { Composer, sendLine } from "./composer.tsx";
import { Home } from "./home.tsx";
import { Message } from "./message.tsx";

interface ConversationProps {
  readonly state: PageState;
  readonly conversation: PageConversation;
  openSidebar(): void;
}

/** A channel or the direct messages with the app. */
export function Conversation({ state, conversation, openSidebar }: ConversationProps) {
  const [text, setText] = useState("");
  const [files, setFiles] = useState<readonly File[]>([]);
  const [tab, setTab] = useState<"messages" | "home">("messages");
  const list = useRef<HTMLDivElement>(null);
  const newest = conversation.messages.at(-1);
  const toNewest = () => list.current?.scrollTo({ top: list.current.scrollHeight });
  // biome-ignore lint/correctness/useExhaustiveDependencies: it scrolls when something new is shown
  useEffect(() => {
    toNewest();
  }, [newest?.ts, conversation.id, tab, files.length]);
  const isDirect = conversation.kind === "im";
  const { home } = state;
  return (
    <main
      className="conversation"
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        setFiles([...files, ...event.dataTransfer.files]);
      }}
    >
      <header className="conversation-header">
        <button type="button" className="open-sidebar" aria-label="Show channels" onClick={openSidebar}>
          ☰
        </button>
        <h1>{isDirect ? state.app.name : `# ${conversation.name}`}</h1>
        <span className="members">
          {isDirect ? "Direct messages with the app" : `${conversation.memberCount} members`}
          {conversation.isShared && ", shared with another company"}
        </span>
        {isDirect && home && (
          <div className="tabs" role="tablist" aria-label="App views">
            {(["messages", "home"] as const).map((name) => (
              <button
                key={name}
                type="button"
                role="tab"
                aria-selected={tab === name}
                onClick={() => setTab(name)}
              >
                {name === "home" ? "Home" : "Messages"}
              </button>
            ))}
          </div>
        )}
      </header>
      {isDirect && home && tab === "home" ? (
        <div className="messages">
          <Home view={home} userId={state.viewer.id} />
        </div>
      ) : (
        <div className="messages" ref={list} role="log" aria-label="Messages" onLoadCapture={toNewest}>
          <Welcome {...{ state, conversation }} />
          {conversation.messages.map((message, index) => (
            <div key={message.ts}>
              <DayMark ts={message.ts} before={conversation.messages[index - 1]?.ts} />
              <Message message={message} state={state} />
            </div>
          ))}
        </div>
      )}
      <Composer {...{ state, conversation, text, setText, files, setFiles }} />
    </main>
  );
}

const MOST_CHIPS = 8;

/** What a newcomer reads first: where they are, what the app does, and lines to try. */
function Welcome({ state, conversation }: Pick<ConversationProps, "state" | "conversation">) {
  return (
    <section className="welcome" aria-label="Introduction">
      <Avatar name={state.app.name} isApp />
      <div>
        <h2>
          {conversation.kind === "im" ? `Your messages with ${state.app.name}` : `# ${conversation.name}`}
        </h2>
        {state.intro && <p>{state.intro}</p>}
        <ul className="chips" aria-label="Commands to try">
          {state.completions.slice(0, MOST_CHIPS).map((each) => (
            <li key={each.text}>
              <button
                type="button"
                title={each.summary}
                onClick={() =>
                  sendLine(state, conversation.id, `${state.command} ${each.text}`).catch(() => undefined)
                }
              >
                {state.command} {each.text}
              </button>
            </li>
          ))}
        </ul>
      </div>
    </section>
  );
}

function DayMark({ ts, before }: { readonly ts: string; readonly before: string | undefined }) {
  const day = dayOf(ts);
  if (before !== undefined && dayOf(before) === day) return null;
  const isToday = day === dayOf(String(Date.now() / 1000));
  return (
    <div className="day-mark">
      <span>{isToday ? "Today" : day}</span>
    </div>
  );
}

function dayOf(ts: string): string {
  const options = { weekday: "long", day: "numeric", month: "long" } as const;
  return new Date(Number(ts) * 1000).toLocaleDateString("en-GB", options);
}
