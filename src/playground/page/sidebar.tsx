import type { PageConversation, PageState } from "../page-state.ts";
import { Avatar } from "./avatar.tsx";

interface SidebarProps {
  readonly state: PageState;
  readonly current: string;
  readonly isOpen: boolean;
  readonly unread: ReadonlySet<string>;
  choose(conversationId: string): void;
  become(userId: string): void;
  close(): void;
}

/** Workspace, who one is, channels, and the direct messages with the app. */
export function Sidebar({ state, current, isOpen, unread, choose, become, close }: SidebarProps) {
  const channels = state.conversations.filter((each) => each.kind !== "im");
  const direct = state.conversations.filter((each) => each.kind === "im");
  const people = state.users.filter((user) => !user.isBot && !user.isDeleted);
  const entry = (conversation: PageConversation) => (
    <li key={conversation.id}>
      <button
        type="button"
        className={unread.has(conversation.id) ? "place unread" : "place"}
        aria-current={conversation.id === current ? "page" : undefined}
        onClick={() => choose(conversation.id)}
      >
        {conversation.kind === "im" ? (
          <>
            <Avatar name={state.app.name} isApp /> {state.app.name} <span className="badge">App</span>
          </>
        ) : (
          <>
            <span aria-hidden="true">{conversation.kind === "channel" ? "#" : "🔒︎"}</span> {conversation.name}
            {conversation.isShared && <span className="badge">External</span>}
          </>
        )}
        {unread.has(conversation.id) && <span className="hidden">(new messages)</span>}
      </button>
    </li>
  );
  return (
    <nav className={isOpen ? "sidebar open" : "sidebar"} aria-label="Workspace">
      <div className="workspace">
        <strong>{state.team.name}</strong>
        <button type="button" className="close" aria-label="Hide channels" onClick={close}>
          ✕
        </button>
      </div>
      <div className="you">
        <label htmlFor="you-are">You are</label>
        <div className="you-row">
          <Avatar name={state.viewer.realName} />
          <select id="you-are" value={state.viewer.id} onChange={(event) => become(event.target.value)}>
            {people.map((user) => (
              <option key={user.id} value={user.id}>
                {user.realName}
                {user.title ? ` · ${user.title}` : ""}
              </option>
            ))}
          </select>
        </div>
      </div>
      <h2>Channels</h2>
      <ul>{channels.map(entry)}</ul>
      <h2>Apps</h2>
      <ul>{direct.map(entry)}</ul>
      <Violations state={state} />
    </nav>
  );
}

/** Whether the real Slack would accept what the app has sent; silent faults would surprise later. */
function Violations({ state }: { readonly state: PageState }) {
  const { violations } = state;
  if (violations.length === 0) return <p className="verdict">A local Slack. Nothing leaves this computer.</p>;
  return (
    <details className="verdict">
      <summary className="verdict-title">
        {violations.length} {violations.length === 1 ? "fault" : "faults"} in what the app sent
      </summary>
      <ul>
        {violations.slice(-20).map((each, index) => {
          const key = `${index}${each.path}`;
          return (
            <li key={key}>
              {each.rule} <code>{each.path}</code> ({each.where},{" "}
              <a href={each.docs} target="_blank" rel="noreferrer">
                docs
              </a>
              )
            </li>
          );
        })}
      </ul>
    </details>
  );
}
