/**
 * English words of the engine: what a meter is called, why a poll failed, what to do next, what an alert says.
 * Flat keys in i18next's format ({{name}} is filled in; _one and _other are plural forms). Faces add their own catalogs.
 */
export const en = {
  // What a meter is called
  "meter.tokens": "Tokens",
  "meter.cost": "Spend",
  "meter.key-limit": "Key limit",
  "meter.balance": "Balance",
  "meter.free-requests": "Free-model requests",
  "meter.usage": "Usage",
  "meter.sample": "A sample meter",

  // What a source says besides its meters
  "notice.free-tier": "Free tier: no credits were ever bought for this account.",
  "notice.key-expires": "The key expires on {{at, datetime(dateStyle: medium)}}.",

  // Options of the sources
  "option.quota-path.label": "Quota path",
  "option.quota-path.hint": "Where below the address the gateway tells the quota. Begins with a slash.",

  // Whose quota it is
  "scope.key": "this key",
  "scope.user": "this user",
  "scope.team": "the team",
  "scope.organization": "the organization",
  "scope.account": "the account",
  "scope.model": "one model",

  // Amounts
  "amount.unlimited": "unlimited",
  "amount.unknown": "not told",
  "amount.tokens_one": "{{amount}} token",
  "amount.tokens_other": "{{amount}} tokens",
  "amount.requests_one": "{{amount}} request",
  "amount.requests_other": "{{amount}} requests",
  "amount.credits_one": "{{amount}} credit",
  "amount.credits_other": "{{amount}} credits",
  "amount.left": "{{amount}} left",
  "amount.left-of": "{{amount}} left of {{limit}}",
  "amount.used-no-limit": "{{amount}} used, no limit",
  "amount.used": "{{amount}} used",
  "amount.overdrawn": "{{amount}} over the limit",

  // Windows and resets
  "window.rolling": "rolling window",
  "window.rolling-length": "{{length}} window",
  "window.day": "day",
  "window.week": "week",
  "window.month": "month",
  "window.period": "current period",
  "window.balance": "prepaid balance",
  "window.lifetime": "lifetime of the key",
  "reset.in": "resets in {{countdown}}",
  "reset.at": "resets {{time}}",
  "reset.past": "reset was due {{time}}; waiting for new figures",

  // Where it is heading, always an estimate
  "forecast.runs-out": "At this rate used up in about {{countdown}} ({{time}}).",
  "forecast.runs-out-first": "At this rate used up in about {{countdown}} ({{time}}), before its reset.",

  // Status of a source
  "status.loading": "Reading…",
  "status.fresh": "Up to date",
  "status.stale": "Not up to date",
  "status.awaiting-reset": "Waiting for the reset to show",
  "status.failed": "Failed",
  "status.needs-key": "Needs a key",
  "status.paused": "Paused",

  // Why a poll failed, and what to do
  "cause.key-refused.title": "The gateway refused the key",
  "cause.key-refused.next": "Check that the key is still valid and paste it again.",
  "cause.key-lacks-permission.title": "The key may not read its own quota",
  "cause.key-lacks-permission.next": "Ask whoever runs the gateway for that permission, or use another key.",
  "cause.quota-used-up.title": "The quota is used up",
  "cause.quota-used-up.next": "Wait for the reset, or top up.",
  "cause.rate-limited.title": "The gateway told us to wait",
  "cause.rate-limited.next": "Plimsoll waits as long as it was asked to and tries again by itself.",
  "cause.not-found.title": "There is no quota route at this address",
  "cause.not-found.next": "Check the address, its path and the kind of gateway.",
  "cause.unexpected-shape.title": "The answer was not what this kind of gateway sends",
  "cause.unexpected-shape.next": "Check the address and the kind of gateway.",
  "cause.challenge-page.title": "A web page came back instead of figures",
  "cause.challenge-page.next":
    "A login or challenge page stands in front of the gateway. Open the address in a browser; the key itself may be fine.",
  "cause.tls-untrusted.title": "The gateway's certificate is not trusted",
  "cause.tls-untrusted.next": "Add its certificate authority to the system, or point NODE_EXTRA_CA_CERTS at it.",
  "cause.timed-out.title": "The gateway took too long",
  "cause.timed-out.next": "Plimsoll tries again by itself; check the network if it stays so.",
  "cause.unreachable.title": "The gateway cannot be reached",
  "cause.unreachable.next": "Check the address, the network and the proxy.",
  "cause.answer-too-large.title": "The answer was too large",
  "cause.answer-too-large.next": "Check the address: a quota route answers with a few kilobytes.",
  "cause.redirected-elsewhere.title": "The gateway redirects to another host",
  "cause.redirected-elsewhere.next": "The key was not sent there. If that host is right, use its address.",
  "cause.server-error.title": "The gateway has an error of its own",
  "cause.server-error.next": "Plimsoll tries again by itself; tell whoever runs the gateway if it stays so.",
  "cause.unknown-kind.title": "This version does not know this kind of source",
  "cause.unknown-kind.next": "Update Plimsoll, or remove the source. Its settings are kept.",
  "cause.invalid-address.title": "The saved address is not allowed",
  "cause.invalid-address.next": "Edit the source and correct its address. Nothing was sent.",
  "cause.invalid-options.title": "An option of this source is not valid",
  "cause.invalid-options.next": "Edit the source and correct the field.",
  "cause.internal.title": "Plimsoll made a mistake",
  "cause.internal.next": "The log says more; please report it.",

  // Why there is no key
  "needsKey.not-saved.title": "No key is saved",
  "needsKey.not-saved.next": "Edit the source and paste its key.",
  "needsKey.env-not-set.title": "The environment variable is not set",
  "needsKey.env-not-set.next": "Set it where Plimsoll is started, then start it again.",
  "needsKey.other-origin.title": "The saved key belongs to another address",
  "needsKey.other-origin.next": "Paste the key again to allow it for the new address.",
  "needsKey.keyring-unavailable.title": "The system keyring does not answer",
  "needsKey.keyring-unavailable.next": "Unlock it, then press refresh.",

  "needsKey.malformed.title": "The key cannot be sent as it is",
  "needsKey.malformed.next": "It holds a line break or a character that no key has. Save it again without it.",

  // Why an address was not accepted
  "addressProblem.empty": "Type the address of the gateway, such as https://llm.example.org.",
  "addressProblem.no-scheme": "The address needs a scheme: put https:// in front of it.",
  "addressProblem.not-a-url": "This is not an address. Expected something like https://llm.example.org.",
  "addressProblem.scheme-not-http": "Only https:// addresses work (and http:// on this computer).",
  "addressProblem.has-user": "Take the user name and password out of the address; the key has a field of its own.",
  "addressProblem.has-query": "Take out everything from ? or # on; options have fields of their own.",
  "addressProblem.no-host": "The address names no host.",
  "addressProblem.plain-http":
    "This address is plain http on another computer: anybody on the way could read the key. Use https, or allow it knowingly.",

  // Why a key was not accepted
  "keyProblem.empty": "Paste the key, or name the environment variable that holds it.",
  "keyProblem.has-newline": "The key has a line break inside. Copy it again as one line.",
  "keyProblem.has-control-character": "The key holds a character that cannot be sent. Copy it again.",
  "keyProblem.not-ascii": "The key holds a letter that no key has, perhaps a typographic dash or quote. Copy it again.",
  "keyProblem.too-long": "This is too long for a key.",
  "keyProblem.bad-variable-name": "The name of an environment variable has letters, digits and _ only.",

  // Why a source is due when it is
  "due.first-poll": "first reading",
  "due.interval": "usual interval",
  "due.near-line": "near its line, so read more often",
  "due.after-reset": "right after the reset",
  "due.asked": "you asked",
  "due.retry-after": "the gateway asked to wait",
  "due.back-off": "waiting longer after a failure",
  "due.key-refused": "hourly until the key changes",
  "due.needs-key": "hourly until there is a key",
  "due.settings-changed": "settings changed",
  "due.resumed": "the computer woke up",

  // Alerts
  "alert.title": "{{source}}: {{percent}} left",
  "alert.title-used-up": "{{source}}: used up",
  "alert.body": "{{meter}} is at or below your line of {{threshold}}.",
  "alert.body-used-up": "{{meter}} has nothing left.",
  "alert.body-reset": "It resets {{time}}.",
  "alert.demo": "Demo",

  // Tray
  "tray.name": "Plimsoll",
  "tray.no-sources": "No sources yet",
  "tray.line": "{{source}}: {{amount}}",
  "tray.more_one": "{{count}} more source",
  "tray.more_other": "{{count}} more sources",
  "tray.demo": "Demo figures",
  "tray.open": "Open Plimsoll",
  "tray.refresh": "Refresh now",
  "tray.settings": "Settings…",
  "tray.quit": "Quit Plimsoll",
} as const satisfies Readonly<Record<string, string>>;
