import type { SinkDelivery, SinkDeliveryOptions } from "./deliver.ts";
import { englishMessages } from "./english-message.ts";

/** A SinkDelivery that is loaded with the first alert there is a sink for: most users have none. */
export function createLazySinkDelivery(
  options: Omit<SinkDeliveryOptions, "message">,
): Pick<SinkDelivery, "deliver" | "stop"> {
  let loading: Promise<SinkDelivery> | null = null;
  const load = async (): Promise<SinkDelivery> => {
    const { createSinkDelivery } = await import("./deliver.ts");
    return createSinkDelivery({ ...options, message: englishMessages() });
  };
  return {
    async deliver(delivery) {
      if (!options.sinks().some(({ enabled }) => enabled)) return [];
      loading ??= load();
      return (await loading).deliver(delivery);
    },
    async stop() {
      if (loading !== null) await (await loading).stop();
    },
  };
}
