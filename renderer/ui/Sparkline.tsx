import { classNames } from "../theme/class-names.ts";
import styles from "./meter-row.module.css";

const c = classNames(styles);

const WIDTH = 46;
const HEIGHT = 12;
/** Room for the stroke at the edges. */
const EDGE = 1;

/** The course of the last day as a line of a few pixels. The words beside it say what matters, so it is hidden from screen readers. */
export function Sparkline({ trend }: { readonly trend: readonly number[] }) {
  const steps = Math.max(1, trend.length - 1);
  const points = trend.map((value, index) => {
    const x = EDGE + (index / steps) * (WIDTH - 2 * EDGE);
    const y = HEIGHT - EDGE - (value / 100) * (HEIGHT - 2 * EDGE);
    return `${x.toFixed(1)},${y.toFixed(1)}`;
  });
  return (
    <svg className={c("spark")} width={WIDTH} height={HEIGHT} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true">
      <polyline points={points.join(" ")} />
    </svg>
  );
}
