import { describeFingerprint } from "../../../../tests/scenarios/describe-fingerprint.ts";
import { register } from "../../register.ts";
import { zenmux } from "./descriptor.ts";

describeFingerprint(register(zenmux));
