import { describeFixtures } from "../../../../tests/scenarios/describe-fixtures.ts";
import { register } from "../../register.ts";
import { stepfun } from "./descriptor.ts";

describeFixtures(register(stepfun), import.meta.url);
