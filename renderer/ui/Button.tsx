import type { LucideIcon } from "lucide-react";
import type { AnchorHTMLAttributes, ButtonHTMLAttributes, MouseEvent, ReactNode, Ref } from "react";
import { classNames } from "../theme/class-names.ts";
import styles from "./button.module.css";

const c = classNames(styles);

interface Look {
  readonly variant?: "standard" | "primary" | "plain" | "danger";
  readonly small?: boolean;
  readonly icon?: LucideIcon;
}

interface ButtonProps extends Look, Omit<ButtonHTMLAttributes<HTMLButtonElement>, "className" | "type"> {
  readonly type?: "button" | "submit";
  /** What it does is under way: it cannot be pressed, and keeps the focus, which a disabled button would lose. */
  readonly waiting?: boolean;
  readonly children: ReactNode;
  readonly ref?: Ref<HTMLButtonElement>;
}

function looks(variant: Look["variant"], small: boolean | undefined): string {
  return c("button", variant !== "standard" && variant, small && "small");
}

/** A button with words, and an icon before them where it helps. */
export function Button({
  variant,
  small,
  icon: Icon,
  type = "button",
  waiting = false,
  children,
  ...rest
}: ButtonProps) {
  const held = waiting && { "aria-disabled": true, onClick: (event: MouseEvent) => event.preventDefault() };
  return (
    <button type={type} className={looks(variant, small)} {...rest} {...held}>
      {Icon && <Icon size={15} strokeWidth={2.1} aria-hidden="true" />}
      {children}
    </button>
  );
}

interface LinkButtonProps extends Look, Omit<AnchorHTMLAttributes<HTMLAnchorElement>, "className"> {
  readonly children: ReactNode;
}

/** A link that looks like a button, for what is another page. */
export function LinkButton({ variant, small, icon: Icon, children, ...rest }: LinkButtonProps) {
  return (
    <a className={looks(variant, small)} {...rest}>
      {Icon && <Icon size={15} strokeWidth={2.1} aria-hidden="true" />}
      {children}
    </a>
  );
}

interface IconButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, "className" | "type" | "aria-label"> {
  readonly icon: LucideIcon;
  /** Its name, for the screen reader and as the tooltip. */
  readonly label: string;
  readonly small?: boolean;
  readonly spinning?: boolean;
  readonly ref?: Ref<HTMLButtonElement>;
}

export function IconButton({ icon: Icon, label, small = false, spinning = false, ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      className={c("button", "icon", small && "small", spinning && "spinning")}
      aria-label={label}
      title={label}
      {...rest}
    >
      <Icon size={small ? 15 : 17} strokeWidth={2} aria-hidden="true" />
    </button>
  );
}

interface IconLinkProps extends Omit<AnchorHTMLAttributes<HTMLAnchorElement>, "className" | "aria-label" | "href"> {
  readonly icon: LucideIcon;
  readonly label: string;
  readonly href: string;
}

export function IconLink({ icon: Icon, label, href, ...rest }: IconLinkProps) {
  return (
    <a className={c("button", "icon")} href={href} title={label} {...rest}>
      <Icon size={17} strokeWidth={2} aria-hidden="true" />
      <span className="visually-hidden">{label}</span>
    </a>
  );
}
