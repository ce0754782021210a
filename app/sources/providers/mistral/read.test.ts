import { describeFixtures } from "../../../../tests/scenarios/describe-fixtures.ts";
import { register } from "../../register.ts";
import { mistral } from "./descriptor.ts";

describeFixtures(register(mistral), import.meta.url);
