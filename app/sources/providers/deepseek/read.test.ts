import { describeFixtures } from "../../../../tests/scenarios/describe-fixtures.ts";
import { register } from "../../register.ts";
import { deepseek } from "./descriptor.ts";

describeFixtures(register(deepseek), import.meta.url);
