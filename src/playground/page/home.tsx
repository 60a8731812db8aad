import { useMemo } from "react";
import { initialChoiceOf } from "../element-choice.ts";
import type { JsonObject } from "../json.ts";
import type { View } from "../model.ts";
import { Blocks } from "./blocks.tsx";
import { press, suggest } from "./connection.ts";
import { type Surface, SurfaceContext } from "./surface.ts";

/** The app's Home tab, when it has published one. */
export function Home({ view, userId }: { readonly view: View; readonly userId: string }) {
  const surface = useMemo((): Surface => {
    const place = (element: JsonObject, blockId: string) => ({
      userId,
      viewId: view.id,
      actionId: String(element.action_id),
      blockId,
    });
    return {
      chosen: initialChoiceOf,
      choose: async (element, blockId, value) => {
        await press({ ...place(element, blockId), value });
      },
      suggest: (element, blockId, value) => suggest({ ...place(element, blockId), value }),
    };
  }, [view.id, userId]);
  return (
    <SurfaceContext value={surface}>
      <div className="home">
        <Blocks blocks={view.blocks} />
      </div>
    </SurfaceContext>
  );
}
