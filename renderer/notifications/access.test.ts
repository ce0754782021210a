import { describe, expect, it, vi } from "vitest";
import { watchAccess } from "./access.ts";

/** A browser's permission that its user changes. */
function browserWith(first: NotificationPermission, queries: "told" | "fails" | "none" = "told") {
  const status = new EventTarget();
  const asked: string[] = [];
  const notification = {
    permission: first,
    async requestPermission() {
      asked.push("asked");
      notification.permission = "granted";
      return notification.permission;
    },
  };
  const query = async () => {
    if (queries === "fails") throw new TypeError("no such permission here");
    return status as PermissionStatus;
  };
  return {
    asked,
    access: watchAccess({ Notification: notification, ...(queries !== "none" && { permissions: { query } }) }),
    change(permission: NotificationPermission) {
      notification.permission = permission;
      status.dispatchEvent(new Event("change"));
    },
  };
}

const settled = () => new Promise((resolve) => setTimeout(resolve));

describe("access to notifications", () => {
  it.each([
    ["default", "not-asked"],
    ["granted", "granted"],
    ["denied", "blocked"],
  ] as const)("%s is %s", (permission, access) => {
    expect(browserWith(permission).access.current()).toBe(access);
  });

  it("is not there where the browser has none", () => {
    expect(watchAccess({}).current()).toBe("unsupported");
  });

  it("is asked for when told to, and never by itself", async () => {
    const { access, asked } = browserWith("default");
    const listener = vi.fn();
    access.subscribe(listener);
    await settled();
    expect([asked, listener.mock.calls.length]).toEqual([[], 0]);
    await access.ask();
    expect([asked, access.current(), listener.mock.calls.length]).toEqual([["asked"], "granted", 1]);
  });

  it("is followed while somebody listens, also when it is changed in the browser's settings", async () => {
    const { access, change } = browserWith("granted");
    const listener = vi.fn();
    const off = access.subscribe(listener);
    await settled();
    change("denied");
    expect([access.current(), listener.mock.calls.length]).toEqual(["blocked", 1]);
    off();
    change("granted");
    expect(listener).toHaveBeenCalledTimes(1);
    access.subscribe(listener);
    await settled();
    change("denied");
    expect(listener).toHaveBeenCalledTimes(2);
  });

  it.each(["fails", "none"] as const)("can be asked for where changes are not told (%s)", async (queries) => {
    const { access } = browserWith("default", queries);
    access.subscribe(() => undefined);
    await settled();
    await access.ask();
    expect(access.current()).toBe("granted");
  });
});
