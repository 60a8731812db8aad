import type { Chosen } from "../element-choice.ts";
import type { JsonObject } from "../json.ts";

/** What an input block tells its element about label, hint and fault. */
export interface Field {
  readonly id: string;
  readonly description: string;
  readonly isFaulty: boolean;
  readonly label: string;
}

export interface ElementProps {
  readonly element: JsonObject;
  readonly blockId: string;
  readonly field?: Field;
}

/** What every kind of element is given to draw itself. */
export interface ControlProps extends ElementProps {
  readonly isBusy: boolean;
  readonly chosen: Chosen | undefined;
  choose(value: Chosen): void;
}
