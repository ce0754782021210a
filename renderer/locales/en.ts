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
  "source.no-meters": "The gateway answered, but named no quota.",
  "source.more-meters_one": "{{count}} more quota",
  "source.more-meters_other": "{{count}} more quotas",
  "source.fewer-meters": "Show fewer",
  "source.figures-from": "Figures from {{ago}}",
  "source.paused": "Not read while paused.",
  "source.next-try": "Next try in {{countdown}}, {{time}}.",
  "source.trying-now": "Trying now.",
  "source.edit": "Edit gateway…",
  "source.never-read": "Not read yet",
  "source.updated": "Updated {{ago}}",
  "source.details": "Details of {{label}}",
  "source.address": "Address",
  "source.read-at": "Read",
  "source.next-reading": "Next reading",

  // One meter
  "meter.value": "{{amount}}. Your line is at {{line}}.",
  "meter.line": "Your line: {{line}} left",
  "confidence.derived": "worked out",
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

  // Why a call was not carried out
  "error.invalid-input.title": "Plimsoll did not accept that",
  "error.invalid-input.next": "Check what you entered and try again.",
  "error.invalid-address.title": "The address cannot be used",
  "error.invalid-address.next": "Enter it with https://, without a user name, query or fragment.",
  "error.plain-http-needs-consent.title": "This address is not encrypted",
  "error.plain-http-needs-consent.next": "Use https://, or allow plain http for this gateway below.",
  "error.invalid-key.title": "The key cannot be used",
  "error.invalid-key.next": "Paste the key alone: one line, without quotes or spaces.",
  "error.key-required.title": "A key is needed",
  "error.key-required.next":
    "Paste the key, or name the environment variable that holds it. A saved key is never sent to another address.",
  "error.unknown-source.title": "This gateway is no longer there",
  "error.unknown-source.next": "It was removed in the meantime. Add it again if you need it.",
  "error.unknown-kind.title": "This version does not know this kind of gateway",
  "error.unknown-kind.next": "Choose another kind, or update Plimsoll.",
  "error.invalid-options.title": "An option is not valid",
  "error.invalid-options.next": "Correct the field and try again.",
  "error.settings-read-only.title": "Settings are read-only",
  "error.settings-read-only.next": "They were written by a newer Plimsoll. Update it to change them.",
  "error.settings-not-saved.title": "The settings could not be saved",
  "error.settings-not-saved.next": "Check that the disk has room and the settings file can be written, then try again.",
  "error.key-not-saved.title": "The key could not be saved",
  "error.key-not-saved.next": "Unlock the system keyring and try again, or name an environment variable instead.",
  "error.undo-expired.title": "It is too late to undo that",
  "error.undo-expired.next": "Add the gateway again; its key is needed, too.",
  "error.internal.title": "Plimsoll made a mistake",
  "error.internal.next": "Nothing was changed. The log says more; please report it.",
  "error.disconnected.title": "There is no connection to Plimsoll",
  "error.disconnected.next": "Nothing was changed. Try again when the connection is back.",
  "error.malformed-answer.title": "Plimsoll's answer was not understood",
  "error.malformed-answer.next":
    "This page and the running Plimsoll may be of different versions. Load the page again.",
} as const satisfies Readonly<Record<string, string>>;
