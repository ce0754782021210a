import { describeFingerprint } from "../../../../tests/scenarios/describe-fingerprint.ts";
import { register } from "../../register.ts";
import { venice } from "./descriptor.ts";

describeFingerprint(register(venice));
