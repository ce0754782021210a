import { describeFingerprint } from "../../../../tests/scenarios/describe-fingerprint.ts";
import { register } from "../../register.ts";
import { vercel } from "./descriptor.ts";

describeFingerprint(register(vercel));
