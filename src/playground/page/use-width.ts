import { type RefObject, useLayoutEffect, useRef, useState } from "react";

/** The width an element has on the screen, in pixels; `assumed` until it has been drawn. */
export function useWidth<T extends Element>(
  assumed: number,
): { readonly ref: RefObject<T | null>; readonly width: number } {
  const ref = useRef<T>(null);
  const [width, setWidth] = useState(assumed);
  useLayoutEffect(() => {
    const element = ref.current;
    if (!element) return;
    const measure = () => setWidth(Math.round(element.getBoundingClientRect().width) || assumed);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [assumed]);
  return { ref, width };
}
