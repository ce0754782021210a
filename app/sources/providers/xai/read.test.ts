import { describeFixtures } from "../../../../tests/scenarios/describe-fixtures.ts";
import { register } from "../../register.ts";
import { xai } from "./descriptor.ts";

describeFixtures(register(xai), import.meta.url);
