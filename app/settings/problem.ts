import * as z from "zod";

/** Something about the settings file that the user should know. Wording in `settingsProblem.<type>`. */
export const settingsProblemSchema = z.discriminatedUnion("type", [
  /** Not JSON, or not an object: the file was kept aside at `keptAt` and defaults are in use. */
  z.object({ type: z.literal("corrupt"), keptAt: z.string() }),
  /** Written by a newer version: opened read-only. */
  z.object({ type: z.literal("newer"), version: z.number() }),
  /** The file is there but cannot be read: defaults are in use, and nothing is written. */
  z.object({ type: z.literal("unreadable"), detail: z.string() }),
  /** The settings can be read but not saved. */
  z.object({ type: z.literal("unwritable"), detail: z.string() }),
  /** A field was not as expected; its default is in use. */
  z.object({ type: z.literal("field"), field: z.string(), detail: z.string() }),
  /** An entry of a list, such as "sinks[0]", was not as expected; it is kept in the file and not in use. */
  z.object({ type: z.literal("entry"), entry: z.string(), detail: z.string() }),
  /** An entry of `sources` was not as expected; it is kept in the file and not polled. */
  z.object({ type: z.literal("source"), index: z.number(), label: z.string().nullable(), detail: z.string() }),
]);
export type SettingsProblem = z.infer<typeof settingsProblemSchema>;
