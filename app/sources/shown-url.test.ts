import { expect, test } from "vitest";
import { secretEraser } from "./key-forms.ts";
import { shownUrl } from "./shown-url.ts";

test.each([
  ["https://a.example/v1/quota?token=abcdef123", [], "https://a.example/v1/quota"],
  ["https://a.example/keys/sk-secret-1/info", ["sk-secret-1"], "https://a.example/keys/…/info"],
  ["https://a.example/keys/sk%2Fsecret%3D1", ["sk/secret=1"], "https://a.example/keys/…"],
  ["https://a.example/v1/quota", ["v1"], "https://a.example/v1/quota"],
])("%s", (url, secrets, shown) => {
  expect(shownUrl(new URL(url), secretEraser(secrets))).toBe(shown);
});
