import { ChevronsUpDown } from "lucide-react";
import type { ReactNode, SelectHTMLAttributes } from "react";
import { classNames } from "../theme/class-names.ts";
import styles from "./field.module.css";

const c = classNames(styles);

/** A native choice in the look of the other controls. Takes what a Field hands to its control. */
export function Select({
  children,
  ...rest
}: SelectHTMLAttributes<HTMLSelectElement> & { readonly children: ReactNode }) {
  return (
    <span className={c("select")}>
      <select {...rest}>{children}</select>
      <ChevronsUpDown size={14} strokeWidth={2.2} aria-hidden="true" />
    </span>
  );
}
