import "../zod-without-eval.ts";
import { mountPage } from "../mount.tsx";
import { Gate } from "../ui/Gate.tsx";
import { Settings } from "./Settings.tsx";
import { SettingsSkeleton } from "./SettingsSkeleton.tsx";

mountPage(
  <Gate waiting={<SettingsSkeleton />}>
    <Settings />
  </Gate>,
);
