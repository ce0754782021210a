import type { AlertDelivery } from "../alert.ts";
import { type SinkMessage, sinkMessage } from "./sink-message.ts";

type MakeMessage = (delivery: AlertDelivery, at: number, isTest: boolean) => Promise<SinkMessage>;

/** Words deliveries in English, with times in the computer's own zone, which stands beside each. Loads the words with the first. */
export function englishMessages(): MakeMessage {
  let loading: Promise<MakeMessage> | undefined;
  return async (delivery, at, isTest) => {
    loading ??= load();
    return (await loading)(delivery, at, isTest);
  };
}

async function load(): Promise<MakeMessage> {
  const [{ alertWords }, { deliveryWords }, { createFormats }, { createTranslator }] = await Promise.all([
    import("../../wording/alert-words.ts"),
    import("../../wording/delivery-words.ts"),
    import("../../wording/formats.ts"),
    import("../../wording/translate.ts"),
  ]);
  const t = createTranslator("en", {});
  const f = createFormats({ language: "en" });
  return async (delivery, at, isTest) =>
    sinkMessage(delivery, {
      at,
      isTest,
      each: (alert) => alertWords(isTest ? { ...alert, demo: false } : alert, at, f, t),
      all: (several) => {
        if (!isTest) return deliveryWords(several, at, f, t);
        // "Test" says it all.
        const words = deliveryWords({ alerts: several.alerts.map((alert) => ({ ...alert, demo: false })) }, at, f, t);
        return { ...words, title: t("delivery.test", { title: words.title }) };
      },
    });
}
