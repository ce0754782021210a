import { describeFixtures } from "../../../../tests/scenarios/describe-fixtures.ts";
import { register } from "../../register.ts";
import { kilo } from "./descriptor.ts";

describeFixtures(register(kilo), import.meta.url);
