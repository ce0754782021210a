import { describeFingerprint } from "../../../../tests/scenarios/describe-fingerprint.ts";
import { register } from "../../register.ts";
import { poe } from "./descriptor.ts";

describeFingerprint(register(poe));
