import { source, states } from "./scripted-states.ts";
import { expect, test } from "./ui-test.ts";

test.use({ viewport: { width: 380, height: 560 } });

test("says when each source is read next and why, and which spare address answered", async ({
  startHost,
  open,
  page,
}) => {
  const now = Date.now();
  const lab = source("lab", "Lab server", now, {
    baseUrl: "https://lab.example.org/llm",
    servedBy: "https://spare.lab.example.net/llm",
    dueReason: "on-battery",
    nextDueAt: now + 10 * 60_000,
    trace: [
      {
        method: "GET",
        url: "https://lab.example.org/llm/quota",
        status: null,
        ms: 12,
        bytes: 0,
        problem: "unreachable",
      },
      {
        method: "GET",
        url: "https://spare.lab.example.net/llm/quota",
        status: 200,
        ms: 140,
        bytes: 310,
        problem: null,
      },
    ],
  });
  const state = states.typical(now);
  await open(await startHost({ ...state, sources: [lab] }), "popover");
  const card = page.getByRole("listitem", { name: "Lab server" });
  await card.getByRole("button", { name: /details/i }).click();
  await expect(card).toContainText("https://spare.lab.example.net/llm");
  await expect(card).toContainText(/in (?:9|10) min.*\(on battery, so read less often\)/);
  await page.screenshot({ path: test.info().outputPath("next-reading.png") });
});
