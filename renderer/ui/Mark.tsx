import { useId } from "react";

interface MarkProps {
  readonly size: number;
  /** Share that remains, in percent, to which the ring is filled; null draws it empty. */
  readonly level?: number | null;
}

const CENTRE = 12;
const RADIUS = 7.6;

/** The Plimsoll mark: a ring with a bar across it, filled to what remains. Decoration: the words stand beside it. */
export function Mark({ size, level = null }: MarkProps) {
  const clip = useId();
  const filled = level === null ? 0 : Math.min(100, Math.max(0, level)) / 100;
  const top = CENTRE + RADIUS - filled * 2 * RADIUS;
  return (
    <svg width={size} height={size} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <clipPath id={clip}>
        <circle cx={CENTRE} cy={CENTRE} r={RADIUS} />
      </clipPath>
      <rect x="0" y={top} width="24" height="24" fill="var(--accent)" opacity="0.5" clipPath={`url(#${clip})`} />
      <circle cx={CENTRE} cy={CENTRE} r={RADIUS} fill="none" stroke="var(--accent)" strokeWidth="2.4" />
      <path d="M1.2 12h21.6" stroke="var(--mark-line)" strokeWidth="2.4" strokeLinecap="round" />
    </svg>
  );
}
