import { expect, test } from "vitest";
import { createMemoryPorts } from "../../tests/engine/memory-ports.ts";
import { createVirtualClock } from "../../tests/engine/virtual-clock.ts";
import type { SettingsFileRead } from "../ports.ts";
import { openSettings } from "./live-settings.ts";

const written = (theme: string): SettingsFileRead => ({
  kind: "text",
  text: JSON.stringify({ version: 1, preferences: { theme }, sources: [], somebody: "else" }),
});

test.each([1, 2, 3])(
  "loses nothing that another process writes after the first of its looks, before look %d",
  async (look) => {
    const ports = createMemoryPorts(createVirtualClock(0), () => {
      throw new Error("nothing is asked");
    });
    let looks = 0;
    const store = {
      ...ports.settings,
      read: () => {
        looks += 1;
        if (looks === look + 1) ports.file = written("dark");
        return ports.settings.read();
      },
    };
    const live = await openSettings(store, ports.logger);
    if (looks <= look) ports.file = written("dark");
    await live.change((settings) => ({ ...settings, preferences: { ...settings.preferences, demoHidden: true } }));
    expect(live.current().preferences).toMatchObject({ theme: "dark", demoHidden: true });
    expect(ports.file).toMatchObject({ text: expect.stringContaining('"somebody":"else"') });
  },
);
