import { ReadError } from "../quota/failure.ts";
import { firstIssue } from "./first-issue.ts";
import type { RegisteredSource, SourceDescriptor } from "./source.ts";

/** Turns a typed descriptor into one the registry can hold beside others. */
export function register<Options>(descriptor: SourceDescriptor<Options>): RegisteredSource {
  const { optionsSchema, load, ...rest } = descriptor;
  // Looking an import up costs more than reading an answer does; a load that failed is tried anew.
  let loading: ReturnType<typeof load> | null = null;
  return {
    ...rest,
    async prepare(options) {
      const schema = typeof optionsSchema === "function" ? await optionsSchema() : optionsSchema;
      const parsed = schema.safeParse(options);
      if (!parsed.success) throw new ReadError("invalid-options", { detail: firstIssue(parsed.error) });
      loading ??= load().catch((error: unknown) => {
        loading = null;
        throw error;
      });
      const read = await loading;
      return (context) => read(context, parsed.data);
    },
  };
}
