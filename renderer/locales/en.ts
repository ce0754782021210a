import { alertsWords } from "./alerts.ts";
import { budgetsWords } from "./budgets.ts";
import { errorsWords } from "./errors.ts";
import { historyWords } from "./history.ts";
import { mapping } from "./mapping.ts";
import { metricsWords } from "./metrics.ts";
import { notificationsWords } from "./notifications.ts";

/**
 * English words of the two pages, beside the engine's own in app/locales/en.ts. Flat keys in i18next's format.
 * What can go wrong with a call always comes as `.title` (what) and `.next` (what to do).
 */
export const en = {
  // Things to do
  "action.add-gateway": "Add a gateway",
  "action.refresh-all": "Refresh all",
  "action.refreshing": "Reading new figures…",
  "action.settings": "Settings",
  "action.dismiss": "Dismiss",
  "action.undo": "Undo",
  "action.reload": "Load again",
  "action.save": "Save",
  "action.cancel": "Cancel",
  "action.close": "Close",

  // Connection and session
  "connection.connecting": "Connecting…",
  "connection.lost.title": "Connection to Plimsoll lost",
  "connection.lost.body": "The figures below are the last that came. This page reconnects by itself.",
  "session.title": "This link no longer works",
  "session.body":
    "This link was used already, or the host was restarted. Press Enter in the terminal where Plimsoll runs for a new link.",

  // The whole list
  "overview.attention_one": "{{count}} needs attention",
  "overview.attention_other": "{{count}} need attention",
  "overview.fine": "All above their lines",
  "popover.title-left": "{{percent}} left – Plimsoll",
  "overview.updated": "updated {{ago}}",
  "sources.list": "Sources, most urgent first",

  // Time
  "time.just-now": "just now",
  "time.ago": "{{age}} ago",
  "time.now": "now",
  "time.in-at": "in {{countdown}}, {{time}}",

  // One source
  "urgency.used-up": "Used up",
  "urgency.low": "Low",
  "urgency.ok": "OK",
  "urgency.unlimited": "No limit",
  "urgency.unknown": "No figures",
  "urgency.awaiting-reset": "Awaiting reset",
  "source.refresh": "Refresh {{label}}",
  "source.refreshing": "Reading {{label}}…",
  "source.muted": "Alerts muted",
  "source.meters": "Quotas of {{label}}",
  "source.no-meters": "The service answered, but named no quota.",
  "source.more-meters_one": "{{count}} more quota",
  "source.more-meters_other": "{{count}} more quotas",
  "source.fewer-meters": "Show fewer",
  "source.figures-from": "Figures from {{ago}}",
  "source.paused": "Not read while paused.",
  "source.next-try": "Next try in {{countdown}}, {{time}}.",
  "source.trying-now": "Trying now.",
  "source.edit": "Edit gateway…",
  "source.never-read": "No figures yet",
  "source.updated": "Updated {{ago}}",
  "source.details": "Details of {{label}}",
  "source.address": "Address",
  "source.served-by": "Answered by",
  "source.read-at": "Read",
  "source.next-reading": "Next reading",

  // One meter
  "meter.was": "was {{percent}}",
  "meter.over": "{{percent}} over",
  "meter.value": "{{amount}}. Your line is at {{line}}.",
  "meter.line": "Your line: {{line}} left",
  "confidence.estimated": "estimated",

  // What was asked and answered
  "trace.title": "Requests of the last reading",
  "trace.none": "Nothing was asked yet.",
  "trace.no-answer": "no answer",
  "trace.status": "HTTP {{status}}",
  "trace.ms": "{{ms}} ms",
  "trace.bytes_one": "{{bytes}} byte",
  "trace.bytes_other": "{{bytes}} bytes",

  // Demo and empty states
  "demo.title": "Demo figures",
  "demo.body": "These gateways are made up, so that you can look around. They leave when you add yours.",
  "demo.add": "Add your gateway",
  "demo.hide": "Hide",
  "demo.hide-long": "Hide the demo",
  "demo.show": "Show the demo again",
  "empty.title": "No gateways yet",
  "empty.body": "Add one to see how much of each quota is left, and when it comes back.",

  // Alerts
  "alert.dismiss": "Dismiss: {{title}}",
  "alert.dismiss-all": "Dismiss all",
  "alert.more_one": "{{count}} more alert",
  "alert.more_other": "{{count}} more alerts",

  // Where keys are kept
  "vault.session-only.title": "Keys are kept for this session only",
  "vault.session-only.next":
    "Start or unlock a system keyring, or name an environment variable instead of pasting the key.",
  "vault.unprotected-file.title": "Keys are saved without protection",
  "vault.unprotected-file.next": "Anyone who can read your files can read them. A system keyring would protect them.",
  "vault.why": "Why: {{problem}}.",
  "vault.why-unknown": "They are held in: {{backend}}.",

  // Trouble with the settings file
  "settingsProblem.title_one": "A setting could not be read",
  "settingsProblem.title_other": "{{count}} settings could not be read",
  "settingsProblem.read-only": "Settings are read-only",
  "settingsProblem.corrupt": "The settings file was damaged. It is kept at {{path}}; default settings are in use.",
  "settingsProblem.newer":
    "The settings were written by a newer Plimsoll (version {{version}} of the file). Update Plimsoll to change them.",
  "settingsProblem.unreadable": "The settings file cannot be read: {{detail}}. Correct that and start Plimsoll again.",
  "settingsProblem.unwritable": "Settings cannot be saved: {{detail}}. Correct that and start Plimsoll again.",
  "settingsProblem.field": "{{field}}: {{detail}}. Its default is in use.",
  "settingsProblem.source": "{{source}}: {{detail}}. It is kept in the file, but not read.",
  "settingsProblem.source-number": "Source {{number}}",

  // What the screen reader is told
  "announce.refreshed_one": "Figures of {{count}} source are up to date.",
  "announce.refreshed_other": "Figures of {{count}} sources are up to date.",
  "announce.refreshed-some_one": "Figures are read. {{count}} source is not up to date.",
  "announce.refreshed-some_other": "Figures are read. {{count}} sources are not up to date.",
  "announce.moved": "{{label}} moved to place {{position}} of {{total}}.",

  // Short messages
  "toast.removed": "{{label}} was removed.",
  "toast.saved": "{{label}} is saved.",
  "toast.restored": "{{label}} is back.",

  // Settings: their sections
  "settings.title": "Settings",
  "settings.page-title": "{{section}} – Plimsoll",
  "settings.gateways": "Gateways",
  "settings.found": "On this computer",
  "settings.alerts": "Alerts",
  "settings.budgets": "Budgets",
  "settings.history": "History",
  "settings.polling": "Polling",
  "settings.metrics": "Metrics",
  "settings.appearance": "Appearance",
  "settings.about": "About",
  "settings.back": "Back to the quotas",

  // Settings: gateways
  "gateways.lead": "What Plimsoll reads, in your own order.",
  "gateways.empty":
    "All it takes is the address of a gateway and a key for it. Plimsoll shows what it can read before anything is saved.",
  "gateways.demo-shown": "The demo is shown",
  "gateways.demo-hidden": "The demo is hidden",
  "gateways.demo-hint": "Made-up gateways fill the window until the first one of yours is saved.",
  "gateways.key-saved": "key saved",
  "gateways.key-env": "key from {{name}}",
  "gateways.key-file": "key from {{path}}",
  "gateways.move-up": "Move {{label}} up",
  "gateways.move-down": "Move {{label}} down",
  "gateways.edit": "Edit",
  "gateways.rename": "Rename",
  "gateways.new-name": "New name",
  "gateways.mute": "Mute alerts",
  "gateways.unmute": "Unmute alerts",
  "gateways.pause": "Pause",
  "gateways.resume": "Resume",
  "gateways.remove": "Remove",
  "gateways.removed": "Just removed",
  "gateways.removed-hint": "Their keys are deleted when the time is over.",
  "gateways.removed-until": "until {{time}}",
  "gateways.restore": "Bring {{label}} back",

  // Settings: found on this computer
  "found.title": "Found on this computer",
  "found.lead": "Keys that other tools keep here. Plimsoll refers to them and copies none.",
  "found.invite": "Look for keys that are here already",
  "found.what":
    "Plimsoll looks at the usual environment variables, and at the files in which known tools keep their sign‑in. It sends nothing, and adds nothing without your yes.",
  "found.scan": "Look for keys",
  "found.scan-again": "Look again",
  "found.scanning": "Looking…",
  "found.list": "Found keys",
  "found.count_one": "{{count}} key found",
  "found.count_other": "{{count}} keys found",
  "found.nothing": "No key found",
  "found.nothing-next":
    "None of the known tools keeps a key where Plimsoll looked. You can still paste one, or name a variable or a file of your own.",
  "found.by": "{{tool}} · {{place}}",
  "found.also": "The same key: {{places}}",
  "found.expired-hint": "{{tool}} renews its token when you next use it. Until then there are no figures.",
  "found.added-as": "Added as “{{label}}”",
  "found.add": "Add",
  "found.adding": "Adding…",
  "found.ask-file":
    "Plimsoll will read {{path}} at each poll. It never changes the file, renews its token or keeps a copy.",
  "found.ask-env": "Plimsoll will read {{name}} at each poll, from the environment in which it was started.",
  "found.ask-kind":
    "The key goes to {{host}} alone: now in up to 12 requests, to learn what runs there, and then at each poll.",
  "found.ask-reading": "The key goes to {{host}} alone: once now, for a first reading, and then at each poll.",
  "found.address-below": "the address below",
  "found.ask-address": "Its address is not known.",
  "found.by-hand-options": "This kind needs more than a key. The form opens with what is known of it.",
  "found.by-hand-kind":
    "What runs there could not be told. Add it by hand, and choose its kind: the rest is filled in.",
  "found.by-hand": "Add it by hand",
  "found.no-key-now": "The key is not there any more.",
  "found.which": "It could be any of these",
  "found.looked_one": "Where Plimsoll looked: {{count}} place",
  "found.looked_other": "Where Plimsoll looked: {{count}} places",

  // Settings: finding out what answers at an address
  "probe.paste-label": "Paste an address, a curl command or a config snippet",
  "probe.paste-hint": "Plimsoll asks it which software it is, and shows what it tells before anything is saved.",
  "probe.taken-both": "Address and key were taken from what you pasted.",
  "probe.taken-address": "The address was taken from what you pasted. The key is still missing.",
  "probe.taken-key": "The key was taken from what you pasted.",
  "probe.taken-variable": "Address taken. The key is read from the variable {{name}}.",
  "probe.find": "Find out",
  "probe.finding": "Finding out what it is…",
  "probe.by-hand": "Choose the kind yourself",
  "probe.instead": "Let Plimsoll find out",
  "probe.outcome": "What answers there",
  "probe.version": "version {{version}}",
  "probe.saved-as": "Saved with the address",
  "probe.use-address": "Use this address",
  "probe.tells_one": "tells {{count}} quota",
  "probe.tells_other": "tells {{count}} quotas",
  "probe.trace_one": "{{count}} request",
  "probe.trace_other": "{{count}} requests",
  "probe.takes": "{{kind}} takes {{keyNote}}.",
  "probe.needs-more": "It needs more than an address and a key",
  "probe.needs-more-next": "Fill in the rest, then test it.",
  "probe.fill-in": "Fill in the rest",
  "probe.announce": "It is {{name}}, {{likelihood}}.",

  // Settings: the form for a gateway
  "form.edit-title": "Edit {{label}}",
  "form.the-gateway": "The gateway",
  "form.kind": "Kind",
  "form.kind-unknown": "This version does not know the kind “{{kind}}”.",
  "form.group-gateway": "Gateways",
  "form.group-provider": "Providers",
  "form.not-listed": "Not listed?",
  "form.not-listed-intro": "Plimsoll asks with a key. These services tell a key nothing, or too little.",
  "form.not-listed-services": "Services without a quota route",
  "form.kind-reads": "Reads {{reads}}. Takes {{keyNote}}.",
  "form.required": "{{label}} (required)",
  "form.address": "Address",
  "form.address-hint": "The base of its API, with a path if it has one.",
  "form.address-places": "One of: {{places}}.",
  "form.address-example": "https://llm.example.org",
  "form.plain-http": "Allow plain http.",
  "form.plain-http-hint": "Anybody on the way can read the key and change the figures.",
  "form.label": "Name",
  "form.label-hint": "named after its address",
  "form.key": "Key",
  "form.key-keep": "Keep the saved one",
  "form.key-keep-place": "Keep its place",
  "form.key-secret": "Paste it",
  "form.key-env": "Environment variable",
  "form.secret": "Key to paste",
  "form.secret-hint": "Kept in the system keyring, for this address only. It is never shown again.",
  "form.env": "Name of the variable",
  "form.env-hint": "Read at each poll, from the environment in which Plimsoll was started.",
  "form.key-file": "In a file",
  "form.file": "File",
  "form.file-hint": "A JSON file of another tool. It is read at each poll and never changed or copied.",
  "form.file-pointer": "Place in the file",
  "form.file-pointer-hint":
    "A JSON pointer: the names on the way to the key, each after a slash. Empty where the file is the key alone.",
  "form.file-pointer-problem": "A JSON pointer begins with a slash, such as /tokens/access_token.",
  "form.keep-hint": "The key stays as it is. An address on another host needs it again.",
  "form.keep-env": "It is read from the variable {{name}}. An address on another host needs it again.",
  "form.keep-file": "It is read from {{path}}. An address on another host needs it again.",
  "form.own": "For this gateway alone",
  "form.own-thresholds": "Warn at other percentages than for all",
  "form.as-for-all": "As for all ({{value}})",
  "form.test": "Test",
  "form.testing": "Testing…",
  "form.saving": "Saving…",
  "form.test-first": "Test these values first",
  "form.save-untested": "Save anyway",
  "form.save-untested-hint": "Save without a passing test",
  "form.option-problem": "Not accepted: {{problem}}.",
  "form.discard-question": "Discard what you entered?",
  "form.discard": "Discard",
  "form.keep-editing": "Keep editing",
  "form.outcome": "Outcome of the test",
  "form.outdated": "This was for other values. Test again.",
  "form.same-key": "This key is here already, as {{label}}. Save it only if you want to see it twice.",
  "form.same-account": "This account is here already, through {{label}}. What they share counts once.",
  "form.works_one": "It works: {{count}} quota found",
  "form.works_other": "It works: {{count}} quotas found",
  "form.trace": "What was asked and answered",

  // Settings: alerts
  "alerts.lead": "Each is shown once for each period of a quota, after a restart as well.",
  "alerts.enabled": "Alerts",
  "alerts.enabled-hint": "Warn when a quota falls to one of the percentages below.",
  "alerts.thresholds": "Warn at",
  "alerts.thresholds-hint": "Percent left. The highest is your line: it is marked on every bar.",
  "thresholds.list": "Percentages at which to warn",
  "thresholds.line": "your line",
  "thresholds.used-up": "0% (used up)",
  "thresholds.remove": "Do not warn at {{percent}}",
  "thresholds.new": "Another percentage",
  "thresholds.add": "Add",
  "thresholds.problem.not-whole": "Enter a whole number.",
  "thresholds.problem.out-of-range": "Enter a number from 0 to 99.",
  "thresholds.problem.already-there": "This one is there already.",

  // Settings: polling
  "polling.lead": "How often gateways are asked for their figures.",
  "polling.interval": "Interval",
  "polling.every": "every {{interval}}",
  "polling.interval-hint":
    "Sooner when a quota is near its line and right after a reset, later after failures, and never before a gateway allows it.",

  // Settings: appearance
  "appearance.lead": "Takes effect at once, in every window.",
  "appearance.theme": "Theme",
  "appearance.system": "As the system",
  "appearance.light": "Light",
  "appearance.dark": "Dark",

  // Settings: about
  "about.version": "Version {{version}}",
  "about.purpose": "Shows how much of every LLM quota is left, and warns before it runs out.",
  "about.where": "Where things are",
  "about.settings": "Settings",
  "about.keys": "Keys",
  "about.keys-not-checked": "In the system keyring, which is asked when the first key is needed.",
  "about.face": "Runs as",
  "about.face-desktop": "desktop app ({{platform}})",
  "about.face-web": "page of a local server ({{platform}})",
  "about.face-cli": "command ({{platform}})",
  "about.attached": "Attached to",
  "about.attached-to": "{{other}}, which reads the quotas and keeps the settings for both.",

  // Another Plimsoll on the same profile
  "host.face-desktop": "the desktop app (process {{pid}})",
  "host.face-web": "plimsoll serve (process {{pid}})",
  "host.face-cli": "plimsoll watch (process {{pid}})",
  "host.lost.title": "These figures are not kept up",
  "host.lost.why": "They come from {{other}}, which has not been reached since {{time}}.",
  "host.lost.next":
    "They are kept up again as soon as it answers. Where it has ended, this window takes over by itself.",

  ...mapping,
  ...alertsWords,
  ...budgetsWords,
  ...errorsWords,
  ...historyWords,
  ...metricsWords,
  ...notificationsWords,
} as const satisfies Readonly<Record<string, string>>;
