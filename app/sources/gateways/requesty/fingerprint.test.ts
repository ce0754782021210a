import { describeFingerprint } from "../../../../tests/scenarios/describe-fingerprint.ts";
import { register } from "../../register.ts";
import { requesty } from "./descriptor.ts";

describeFingerprint(register(requesty));
