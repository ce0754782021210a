import * as z from "zod";
import { idOption } from "../../id-option.ts";
import type { SourceDescriptor } from "../../source.ts";

const options = z.object({ projectId: idOption });
export type DeepgramOptions = z.infer<typeof options>;

/** Deepgram: developers.deepgram.com, "List projects" and "Get project balances"; shapes as in its JavaScript SDK. */
export const deepgram: SourceDescriptor<DeepgramOptions> = {
  id: "deepgram",
  name: "Deepgram",
  group: "provider",
  defaultBaseUrl: "https://api.deepgram.com",
  apiPaths: ["/v1/listen", "/v1/speak", "/v1"],
  confidence: "DOC",
  reads: "prepaid dollars and hours of each project",
  keyNote: "a key with billing:read, such as an owner's or administrator's",
  minIntervalSeconds: 300,
  auth: { header: "authorization", prefix: "Token " },
  optionsSchema: options,
  optionFields: [
    {
      name: "projectId",
      labelKey: "option.project-id.label",
      hintKey: "option.project-id-all.hint",
      placeholder: "",
    },
  ],
  known: { env: ["DEEPGRAM_API_KEY"] },
  recognition: { hosts: ["api.deepgram.com"] },
  load: async () => (await import("./read.ts")).read,
};
