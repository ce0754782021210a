import { app, protocol } from "electron";
import { createHostBasics } from "./composition.ts";
import { runDesktop } from "./desktop.ts";
import { APP_ID, DESKTOP_NAME } from "./identity.ts";
import { launchOptions } from "./launch-options.ts";
import { registerScheme } from "./protocol.ts";

// All of this has to happen before `ready`, hence in this one turn, without an await.
const launch = launchOptions(process.argv.slice(1), process.cwd());
// First: the single-instance lock lies in this folder, so that two profiles are two instances.
if (launch.profile !== null) app.setPath("userData", launch.profile);
app.enableSandbox();
registerScheme(protocol);
if (process.platform === "linux") app.setDesktopName(DESKTOP_NAME);
if (process.platform === "win32") app.setAppUserModelId(APP_ID);

if (app.requestSingleInstanceLock()) runDesktop(launch, createHostBasics(launch.profile));
// The first instance hears of this one and opens its window.
else app.quit();
