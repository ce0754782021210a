import { describe, expect, it } from "vitest";
import * as z from "zod";
import { createMemoryPorts, json } from "../../tests/engine/memory-ports.ts";
import { START } from "../../tests/engine/rig.ts";
import { createVirtualClock } from "../../tests/engine/virtual-clock.ts";
import { register } from "../sources/register.ts";
import { lookAt } from "./look.ts";

const path = "%LOCALAPPDATA%\\harbour\\auth.json";
const file = { tool: "Harbour", paths: [path], pointer: "/key" };
const source = register({
  id: "harbour",
  name: "Harbour",
  group: "provider",
  defaultBaseUrl: "https://harbour.example.com",
  confidence: "DOC",
  reads: "",
  keyNote: "",
  minIntervalSeconds: 60,
  auth: { header: "authorization", prefix: "Bearer " },
  optionsSchema: z.object({}),
  optionFields: [],
  known: { files: [file] },
  load: async () => async () => ({ meters: [], account: null, notices: [] }),
});

describe("a place of Windows", () => {
  it.each([
    ["is left out where its variable means nothing", null, []],
    ["is looked at where it is one", "C:\\Users\\me\\AppData\\Local\\harbour\\auth.json", ["no-such-file"]],
  ])("%s", async (_what, located, expected) => {
    const { references } = createMemoryPorts(createVirtualClock(START), () => json({}));
    const found = await lookAt(
      { type: "file", source, file, path },
      { ...references, locate: async () => located },
      START,
    );
    expect(found.map(({ outcome }) => outcome)).toEqual(expected);
  });
});
