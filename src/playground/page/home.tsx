import { useEffect, useMemo } from "react";
import { initialChoiceOf } from "../element-choice.ts";
import type { JsonObject } from "../json.ts";
import type { View } from "../model.ts";
import { Blocks } from "./blocks.tsx";
import { openTab, press, suggest } from "./connection.ts";
import { type Surface, SurfaceContext } from "./surface.ts";

interface HomeProps {
  /** Undefined until the app has published one. */
  readonly view: View | null;
  readonly userId: string;
  readonly appName: string;
}

/** The app's Home tab; the app hears of it each time that somebody comes to look. */
export function Home({ view, userId, appName }: HomeProps) {
  useEffect(() => {
    openTab({ userId, tab: "home" }).catch(() => undefined);
  }, [userId]);
  if (!view) return <p className="home-empty">{appName} has not shown anything here yet.</p>;
  return <HomeView view={view} userId={userId} />;
}

function HomeView({ view, userId }: { readonly view: View; readonly userId: string }) {
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
