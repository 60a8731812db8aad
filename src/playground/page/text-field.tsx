import { type ChangeEvent, useEffect, useState } from "react";
import { objectOf, textOf } from "../json.ts";
import type { ControlProps } from "./control.ts";

const TYPES: Readonly<Record<string, string>> = {
  datepicker: "date",
  timepicker: "time",
  email_text_input: "email",
  url_text_input: "url",
};

/** Everything that is typed: lines, paragraphs, numbers, dates and times. */
export function TextField({ element, field, chosen, choose }: ControlProps) {
  const initial = typeof chosen === "string" ? chosen : "";
  const [text, setText] = useState(initial);
  useEffect(() => setText(initial), [initial]);
  const placeholder = textOf(objectOf(element.placeholder).text) ?? "";
  const change = (event: ChangeEvent<HTMLInputElement | HTMLTextAreaElement>) => {
    setText(event.target.value);
    choose(event.target.value);
  };
  const common = {
    id: field?.id,
    value: text,
    placeholder,
    onChange: change,
    "aria-label": field ? undefined : placeholder || "Enter a value",
    "aria-invalid": field?.isFaulty ?? false,
    "aria-describedby": field?.description || undefined,
    autoFocus: element.focus_on_load === true,
  };
  const isLong = element.multiline === true || element.type === "rich_text_input";
  if (isLong) return <textarea {...common} rows={4} className="text-input" />;
  if (element.type === "datetimepicker") {
    return <DateTimeField {...{ common, text }} onPick={choose} />;
  }
  // A number stays a text field: the browser's own number field swallows what it cannot read.
  const isNumber = element.type === "number_input";
  return (
    <input
      {...common}
      className="text-input"
      type={TYPES[String(element.type)] ?? "text"}
      inputMode={isNumber ? "decimal" : undefined}
    />
  );
}

interface DateTimeProps {
  readonly common: { readonly id: string | undefined };
  readonly text: string;
  onPick(seconds: string): void;
}

/** Slack counts in seconds, the browser's field in local date and time. */
function DateTimeField({ common, text, onPick }: DateTimeProps) {
  const date = new Date(Number(text) * 1000);
  const local = new Date(date.getTime() - date.getTimezoneOffset() * 60_000);
  return (
    <input
      id={common.id}
      className="text-input"
      type="datetime-local"
      value={text ? local.toISOString().slice(0, 16) : ""}
      onChange={(event) => onPick(String(Math.floor(new Date(event.target.value).getTime() / 1000)))}
    />
  );
}
