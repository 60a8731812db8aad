import { createContext, useContext } from "react";
import type { Chosen } from "../element-choice.ts";
import type { JsonObject } from "../json.ts";

/** People and channels by id, so that mentions can be shown by name. */
export interface Names {
  readonly users: ReadonlyMap<string, string>;
  readonly channels: ReadonlyMap<string, string>;
}
export const NamesContext = createContext<Names>({ users: new Map(), channels: new Map() });
export const useNames = () => useContext(NamesContext);

/** Whom the page is shown to. */
export const ViewerContext = createContext("");
export const useViewerId = () => useContext(ViewerContext);

/** What a message or a modal does when one of its elements is used. */
export interface Surface {
  /** What was chosen so far, if anything. */
  chosen(element: JsonObject, blockId: string): Chosen | undefined;
  choose(element: JsonObject, blockId: string, value: Chosen): Promise<void>;
  suggest(element: JsonObject, blockId: string, query: string): Promise<readonly JsonObject[]>;
}
export const SurfaceContext = createContext<Surface>({
  chosen: () => undefined,
  choose: async () => {},
  suggest: async () => [],
});
export const useSurface = () => useContext(SurfaceContext);
