import type { Reading } from "../../../quota/reading.ts";
import { readBilling } from "../../quota-site/billing.ts";
import { readSite } from "../../quota-site/site.ts";
import { readUser } from "../../quota-site/user.ts";
import type { ReadContext } from "../../source.ts";
import type { OneApiOptions } from "./descriptor.ts";

/** Reads what the key may use, or with a system access token what the account has left. Throws ReadError. */
export async function read(context: ReadContext, { keyType }: OneApiOptions): Promise<Reading> {
  const site = await readSite(context);
  switch (keyType) {
    case "access-token":
      // Its documentation sends this token without a prefix.
      return readUser(context, site, { secrets: [{ header: "authorization", prefix: "" }] });
    case "relay-key": {
      const { meter, notices } = await readBilling(context, site);
      return { meters: [meter], account: null, notices: [...notices] };
    }
  }
}
