const MINUTE = 60;
const CHOICES = [1, 2, 5, 10, 15, 30, 60, 120, 240].map((minutes) => minutes * MINUTE);

/** The intervals to choose from, in seconds; one that the settings file has besides is kept among them. */
export function intervalChoices(current: number): number[] {
  return CHOICES.includes(current) ? CHOICES : [...CHOICES, current].sort((a, b) => a - b);
}
