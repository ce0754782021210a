import { useEffect, useState } from "react";

/** How far outside of what is seen a chart is drawn already. */
const AHEAD = "600px 0px";

/** The width of a chart's box in CSS pixels, kept up while it changes, and whether it has come near the part that is seen. */
export function useChartBox(box: { readonly current: HTMLElement | null }): {
  readonly width: number;
  readonly isNear: boolean;
} {
  const [width, setWidth] = useState(560);
  const [isNear, setNear] = useState(false);
  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    const observer = new IntersectionObserver(
      (entries) => {
        const near = entries.find(({ isIntersecting }) => isIntersecting);
        if (near === undefined) return;
        setWidth(Math.round(near.boundingClientRect.width));
        setNear(true);
        observer.disconnect();
      },
      { rootMargin: AHEAD },
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, [box]);
  useEffect(() => {
    const element = box.current;
    if (element === null || !isNear) return;
    const observer = new ResizeObserver(([entry]) => {
      if (entry !== undefined) setWidth(Math.round(entry.contentRect.width));
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [box, isNear]);
  return { width, isNear };
}
