import { useEffect, useRef, useState } from "react";
import type { AppTab } from "../home.ts";
import type { PageConversation, PageState } from "../page-state.ts";
import { Avatar } from "./avatar.tsx";
import { Composer, sendLine } from "./composer.tsx";
import { Home } from "./home.tsx";
import { Message } from "./message.tsx";

/** Which of the app's tabs is shown, so that a reload shows the same. */
const TAB_KEY = "playground-tab";

interface ConversationProps {
  readonly state: PageState;
  readonly conversation: PageConversation;
  openSidebar(): void;
}

/** A channel or the direct messages with the app. */
export function Conversation({ state, conversation, openSidebar }: ConversationProps) {
  const [text, setText] = useState("");
  const [files, setFiles] = useState<readonly File[]>([]);
  const [tab, setTab] = useState<AppTab>(() =>
    sessionStorage.getItem(TAB_KEY) === "home" ? "home" : "messages",
  );
  const show = (name: AppTab) => {
    sessionStorage.setItem(TAB_KEY, name);
    setTab(name);
  };
  const list = useRef<HTMLDivElement>(null);
  const newest = conversation.messages.at(-1);
  const toNewest = () => list.current?.scrollTo({ top: list.current.scrollHeight });
  // biome-ignore lint/correctness/useExhaustiveDependencies: it scrolls when something new is shown
  useEffect(() => {
    toNewest();
  }, [newest?.ts, conversation.id, tab, files.length]);
  const isDirect = conversation.kind === "im";
  const isHome = isDirect && state.hasHome && tab === "home";
  // What was answered while somebody looks at the other tab would go unnoticed.
  const seen = useRef(newest?.ts);
  if (!isHome) seen.current = newest?.ts;
  const hasNews = isHome && newest?.ts !== seen.current;
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
        {isDirect && state.hasHome && (
          <div className="tabs" role="tablist" aria-label="App views">
            {(["home", "messages"] as const).map((name) => (
              <button
                key={name}
                type="button"
                role="tab"
                aria-selected={tab === name}
                onClick={() => show(name)}
              >
                {name === "home" ? "Home" : "Messages"}
                {name === "messages" && hasNews && (
                  <>
                    {" "}
                    <span className="news">new</span>
                  </>
                )}
              </button>
            ))}
          </div>
        )}
      </header>
      {isHome ? (
        <div className="messages">
          <Home view={state.home} userId={state.viewer.id} appName={state.app.name} />
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
      {!isHome && <Composer {...{ state, conversation, text, setText, files, setFiles }} />}
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
