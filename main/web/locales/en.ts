/** English words of the browser face that the UI itself cannot say: before there is a session, and in the terminal. */
export const en = {
  "signIn.title": "Plimsoll",
  "signIn.working": "Opening Plimsoll…",
  "signIn.none": "This browser has no session with Plimsoll.",
  "signIn.refused": "This link was used before, or is older than ten minutes.",
  "signIn.tooMany": "Too many links that do not work were tried. Wait a minute.",
  "signIn.unreachable": "Plimsoll does not answer. Perhaps it was stopped.",
  "signIn.blocked": "The link worked, but this browser does not keep the cookie that remembers it.",
  "signIn.next":
    "Open the link that Plimsoll prints in the terminal where it runs. Press Enter there for a new one, or start it again.",
  "signIn.blockedNext": "Allow cookies for this address, then open a new link.",
  "signIn.noScript": "Plimsoll needs JavaScript in the browser.",

  "serve.at": "Plimsoll is at {{url}}",
  "serve.attached-page": "this profile is open in another Plimsoll ({{host}}); this page shows what that one reads.",
  "serve.attached-terminal":
    "this profile is open in another Plimsoll ({{host}}); this terminal shows what that one reads.",
  "serve.attachedAnew": "the Plimsoll that polled has ended, and another one took its place ({{host}}).",
  "serve.tookOver": "the Plimsoll that polled has ended; this one polls from now on.",
  "serve.lost": "the Plimsoll that polls cannot be reached any more: {{why}}.",
  "serve.alone": "other commands cannot ask this one, and will poll by themselves: {{problem}}.",
  "serve.demo": "It shows the demo: the gateways and their figures are made up.",
  "serve.stop": "Ctrl+C stops it.",
  "serve.stopOrNewLink": "Ctrl+C stops it. The link works once, within ten minutes; press Enter for a new one.",
  "serve.newLink": "New link: {{url}}",
  "serve.browserFailed": "The browser could not be opened ({{detail}}). Open the address above in one.",
  "serve.portTaken":
    "Port {{port}} is already in use on this computer. Stop what uses it, or choose another one with --port.",
  "serve.portNotAllowed":
    "This user may not listen on port {{port}}. Choose one above 1023 with --port, or leave it out.",
  "serve.rendererMissing": "The pages of the browser face are not built: {{detail}}. Build them with: npm run build",
} as const satisfies Readonly<Record<string, string>>;
