import { describeFixtures } from "../../../../tests/scenarios/describe-fixtures.ts";
import { register } from "../../register.ts";
import { moonshot } from "./descriptor.ts";

describeFixtures(register(moonshot), import.meta.url);
