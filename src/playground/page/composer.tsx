import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import type { PageConversation, PageState } from "../page-state.ts";
import { AttachButton } from "./attach-button.tsx";
import { ChosenFiles } from "./chosen-files.tsx";
import { type Suggestion, suggestionsFor } from "./completion.ts";
import { say, slash, upload } from "./connection.ts";

interface ComposerProps {
  readonly state: PageState;
  readonly conversation: PageConversation;
  readonly text: string;
  setText(text: string): void;
  /** Files to be sent with the next message. */
  readonly files: readonly File[];
  setFiles(files: readonly File[]): void;
}

/** Where one types: a slash command completes as in Slack, anything else is said in the channel. */
export function Composer({ state, conversation, text, setText, files, setFiles }: ComposerProps) {
  const listId = useId();
  const input = useRef<HTMLTextAreaElement>(null);
  const [active, setActive] = useState(-1);
  const [isDismissed, setIsDismissed] = useState(false);
  const suggestions = isDismissed ? [] : suggestionsFor(text, state);
  useEffect(() => {
    // On a phone the keyboard would cover what is to be read.
    if (matchMedia("(min-width: 761px)").matches) input.current?.focus();
  }, []);
  const change = (next: string) => {
    setText(next);
    setActive(-1);
    setIsDismissed(false);
  };
  const isEmpty = text.trim() === "" && files.length === 0;
  const accept = (suggestion: Suggestion) => {
    change(suggestion.text);
    setIsDismissed(!suggestion.goesOn);
    input.current?.focus();
  };
  const send = () => {
    if (isEmpty) return;
    // What could not be sent is given back, so that nobody types it twice.
    sendLine(state, conversation.id, text, files).catch(() => {
      setText(text);
      setFiles(files);
    });
    change("");
    setFiles([]);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const picked = suggestions[Math.max(0, active)];
    const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (move !== undefined && suggestions.length > 0) {
      setActive((Math.max(active, move > 0 ? -1 : 0) + move + suggestions.length) % suggestions.length);
    } else if (event.key === "Tab" && !event.shiftKey && picked) accept(picked);
    else if (event.key === "Escape" && suggestions.length > 0) setIsDismissed(true);
    else if (event.key === "Enter" && !event.shiftKey && !event.nativeEvent.isComposing) {
      const marked = suggestions[active];
      if (marked && marked.text !== text) accept(marked);
      else send();
    } else return;
    event.preventDefault();
  };
  const place = conversation.kind === "im" ? state.app.name : `#${conversation.name}`;
  return (
    <div className="composer">
      {suggestions.length > 0 && (
        <Suggestions {...{ listId, suggestions, active, accept }} heading={headingFor(text, state)} />
      )}
      <ChosenFiles files={files} remove={(index) => setFiles(files.filter((_file, at) => at !== index))} />
      <div className="composer-box">
        <AttachButton onPick={(picked) => setFiles([...files, ...picked])} />
        <textarea
          ref={input}
          rows={1}
          role="combobox"
          aria-expanded={suggestions.length > 0}
          aria-controls={listId}
          aria-autocomplete="list"
          aria-activedescendant={active >= 0 ? `${listId}-${active}` : undefined}
          aria-label={`Message ${place}`}
          placeholder={`Message ${place}, or type ${state.command}`}
          value={text}
          onChange={(event) => change(event.target.value)}
          onKeyDown={onKeyDown}
        />
        <button type="button" className="send" aria-label="Send" disabled={isEmpty} onClick={send}>
          <svg viewBox="0 0 20 20" aria-hidden="true">
            <path d="M2.5 3.1 17.8 9.6a.45.45 0 0 1 0 .8L2.5 16.9a.45.45 0 0 1-.6-.5L3.3 11 11 10 3.3 9 1.9 3.6a.45.45 0 0 1 .6-.5Z" />
          </svg>
        </button>
      </div>
    </div>
  );
}

interface SuggestionsProps {
  readonly listId: string;
  readonly heading: string;
  readonly suggestions: readonly Suggestion[];
  readonly active: number;
  accept(suggestion: Suggestion): void;
}

function Suggestions({ listId, heading, suggestions, active, accept }: SuggestionsProps) {
  return (
    <div className="suggestions">
      <p>{heading}</p>
      <div id={listId} role="listbox" aria-label={heading} tabIndex={-1}>
        {suggestions.map((suggestion, index) => (
          <button
            key={suggestion.text}
            id={`${listId}-${index}`}
            type="button"
            role="option"
            tabIndex={-1}
            aria-selected={index === active}
            className={index === active ? "suggestion active" : "suggestion"}
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => accept(suggestion)}
          >
            <span className="suggestion-line">{suggestion.label}</span>
            <span className="suggestion-summary">{suggestion.summary}</span>
          </button>
        ))}
      </div>
    </div>
  );
}

/** Runs a slash command, or says the text in the channel, with files if there are any. */
export async function sendLine(
  state: PageState,
  channelId: string,
  text: string,
  files: readonly File[] = [],
): Promise<unknown> {
  const line = text.trim();
  const isCommand = line === state.command || line.startsWith(`${state.command} `);
  const input = { userId: state.viewer.id, channelId, text: line };
  // A command carries no files, so with files it is said like any other text.
  if (isCommand && files.length === 0) return slash(input);
  const fileIds = await Promise.all(files.map((file) => upload(state.viewer.id, file)));
  return say({ ...input, fileIds });
}

function headingFor(text: string, state: PageState): string {
  return text.startsWith(state.command) ? `${state.command} ${state.usageHint}` : "Suggestions";
}
