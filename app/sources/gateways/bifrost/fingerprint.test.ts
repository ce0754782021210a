import { describeFingerprint } from "../../../../tests/scenarios/describe-fingerprint.ts";
import { register } from "../../register.ts";
import { bifrost } from "./descriptor.ts";

describeFingerprint(register(bifrost));
