import { describeFixtures } from "../../../../tests/scenarios/describe-fixtures.ts";
import { register } from "../../register.ts";
import { stability } from "./descriptor.ts";

describeFixtures(register(stability), import.meta.url);
