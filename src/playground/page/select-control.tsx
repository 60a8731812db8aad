import type { Chosen } from "../element-choice.ts";
import { isObject, type JsonObject, listOf, objectOf, textOf } from "../json.ts";
import type { ControlProps } from "./control.ts";
import { Menu } from "./menu.tsx";
import { useNames, useSurface } from "./surface.ts";

/** Every `…_select`: its options come from the block, the workspace or the app. */
export function SelectControl(props: ControlProps) {
  const { element, blockId, chosen, field } = props;
  const surface = useSurface();
  const names = useNames();
  const type = String(element.type);
  const isMany = type.startsWith("multi_");
  const isExternal = type.endsWith("external_select");
  const people = [...names.users].map(([value, name]) => option(value, name));
  const places = [...names.channels].map(([value, name]) => option(value, `#${name}`));
  const groups = listOf(element.option_groups).filter(isObject);
  const items = type.endsWith("users_select")
    ? people
    : /(conversations|channels)_select$/.test(type)
      ? places
      : [...listOf(element.options), ...groups.flatMap((group) => listOf(group.options))].filter(isObject);
  const selected = selectedOptions(chosen, items);
  const pick = (options: readonly JsonObject[]) => {
    // An external option is sent whole: the server cannot look it up in the block.
    const values: readonly (string | JsonObject)[] = isExternal
      ? options
      : options.map((each) => String(each.value));
    props.choose(isMany ? (values as Chosen) : (values[0] ?? null));
  };
  return (
    <Menu
      label={field?.label ?? textOf(objectOf(element.placeholder).text) ?? "Choose"}
      placeholder={textOf(objectOf(element.placeholder).text) ?? "Select an item"}
      options={items}
      {...(isExternal
        ? {
            load: (query: string) => surface.suggest(element, blockId, query),
            leastQuery: Number(element.min_query_length ?? 3),
          }
        : {})}
      isMany={isMany}
      isBusy={props.isBusy}
      selected={selected}
      onPick={pick}
      {...(field ? { field } : {})}
    />
  );
}

function option(value: string, name: string): JsonObject {
  return { text: { type: "plain_text", text: name }, value };
}

/** The options meant by what was chosen: whole options, or values to be looked up. */
export function selectedOptions(
  chosen: Chosen | undefined,
  items: readonly JsonObject[],
): readonly JsonObject[] {
  if (chosen === undefined || chosen === null || chosen === "") return [];
  const list: readonly (string | JsonObject)[] = Array.isArray(chosen)
    ? chosen
    : [chosen as string | JsonObject];
  return list.flatMap((each) => {
    if (isObject(each)) return [each];
    const found = items.find((item) => item.value === each);
    return found ? [found] : [];
  });
}
