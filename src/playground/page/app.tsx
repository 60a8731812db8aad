import { useEffect, useMemo, useState } from "react";
import type { PageState } from "../page-state.ts";
import { usePageState } from "./connection.ts";
import { Conversation } from "./conversation.tsx";
import { Modal } from "./modal.tsx";
import { Sidebar } from "./sidebar.tsx";
import { NamesContext, ViewerContext } from "./surface.ts";

const USER_KEY = "playground-user";
/** Which conversation is shown, so that a reload shows the same. */
const PLACE_KEY = "playground-place";

/** The whole page, for the user one has chosen to be. */
export function App() {
  const [userId, setUserId] = useState(() => localStorage.getItem(USER_KEY) ?? "");
  const { state, isLost } = usePageState(userId);
  const become = (id: string) => {
    localStorage.setItem(USER_KEY, id);
    setUserId(id);
  };
  if (!state) return <p className="starting">{isLost ? "The playground is not running." : "Starting…"}</p>;
  return (
    <>
      {isLost && (
        <p className="lost" role="alert">
          The playground has stopped. Start it again and this page goes on.
        </p>
      )}
      <Workspace state={state} become={become} />
    </>
  );
}

interface WorkspaceProps {
  readonly state: PageState;
  become(userId: string): void;
}

function Workspace({ state, become }: WorkspaceProps) {
  const [wanted, setWanted] = useState(() => sessionStorage.getItem(PLACE_KEY) ?? "");
  const [isSidebarOpen, setIsSidebarOpen] = useState(false);
  const isApp = wanted.startsWith("D");
  const current =
    state.conversations.find((each) => each.id === wanted) ??
    // Everybody's messages with the app have an id of their own.
    state.conversations.find(({ kind }) => isApp && kind === "im") ??
    state.conversations[0];
  const unread = useUnread(state, current?.id ?? "");
  const names = useMemo(
    () => ({
      users: new Map([
        ...state.users.map((user) => [user.id, user.realName] as const),
        [state.app.userId, state.app.name],
      ]),
      channels: new Map(
        state.conversations.filter((each) => each.kind !== "im").map((each) => [each.id, each.name]),
      ),
    }),
    [state.users, state.conversations, state.app],
  );
  const choose = (id: string) => {
    sessionStorage.setItem(PLACE_KEY, id);
    setWanted(id);
    setIsSidebarOpen(false);
  };
  return (
    <NamesContext value={names}>
      <ViewerContext value={state.viewer.id}>
        <div className="workspace-grid">
          <Sidebar
            state={state}
            current={current?.id ?? ""}
            isOpen={isSidebarOpen}
            unread={unread}
            choose={choose}
            become={become}
            close={() => setIsSidebarOpen(false)}
          />
          {isSidebarOpen && (
            <button
              type="button"
              className="shade"
              aria-label="Hide channels"
              onClick={() => setIsSidebarOpen(false)}
            />
          )}
          {current && (
            <Conversation
              key={`${state.viewer.id}:${current.id}`}
              state={state}
              conversation={current}
              openSidebar={() => setIsSidebarOpen(true)}
            />
          )}
        </div>
        {state.modal && (
          <Modal
            key={state.modal.view.id}
            modal={state.modal}
            userId={state.viewer.id}
            appName={state.app.name}
          />
        )}
      </ViewerContext>
    </NamesContext>
  );
}

/** Conversations with messages newer than when they were last looked at. */
function useUnread(state: PageState, current: string): ReadonlySet<string> {
  const [seen, setSeen] = useState<ReadonlyMap<string, string>>(new Map());
  const newest = new Map(state.conversations.map((each) => [each.id, each.messages.at(-1)?.ts ?? ""]));
  const newestHere = newest.get(current) ?? "";
  useEffect(() => {
    setSeen((known) => new Map([...known, [current, newestHere]]));
  }, [current, newestHere]);
  const isUnread = (id: string, ts: string) => id !== current && ts !== "" && ts > (seen.get(id) ?? "");
  return new Set([...newest].filter(([id, ts]) => isUnread(id, ts)).map(([id]) => id));
}
