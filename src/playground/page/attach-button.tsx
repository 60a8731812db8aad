import { useRef } from "react";

/** The composer's paper clip. */
export function AttachButton({ onPick }: { onPick(files: readonly File[]): void }) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button
        type="button"
        className="attach"
        aria-label="Attach files"
        onClick={() => input.current?.click()}
      >
        <svg className="attach-icon" viewBox="0 0 20 20" aria-hidden="true">
          <path d="m16.5 9.6-6.4 6.4a4 4 0 0 1-5.7-5.7l6.8-6.7a2.7 2.7 0 0 1 3.8 3.8l-6.7 6.7a1.3 1.3 0 0 1-1.9-1.9l6-6" />
        </svg>
      </button>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label="Files to attach"
        onChange={(event) => {
          onPick([...(event.target.files ?? [])]);
          // The same file can be chosen again after it was removed.
          event.target.value = "";
        }}
      />
    </>
  );
}
