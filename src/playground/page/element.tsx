import { useId, useState } from "react";
import type { Chosen } from "../element-choice.ts";
import { isObject, listOf, objectOf, textOf } from "../json.ts";
import { Confirm } from "./confirm.tsx";
import type { ControlProps, ElementProps } from "./control.ts";
import { withEmoji } from "./emoji.ts";
import { FileInput } from "./file-input.tsx";
import { Menu } from "./menu.tsx";
import { Picture } from "./picture.tsx";
import { SelectControl, selectedOptions } from "./select-control.tsx";
import { useSurface } from "./surface.ts";
import { Text } from "./text.tsx";
import { TextField } from "./text-field.tsx";
import { Unknown } from "./unknown.tsx";

/** An interactive element; a `confirm` object is asked before anything is sent. */
export function Element({ element, blockId, field }: ElementProps) {
  const surface = useSurface();
  const [isBusy, setIsBusy] = useState(false);
  const [failure, setFailure] = useState("");
  const [waiting, setWaiting] = useState<{ readonly value: Chosen }>();
  const send = async (value: Chosen) => {
    setIsBusy(true);
    setFailure("");
    try {
      await surface.choose(element, blockId, value);
    } catch (error) {
      setFailure(error instanceof Error ? error.message : "unknown");
    } finally {
      setIsBusy(false);
    }
  };
  const choose = (value: Chosen) => {
    if (isObject(element.confirm)) setWaiting({ value });
    else void send(value);
  };
  const chosen = surface.chosen(element, blockId);
  const props = { element, blockId, isBusy, choose, chosen, ...(field ? { field } : {}) };
  return (
    <>
      <Control {...props} />
      {failure && (
        <span className="not-done" role="alert">
          ⚠ The app did not answer ({failure})
        </span>
      )}
      {waiting && (
        <Confirm
          dialog={objectOf(element.confirm)}
          onAnswer={(isConfirmed) => {
            setWaiting(undefined);
            if (isConfirmed) void send(waiting.value);
          }}
        />
      )}
    </>
  );
}

function Control(props: ControlProps) {
  const type = textOf(props.element.type) ?? "";
  if (/_select$/.test(type)) return <SelectControl {...props} />;
  if (/^(plain_text|number|email_text|url_text|rich_text)_input$|picker$/.test(type))
    return <TextField {...props} />;
  switch (type) {
    case "file_input":
      return <FileInput {...props} />;
    case "button":
      return <Button {...props} />;
    case "overflow":
      return <Overflow {...props} />;
    case "checkboxes":
    case "radio_buttons":
      return <Choices {...props} />;
    case "feedback_buttons":
      return <FeedbackButtons {...props} />;
    case "icon_button":
      return <IconButton {...props} />;
    case "image":
      return <Picture of={props.element} className="thumbnail" />;
    default:
      return <Unknown what="element" value={props.element} />;
  }
}

function Button({ element, isBusy, choose }: ControlProps) {
  const className = `button ${element.style ?? ""}`;
  const label = <Text value={element.text} />;
  const spoken = textOf(element.accessibility_label);
  if (typeof element.url === "string" && /^https?:/.test(element.url)) {
    return (
      <a
        className={className}
        href={element.url}
        target="_blank"
        rel="noreferrer"
        onClick={() => choose(null)}
      >
        {label}
      </a>
    );
  }
  return (
    <button
      type="button"
      className={className}
      aria-busy={isBusy}
      aria-label={spoken}
      disabled={isBusy}
      onClick={() => choose(textOf(element.value) ?? null)}
    >
      <span className="button-label">{label}</span>
      {isBusy && <span className="spinner" aria-hidden="true" />}
    </button>
  );
}

function Overflow({ element, isBusy, choose }: ControlProps) {
  return (
    <Menu
      label="More actions"
      placeholder="⋯"
      isIcon
      options={listOf(element.options).filter(isObject)}
      isMany={false}
      isBusy={isBusy}
      selected={[]}
      onPick={([picked]) => choose(textOf(picked?.value) ?? null)}
    />
  );
}

function Choices({ element, choose, chosen, field }: ControlProps) {
  const group = useId();
  const isMany = element.type === "checkboxes";
  const options = listOf(element.options).filter(isObject);
  const selected = selectedOptions(chosen, options).map((each) => String(each.value));
  const toggle = (value: string, isOn: boolean) => {
    if (!isMany) return choose(value);
    choose(isOn ? [...selected, value] : selected.filter((each) => each !== value));
  };
  return (
    <fieldset className="choices" id={field?.id} aria-describedby={field?.description}>
      <legend className="hidden">{field?.label ?? "Choose"}</legend>
      {options.map((each) => (
        <label key={String(each.value)}>
          <input
            type={isMany ? "checkbox" : "radio"}
            name={group}
            checked={selected.includes(String(each.value))}
            onChange={(event) => toggle(String(each.value), event.target.checked)}
          />
          <span>
            <Text value={each.text} />
            {isObject(each.description) && (
              <small>
                <Text value={each.description} />
              </small>
            )}
          </span>
        </label>
      ))}
    </fieldset>
  );
}

function FeedbackButtons({ element, isBusy, choose }: ControlProps) {
  return (
    <>
      {[objectOf(element.positive_button), objectOf(element.negative_button)].map((each) => (
        <button
          key={String(each.value)}
          type="button"
          className="button quiet"
          disabled={isBusy}
          aria-label={textOf(each.accessibility_label)}
          onClick={() => choose(textOf(each.value) ?? null)}
        >
          <Text value={each.text} />
        </button>
      ))}
    </>
  );
}

function IconButton({ element, isBusy, choose }: ControlProps) {
  const label = textOf(objectOf(element.text).text) ?? "";
  return (
    <button
      type="button"
      className="button quiet"
      disabled={isBusy}
      onClick={() => choose(textOf(element.value) ?? null)}
    >
      <span aria-hidden="true">🗑</span> {withEmoji(label)}
    </button>
  );
}
