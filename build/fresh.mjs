// Whether something built is still what its sources would give: one hash over path, size and time of every input.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { inProject } from "./project.mjs";

/**
 * @typedef {object} Target
 * @property {string} name
 * @property {readonly string[]} inputs files and folders, relative to the project
 * @property {readonly string[]} outputs files that must exist, relative to the project
 */

/**
 * The fingerprint of a target's inputs. Tests and fixtures are in no bundle and do not count.
 * @param {Target} target
 */
export function fingerprint(target) {
  const hash = createHash("sha256");
  for (const input of target.inputs) addTo(hash, input);
  return hash.digest("hex");
}

/**
 * @param {import("node:crypto").Hash} hash
 * @param {string} path
 */
function addTo(hash, path) {
  const found = statSync(inProject(path), { throwIfNoEntry: false });
  if (found === undefined) {
    hash.update(`${path} absent\n`);
  } else if (found.isDirectory()) {
    const names = readdirSync(inProject(path)).sort();
    for (const name of names) {
      if (name !== "fixtures" && !/\.test\.tsx?$/.test(name)) addTo(hash, join(path, name));
    }
  } else {
    hash.update(`${path} ${found.size} ${found.mtimeMs}\n`);
  }
}

/**
 * @param {Target} target
 * @param {string} print
 */
export function isFresh(target, print) {
  try {
    return (
      readFileSync(stampOf(target), "utf8") === print && target.outputs.every((output) => existsSync(inProject(output)))
    );
  } catch {
    return false;
  }
}

/**
 * @param {Target} target
 * @param {string} print as it was before the build began: what changed during it makes the next one build again
 */
export function markFresh(target, print) {
  mkdirSync(dirname(stampOf(target)), { recursive: true });
  writeFileSync(stampOf(target), print);
}

/** @param {Target} target */
const stampOf = (target) => inProject("dist", ".stamps", target.name);
