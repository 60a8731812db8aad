import { type KeyboardEvent, useEffect, useId, useLayoutEffect, useRef, useState } from "react";
import { isObject, type JsonObject } from "../json.ts";
import type { Field } from "./control.ts";
import { Text } from "./text.tsx";

interface MenuProps {
  readonly label: string;
  readonly placeholder: string;
  readonly options: readonly JsonObject[];
  /** Asks the app for options while typing; without it the given options are filtered. */
  load?(query: string): Promise<readonly JsonObject[]>;
  readonly leastQuery?: number;
  readonly isMany: boolean;
  readonly isBusy: boolean;
  readonly isIcon?: boolean;
  readonly selected: readonly JsonObject[];
  onPick(options: readonly JsonObject[]): void;
  readonly field?: Field;
}

/** Every menu of Block Kit: a button that opens a list with a search field. */
export function Menu(props: MenuProps) {
  const [isOpen, setIsOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const close = (returnFocus: boolean) => {
    setIsOpen(false);
    if (returnFocus) button.current?.focus();
  };
  const pick = (option: JsonObject) => {
    const isOn = props.selected.some((each) => each.value === option.value);
    if (!props.isMany) {
      close(true);
      props.onPick([option]);
    } else {
      props.onPick(
        isOn ? props.selected.filter((each) => each.value !== option.value) : [...props.selected, option],
      );
    }
  };
  const shown = props.selected.map(labelOf).join(", ");
  return (
    <span className="menu">
      <button
        ref={button}
        type="button"
        id={props.field?.id}
        className={props.isIcon ? "button icon" : `button select ${shown ? "" : "empty"}`}
        aria-haspopup="listbox"
        aria-expanded={isOpen}
        aria-busy={props.isBusy}
        aria-invalid={props.field?.isFaulty}
        aria-describedby={props.field?.description || undefined}
        aria-label={shown ? `${props.label}: ${shown}` : props.label}
        onClick={() => setIsOpen(!isOpen)}
      >
        <span className="button-label">{shown || props.placeholder}</span>
        {!props.isIcon && (
          <span className="chevron" aria-hidden="true">
            ▾
          </span>
        )}
        {props.isBusy && <span className="spinner" aria-hidden="true" />}
      </button>
      {isOpen && <MenuList {...props} anchor={button.current} pick={pick} close={close} />}
    </span>
  );
}

interface MenuListProps extends MenuProps {
  readonly anchor: HTMLElement | null;
  pick(option: JsonObject): void;
  close(returnFocus: boolean): void;
}

function MenuList(props: MenuListProps) {
  const listId = useId();
  const frame = useRef<HTMLDivElement>(null);
  const [query, setQuery] = useState("");
  const [active, setActive] = useState(0);
  const { options, notice } = useOptions(props, query);
  usePlacement(frame, props.anchor, options.length);
  const hasSearch = props.load !== undefined || props.options.length > 6;
  // Before the list is painted: a key pressed the moment it shows is meant for it, not for the modal behind.
  useLayoutEffect(() => {
    frame.current?.querySelector<HTMLElement>("input, [role=listbox]")?.focus();
  }, []);
  useEffect(() => {
    const leave = (event: Event) => {
      const target = event.target instanceof Node ? event.target : null;
      if (!frame.current?.contains(target) && !props.anchor?.contains(target)) props.close(false);
    };
    document.addEventListener("pointerdown", leave);
    document.addEventListener("wheel", leave, { passive: true });
    return () => {
      document.removeEventListener("pointerdown", leave);
      document.removeEventListener("wheel", leave);
    };
  });
  const onKeyDown = (event: KeyboardEvent) => {
    const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (move !== undefined) setActive((active + move + options.length) % Math.max(1, options.length));
    else if (event.key === "Enter") {
      const option = options[active];
      if (option) props.pick(option);
    } else if (event.key === "Escape") props.close(true);
    else if (event.key === "Tab") return props.close(false);
    else return;
    event.preventDefault();
    // Escape closes the list only, not the modal it stands in.
    event.stopPropagation();
  };
  const activeId = options[active] ? `${listId}-${active}` : undefined;
  return (
    <div ref={frame} className="menu-list">
      {hasSearch && (
        <input
          className="menu-search"
          role="combobox"
          aria-expanded="true"
          aria-controls={listId}
          aria-activedescendant={activeId}
          aria-label={`Search: ${props.label}`}
          placeholder="Search"
          value={query}
          onKeyDown={onKeyDown}
          onChange={(event) => {
            setQuery(event.target.value);
            setActive(0);
          }}
        />
      )}
      <div
        id={listId}
        role="listbox"
        aria-label={props.label}
        aria-multiselectable={props.isMany}
        aria-activedescendant={activeId}
        tabIndex={-1}
        onKeyDown={onKeyDown}
        className="menu-options"
      >
        {options.map((option, index) => (
          <MenuOption
            key={`${option.value}`}
            id={`${listId}-${index}`}
            option={option}
            isActive={index === active}
            isSelected={props.selected.some((each) => each.value === option.value)}
            onPick={() => props.pick(option)}
            onHover={() => setActive(index)}
          />
        ))}
      </div>
      {notice && <p className="menu-notice">{notice}</p>}
    </div>
  );
}

interface MenuOptionProps {
  readonly id: string;
  readonly option: JsonObject;
  readonly isActive: boolean;
  readonly isSelected: boolean;
  onPick(): void;
  onHover(): void;
}

function MenuOption({ id, option, isActive, isSelected, onPick, onHover }: MenuOptionProps) {
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isActive) ref.current?.scrollIntoView({ block: "nearest" });
  }, [isActive]);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the list handles the keys for all its options
    <div
      ref={ref}
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={isSelected}
      className={isActive ? "menu-option active" : "menu-option"}
      onPointerMove={onHover}
      onPointerDown={(event) => event.preventDefault()}
      onClick={onPick}
    >
      <span>
        <Text value={option.text} />
        {isObject(option.description) && (
          <small>
            <Text value={option.description} />
          </small>
        )}
      </span>
      {isSelected && <span aria-hidden="true">✓</span>}
    </div>
  );
}

