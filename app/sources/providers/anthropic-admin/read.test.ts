import { describeFixtures } from "../../../../tests/scenarios/describe-fixtures.ts";
import { register } from "../../register.ts";
import { anthropicAdmin } from "./descriptor.ts";

describeFixtures(register(anthropicAdmin), import.meta.url);
