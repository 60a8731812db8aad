import { useEffect, useRef } from "react";
import { type JsonObject, objectOf, textOf } from "../json.ts";
import { Text } from "./text.tsx";

interface ConfirmProps {
  readonly dialog: JsonObject;
  onAnswer(isConfirmed: boolean): void;
}

/** Slack's "Are you sure?", from a `confirm` object. */
export function Confirm({ dialog, onAnswer }: ConfirmProps) {
  const ref = useRef<HTMLDialogElement>(null);
  useEffect(() => ref.current?.showModal(), []);
  const word = (part: string, otherwise: string) => textOf(objectOf(dialog[part]).text) ?? otherwise;
  return (
    <dialog
      ref={ref}
      className="confirm"
      aria-label={word("title", "Are you sure?")}
      onCancel={() => onAnswer(false)}
    >
      <h2>{word("title", "Are you sure?")}</h2>
      <p>
        <Text value={dialog.text} />
      </p>
      <div className="dialog-buttons">
        <button type="button" className="button" onClick={() => onAnswer(false)}>
          {word("deny", "Cancel")}
        </button>
        <button
          type="button"
          className={`button solid ${dialog.style ?? "primary"}`}
          onClick={() => onAnswer(true)}
        >
          {word("confirm", "OK")}
        </button>
      </div>
    </dialog>
  );
}
