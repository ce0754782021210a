import { describeFingerprint } from "../../../../tests/scenarios/describe-fingerprint.ts";
import { register } from "../../register.ts";
import { llmgateway } from "./descriptor.ts";

describeFingerprint(register(llmgateway));
