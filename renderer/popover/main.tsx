import "../zod-without-eval.ts";
import { mountPage } from "../mount.tsx";
import { Gate } from "../ui/Gate.tsx";
import { Popover } from "./Popover.tsx";
import { PopoverSkeleton } from "./PopoverSkeleton.tsx";

mountPage(
  <Gate waiting={<PopoverSkeleton />}>
    <Popover />
  </Gate>,
);
