import { describeFixtures } from "../../../../tests/scenarios/describe-fixtures.ts";
import { register } from "../../register.ts";
import { siliconflow } from "./descriptor.ts";

describeFixtures(register(siliconflow), import.meta.url);
