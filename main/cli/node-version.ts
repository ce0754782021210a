/** The oldest Node that has all that the command uses; SQLite came last. */
const OLDEST = { major: 22, minor: 13 } as const;

/** What to say on a Node ("22.13.0") that is too old; null on one that is not. */
export function nodeProblem(version: string): string | null {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  if (major > OLDEST.major || (major === OLDEST.major && minor >= OLDEST.minor)) return null;
  return `plimsoll: this is Node.js ${version}, and ${OLDEST.major}.${OLDEST.minor} or newer is needed. In the project's folder "npm run -s plimsoll -- status" brings its own.`;
}
