import { describeFixtures } from "../../../../tests/scenarios/describe-fixtures.ts";
import { register } from "../../register.ts";
import { deepinfra } from "./descriptor.ts";

describeFixtures(register(deepinfra), import.meta.url);
