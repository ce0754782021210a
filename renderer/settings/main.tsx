import "../zod-without-eval.ts";
import { mountPage } from "../mount.tsx";
import { Gate } from "../ui/Gate.tsx";

mountPage(<Gate waiting={null}>{null}</Gate>);
