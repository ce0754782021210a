import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import type { SettingsPlace } from "../../app/contract/contract.ts";
import { addressOf } from "../settings/route.ts";
import { useAppStore } from "../store/context.tsx";
import { Button, IconButton, IconLink, LinkButton } from "./Button.tsx";

interface SettingsLinkProps {
  readonly place: SettingsPlace;
  readonly icon?: LucideIcon;
  readonly variant?: "standard" | "primary" | "plain";
  readonly small?: boolean;
  readonly children: ReactNode;
}

/** Opens the settings: a window of its own on the desktop, a page in the browser. */
export function SettingsLink({ place, children, ...look }: SettingsLinkProps) {
  const { bridge, run } = useAppStore();
  return bridge.face === "web" ? (
    <LinkButton href={settingsAddress(place)} {...look}>
      {children}
    </LinkButton>
  ) : (
    <Button onClick={() => void run("shell.openSettings", place)} {...look}>
      {children}
    </Button>
  );
}

/** The same as a bare icon. */
export function SettingsIcon({ icon, label }: { readonly icon: LucideIcon; readonly label: string }) {
  const { bridge, run } = useAppStore();
  return bridge.face === "web" ? (
    <IconLink icon={icon} label={label} href={settingsAddress({ type: "start" })} />
  ) : (
    <IconButton icon={icon} label={label} onClick={() => void run("shell.openSettings", { type: "start" })} />
  );
}

function settingsAddress(place: SettingsPlace): string {
  const page = "./settings.html";
  switch (place.type) {
    case "start":
      return page;
    case "add":
      return page + addressOf({ section: "gateways", form: { type: "add" } });
    case "source":
      return page + addressOf({ section: "gateways", form: { type: "edit", sourceId: place.sourceId } });
    case "alerts":
    case "budgets":
      return page + addressOf({ section: place.type, form: null });
    case "history": {
      const of = place.sourceId;
      return page + addressOf({ section: "history", form: null, ...(of !== null && { of }) });
    }
  }
}
