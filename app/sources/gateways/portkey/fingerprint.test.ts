import { describeFingerprint } from "../../../../tests/scenarios/describe-fingerprint.ts";
import { register } from "../../register.ts";
import { portkey } from "./descriptor.ts";

describeFingerprint(register(portkey));
