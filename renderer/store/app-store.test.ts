import { describe, expect, it } from "vitest";
import type { AppState, CallInput, CallName, EventName, EventValue, StatePatch } from "../../app/contract/contract.ts";
import { emptyState } from "../../tests/support/empty-state.ts";
import { createListeners } from "../bridge/listeners.ts";
import { parseAnswer } from "../bridge/parsers.ts";
import type { Connection, UiBridge, UiResult } from "../bridge/ui-bridge.ts";
import { createAppStore } from "./app-store.ts";

function state(revision: number, over: Partial<AppState> = {}): AppState {
  return emptyState({ revision, ...over });
}

/** A bridge whose answers the test gives by hand, in the order it likes. */
function handBridge() {
  const listeners = createListeners();
  const connectionListeners = new Set<(connection: Connection) => void>();
  const waiting: { name: CallName; answer: (answer: unknown) => void }[] = [];
  const bridge: UiBridge = {
    face: "web",
    async call<P extends CallName>(name: P, _input: CallInput<P>): Promise<UiResult<P>> {
      return parseAnswer(name, await new Promise((answer) => waiting.push({ name, answer })));
    },
    on: listeners.on,
    connection: () => "open",
    onConnection(listener) {
      connectionListeners.add(listener);
      return () => connectionListeners.delete(listener);
    },
  };
  return {
    bridge,
    asked: () => waiting.map(({ name }) => name),
    async answer(value: unknown, ok = true): Promise<void> {
      waiting.shift()?.answer(ok ? { ok, value } : { ok, error: value });
      await new Promise((resolve) => setTimeout(resolve));
    },
    push: <P extends EventName>(name: P, value: EventValue<P>) => listeners.emit(name, value),
    connect(connection: Connection): void {
      for (const listener of connectionListeners) listener(connection);
    },
  };
}

const patch = (base: number, over: Partial<StatePatch> = {}): StatePatch => ({ base, revision: base + 1, ...over });

describe("the page's store", () => {
  it("follows patches one by one", async () => {
    const host = handBridge();
    const store = createAppStore(host.bridge);
    await host.answer(state(1));
    host.push("state.changed", patch(1, { demo: "shown" }));
    host.push("state.changed", patch(2, { settingsReadOnly: true }));
    expect(store.getState().app).toMatchObject({ revision: 3, demo: "shown", settingsReadOnly: true });
    expect(host.asked()).toEqual([]);
  });

  it("keeps patches that overtake the first answer", async () => {
    const host = handBridge();
    const store = createAppStore(host.bridge);
    host.push("state.changed", patch(4, { demo: "hidden" }));
    host.push("state.changed", patch(5, { demo: "shown" }));
    await host.answer(state(5));
    expect(store.getState().app).toMatchObject({ revision: 6, demo: "shown" });
  });

  it("asks for the whole state after a gap, once, and ignores what it has already", async () => {
    const host = handBridge();
    const store = createAppStore(host.bridge);
    await host.answer(state(5));
    host.push("state.changed", patch(2, { demo: "shown" }));
    expect(host.asked()).toEqual([]);
    host.push("state.changed", patch(7, { demo: "shown" }));
    host.push("state.changed", patch(8, { demo: "hidden" }));
    expect(host.asked()).toEqual(["state.get"]);
    await host.answer(state(8));
    expect(store.getState().app).toMatchObject({ revision: 9, demo: "hidden" });
  });

  it("takes the state of a restarted host, whose revisions begin anew", async () => {
    const host = handBridge();
    const store = createAppStore(host.bridge);
    await host.answer(state(50));
    host.connect("lost");
    expect(store.getState().connection).toBe("lost");
    host.connect("open");
    await host.answer(state(2, { demo: "shown" }));
    expect(store.getState().app).toMatchObject({ revision: 2, demo: "shown" });
  });

  it("follows a patch that leads to another host, whose revisions begin anew", async () => {
    const host = handBridge();
    const store = createAppStore(host.bridge);
    await host.answer(state(50));
    host.push("state.changed", { base: 50, revision: 2, demo: "shown" });
    host.push("state.changed", patch(2, { demo: "hidden" }));
    // Of the host before, and late.
    host.push("state.changed", patch(1, { demo: "none" }));
    expect(store.getState().app).toMatchObject({ revision: 3, demo: "hidden" });
    expect(host.asked()).toEqual([]);
  });

  it("tells what made the first answer useless, and forgets it when a later one is good", async () => {
    const host = handBridge();
    const store = createAppStore(host.bridge);
    await host.answer({ revision: "one" });
    expect(store.getState().fatal).toEqual({ code: "malformed-answer", detail: null });
    host.connect("open");
    await host.answer(state(1));
    expect(store.getState()).toMatchObject({ fatal: null, app: { revision: 1 } });
  });

  it("shows what goes wrong with a call, and returns it", async () => {
    const host = handBridge();
    const store = createAppStore(host.bridge);
    await host.answer(state(1));
    const result = store.run("sources.restore", { id: "x" });
    await host.answer({ code: "undo-expired", detail: null }, false);
    expect(await result).toEqual({ ok: false, error: { code: "undo-expired", detail: null } });
    expect(store.getState().toast?.content).toEqual({
      type: "error",
      error: { code: "undo-expired", detail: null },
    });
  });

  it("no longer waits for figures when asking for them failed", async () => {
    const host = handBridge();
    const store = createAppStore(host.bridge);
    await host.answer(state(1));
    const asked = store.refresh(null);
    expect(store.getState().refreshAsked).toBe(true);
    await host.answer({ code: "internal", detail: null }, false);
    await asked;
    expect(store.getState().refreshAsked).toBe(false);
  });
});
