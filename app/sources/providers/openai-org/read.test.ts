import { describeFixtures } from "../../../../tests/scenarios/describe-fixtures.ts";
import { register } from "../../register.ts";
import { openaiOrg } from "./descriptor.ts";

describeFixtures(register(openaiOrg), import.meta.url);