/** The options that fit what was typed: filtered here, or asked from the app after a short pause. */
function useOptions({ options, load, leastQuery = 0 }: MenuProps, query: string) {
  const [found, setFound] = useState<readonly JsonObject[]>([]);
  const [notice, setNotice] = useState("");
  // biome-ignore lint/correctness/useExhaustiveDependencies: a redrawn menu must not ask the app again
  useEffect(() => {
    if (!load) return;
    if (query.length < leastQuery) {
      setFound([]);
      setNotice(`Type at least ${leastQuery} characters`);
      return;
    }
    let isStale = false;
    setNotice("Loading…");
    const timer = setTimeout(async () => {
      const answer = await load(query).catch(() => undefined);
      if (isStale) return;
      setFound(answer ?? []);
      setNotice(answer === undefined ? "The app did not answer" : answer.length === 0 ? "No results" : "");
    }, 150);
    return () => {
      isStale = true;
      clearTimeout(timer);
    };
  }, [query]);
  if (load) return { options: found, notice };
  const fitting = options.filter((option) => labelOf(option).toLowerCase().includes(query.toLowerCase()));
  return { options: fitting, notice: fitting.length === 0 ? "No results" : "" };
}

/** Puts the list below its button, or above where there is more room; it must not be cut off by scrolling. */
function usePlacement(
  frame: { readonly current: HTMLDivElement | null },
  anchor: HTMLElement | null,
  count: number,
) {
  // biome-ignore lint/correctness/useExhaustiveDependencies: more options make the list higher
  useLayoutEffect(() => {
    const list = frame.current;
    if (!list || !anchor) return;
    const place = anchor.getBoundingClientRect();
    const { offsetHeight, offsetWidth } = list;
    const isAbove = place.bottom + offsetHeight > innerHeight - 8 && place.top > innerHeight / 2;
    list.style.left = `${Math.max(8, Math.min(place.left, innerWidth - offsetWidth - 8))}px`;
    list.style.top = isAbove ? "auto" : `${place.bottom + 4}px`;
    list.style.bottom = isAbove ? `${innerHeight - place.top + 4}px` : "auto";
  }, [anchor, count]);
}

function labelOf(option: JsonObject): string {
  return isObject(option.text) ? String(option.text.text) : String(option.value);
}
