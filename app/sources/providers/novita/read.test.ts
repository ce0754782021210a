import { describeFixtures } from "../../../../tests/scenarios/describe-fixtures.ts";
import { register } from "../../register.ts";
import { novita } from "./descriptor.ts";

describeFixtures(register(novita), import.meta.url);
