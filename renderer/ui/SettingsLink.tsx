import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { useAppStore } from "../store/context.tsx";
import { Button, IconButton, IconLink, LinkButton } from "./Button.tsx";

interface SettingsLinkProps {
  /** The source to edit, or null for the settings as a whole. */
  readonly sourceId: string | null;
  readonly icon?: LucideIcon;
  readonly variant?: "standard" | "primary" | "plain";
  readonly small?: boolean;
  readonly children: ReactNode;
}

/** Opens the settings: a window of its own on the desktop, a page in the browser. */
export function SettingsLink({ sourceId, children, ...look }: SettingsLinkProps) {
  const { bridge, run } = useAppStore();
  if (bridge.face === "web") {
    return (
      <LinkButton href={settingsAddress(sourceId)} {...look}>
        {children}
      </LinkButton>
    );
  }
  return (
    <Button onClick={() => void run("shell.openSettings", { sourceId })} {...look}>
      {children}
    </Button>
  );
}

/** Where a first or another gateway is added. */
export function AddGatewayLink({ children, ...look }: Omit<SettingsLinkProps, "sourceId">) {
  const { bridge, run } = useAppStore();
  if (bridge.face === "web") {
    return (
      <LinkButton href="./settings.html#add" {...look}>
        {children}
      </LinkButton>
    );
  }
  return (
    <Button onClick={() => void run("shell.openSettings", { sourceId: null })} {...look}>
      {children}
    </Button>
  );
}

/** The same as a bare icon. */
export function SettingsIcon({ icon, label }: { readonly icon: LucideIcon; readonly label: string }) {
  const { bridge, run } = useAppStore();
  return bridge.face === "web" ? (
    <IconLink icon={icon} label={label} href={settingsAddress(null)} />
  ) : (
    <IconButton icon={icon} label={label} onClick={() => void run("shell.openSettings", { sourceId: null })} />
  );
}

function settingsAddress(sourceId: string | null): string {
  return sourceId === null ? "./settings.html" : `./settings.html#source=${encodeURIComponent(sourceId)}`;
}
