import { type FormEvent, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { type Chosen, initialChoiceOf } from "../element-choice.ts";
import { isObject, type JsonObject, objectOf, textOf } from "../json.ts";
import type { PageModal } from "../page-state.ts";
import { Blocks } from "./blocks.tsx";
import { close, press, submit, suggest } from "./connection.ts";
import { type Surface, SurfaceContext } from "./surface.ts";

interface ModalProps {
  readonly modal: PageModal;
  readonly userId: string;
  readonly appName: string;
}

/** The modal in front. The browser's own dialog keeps the focus inside and closes on Escape. */
export function Modal({ modal, userId, appName }: ModalProps) {
  const { view } = modal;
  const ref = useRef<HTMLDialogElement>(null);
  const [values, setValues] = useState<Readonly<Record<string, Chosen>>>({});
  const [errors, setErrors] = useState<Readonly<Record<string, string>>>({});
  const [failure, setFailure] = useState("");
  const [isBusy, setIsBusy] = useState(false);
  const surface = useModalSurface(modal, userId, values, setValues);
  const title = textOf(objectOf(view.title).text) ?? appName;
  useEffect(() => {
    if (!ref.current || ref.current.open) return;
    ref.current.showModal();
    ref.current.querySelector<HTMLElement>(".modal-body :is(input, textarea, button, select)")?.focus();
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the field at fault is there once they are shown.
  useLayoutEffect(() => {
    ref.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
  }, [errors]);
  const leave = (all: boolean) => void close({ userId, viewId: view.id, all });
  const send = async (event: FormEvent) => {
    event.preventDefault();
    setIsBusy(true);
    setFailure("");
    const outcome = await submit({ userId, viewId: view.id, values }).catch((error: Error) => ({
      kind: "failed" as const,
      error: error.message,
    }));
    setIsBusy(false);
    setErrors(outcome.kind === "errors" ? outcome.errors : {});
    if (outcome.kind === "failed") setFailure(`We had some trouble connecting. (${outcome.error})`);
  };
  return (
    <dialog
      ref={ref}
      className="modal"
      aria-labelledby="modal-title"
      onCancel={(event) => {
        event.preventDefault();
        leave(false);
      }}
    >
      <form onSubmit={send} noValidate>
        <header>
          <h2 id="modal-title">{title}</h2>
          <button type="button" className="close" aria-label="Close" onClick={() => leave(true)}>
            ✕
          </button>
        </header>
        <div className="modal-body">
          {failure && (
            <p className="failure" role="alert">
              {failure}
            </p>
          )}
          <SurfaceContext value={surface}>
            <Blocks blocks={view.blocks} errors={errors} />
          </SurfaceContext>
        </div>
        <footer className="dialog-buttons">
          <button type="button" className="button" onClick={() => leave(false)}>
            {textOf(objectOf(view.close).text) ??
              (modal.depth > 1 ? "Back" : view.submit ? "Cancel" : "Close")}
          </button>
          {isObject(view.submit) && (
            <button type="submit" className="button solid primary" aria-busy={isBusy} disabled={isBusy}>
              <span className="button-label">{textOf(view.submit.text)}</span>
              {isBusy && <span className="spinner" aria-hidden="true" />}
            </button>
          )}
        </footer>
      </form>
    </dialog>
  );
}

/** Inputs wait for Submit; other elements, and inputs that ask for it, tell the app at once. */
function useModalSurface(
  modal: PageModal,
  userId: string,
  values: Readonly<Record<string, Chosen>>,
  setValues: (change: (known: Readonly<Record<string, Chosen>>) => Readonly<Record<string, Chosen>>) => void,
): Surface {
  return useMemo(() => {
    const viewId = modal.view.id;
    const place = (element: JsonObject, blockId: string) => ({
      userId,
      viewId,
      actionId: String(element.action_id),
      blockId,
    });
    return {
      chosen: (element) => values[String(element.action_id)] ?? initialChoiceOf(element),
      choose: async (element, blockId, value) => {
        const block = modal.view.blocks.find((each) => each.block_id === blockId);
        const isInput = block?.type === "input";
        // Only what can be filled in belongs to the form; a button has no value to submit.
        if (element.type !== "button" && element.type !== "overflow") {
          setValues((known) => ({ ...known, [String(element.action_id)]: value }));
        }
        if (!isInput || block.dispatch_action === true) await press({ ...place(element, blockId), value });
      },
      suggest: (element, blockId, value) => suggest({ ...place(element, blockId), value }),
    };
  }, [modal, userId, values, setValues]);
}
