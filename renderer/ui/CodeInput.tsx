import type { InputHTMLAttributes, TextareaHTMLAttributes } from "react";
import { classNames } from "../theme/class-names.ts";
import styles from "./code-input.module.css";

const c = classNames(styles);

const AS_TYPED = { autoComplete: "off", autoCapitalize: "off", spellCheck: false } as const;

/** An input for what machines read: names, paths, pointers. Nothing corrects what is typed. */
export function CodeInput({ className = "", ...rest }: InputHTMLAttributes<HTMLInputElement>) {
  return <input {...AS_TYPED} {...rest} className={`${className} ${c("code")}`} />;
}

/** The same for several lines. */
export function CodeArea({ className = "", ...rest }: TextareaHTMLAttributes<HTMLTextAreaElement>) {
  return <textarea {...AS_TYPED} {...rest} className={`${className} ${c("code")}`} />;
}
