import { describeFixtures } from "../../../../tests/scenarios/describe-fixtures.ts";
import { register } from "../../register.ts";
import { fireworks } from "./descriptor.ts";

describeFixtures(register(fireworks), import.meta.url);
