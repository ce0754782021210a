import { describeFixtures } from "../../../../tests/scenarios/describe-fixtures.ts";
import { register } from "../../register.ts";
import { elevenlabs } from "./descriptor.ts";

describeFixtures(register(elevenlabs), import.meta.url);
