import { describe, expect, it } from "vitest";
import { config, KEY, OTHER, only, outcomes, scan } from "../../tests/engine/scan-rig.ts";
import type { SourceConfig } from "../settings/schema.ts";

describe("what is there already", () => {
  it.each<[string, Partial<SourceConfig>]>([
    ["by the same variable", {}],
    ["by the same key in the keyring", { credential: { type: "vault", origin: "https://harbour.example.com" } }],
    ["by the same key in another variable", { credential: { type: "env", name: "COPY" } }],
  ])("is known %s", async (_how, change) => {
    const found = await scan(
      (ports) => {
        ports.env.set("HARBOUR_KEY", KEY);
        ports.env.set("COPY", KEY);
        ports.secrets.set("mine", { origin: "https://harbour.example.com", secret: KEY });
      },
      [config(change)],
    );
    expect(only(found).added).toEqual({ id: "mine", label: "Mine" });
    expect(outcomes(found)["harbour HARBOUR_KEY"]).toBe("already-added");
  });

  it("is known by its place where the token has expired", async () => {
    const credential = {
      type: "file",
      path: "~/.harbour/auth.json",
      pointer: "/access",
      origin: "https://harbour.example.com",
    } as const;
    const found = await scan(
      (ports) => {
        ports.references.filePlaces = async ({ path, pointer }) => [
          {
            pointer,
            lookup: {
              found: false,
              reason: path === credential.path ? "expired-in-file" : "file-not-found",
              detail: path,
            },
          },
        ];
      },
      [config({ credential })],
    );
    expect(only(found)).toMatchObject({ status: "expired", added: { id: "mine" } });
  });

  it("is another source where kind or key differ", async () => {
    const found = await scan(
      (ports) => {
        ports.env.set("HARBOUR_TOKEN", KEY);
        ports.env.set("HARBOUR_KEY", "");
        ports.secrets.set("mine", { origin: "https://harbour.example.com", secret: OTHER });
      },
      [
        config({ credential: { type: "vault", origin: "https://harbour.example.com" } }),
        config({ id: "pier", kind: "pier", credential: { type: "env", name: "HARBOUR_TOKEN" } }),
      ],
    );
    expect(only(found).added).toBeNull();
  });

  it("is known for a gateway of one's own by its address", async () => {
    const found = await scan(
      (ports) => {
        ports.env.set("OPENAI_BASE_URL", "https://llm.example.org/v1");
        ports.env.set("OPENAI_API_KEY", OTHER);
      },
      [
        config({
          kind: "anywhere",
          baseUrl: "https://llm.example.org",
          credential: { type: "env", name: "OPENAI_API_KEY" },
        }),
      ],
    );
    expect(only(found).added?.id).toBe("mine");
  });

  it("does not ask the keyring when there is nothing to compare with", async () => {
    let asked = 0;
    await scan(
      (ports) => {
        ports.vault.get = async () => {
          asked += 1;
          throw new Error("locked");
        };
      },
      [config({ credential: { type: "vault", origin: "https://harbour.example.com" } })],
    );
    expect(asked).toBe(0);
  });

  it("does not stop at a keyring that fails", async () => {
    const found = await scan(
      (ports) => {
        ports.env.set("HARBOUR_KEY", KEY);
        ports.vault.get = async () => {
          throw new Error("locked");
        };
      },
      [config({ credential: { type: "vault", origin: "https://harbour.example.com" } })],
    );
    expect(only(found).added).toBeNull();
  });
});
