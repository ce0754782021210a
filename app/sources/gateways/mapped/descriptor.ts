import { USUAL_AUTH } from "../../mapping/request.ts";
import type { SourceDescriptor } from "../../source.ts";
import type { MappedOptions } from "./schema.ts";

/**
 * Any JSON endpoint that the user describes: what to ask, and where in the answer the figures are (docs/mapped-gateways.md).
 * Nothing is known of the service itself, so it is never probed for; the definition says where the key goes.
 */
export const mapped: SourceDescriptor<MappedOptions> = {
  id: "mapped",
  name: "Mapped gateway",
  group: "gateway",
  defaultBaseUrl: null,
  confidence: "DOC",
  reads: "what you point out in the answer of any JSON endpoint",
  keyNote: "whatever key the endpoint takes",
  minIntervalSeconds: 60,
  auth: USUAL_AUTH,
  allowsPost: true,
  optionsSchema: async () => (await import("./schema.ts")).mappedOptions,
  optionFields: [
    {
      name: "definition",
      labelKey: "option.definition.label",
      hintKey: "option.definition.hint",
      placeholder: "",
      required: true,
      editor: "mapping",
    },
  ],
  load: async () => (await import("./read.ts")).read,
};
