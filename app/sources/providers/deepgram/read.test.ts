import { describeFixtures } from "../../../../tests/scenarios/describe-fixtures.ts";
import { register } from "../../register.ts";
import { deepgram } from "./descriptor.ts";

describeFixtures(register(deepgram), import.meta.url);
