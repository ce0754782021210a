import { describeFingerprint } from "../../../../tests/scenarios/describe-fingerprint.ts";
import { register } from "../../register.ts";
import { clawrouter } from "./descriptor.ts";

describeFingerprint(register(clawrouter));
