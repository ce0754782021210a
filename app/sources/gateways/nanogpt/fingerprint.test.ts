import { describeFingerprint } from "../../../../tests/scenarios/describe-fingerprint.ts";
import { register } from "../../register.ts";
import { nanogpt } from "./descriptor.ts";

describeFingerprint(register(nanogpt));
