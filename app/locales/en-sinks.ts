/** English words of where alerts go: several at once, samples, and why a webhook's address was not accepted. Part of en.ts. */
export const sinks = {
  "delivery.test": "Test: {{title}}",

  // Buttons of a notification
  "notification.snooze-hour": "Snooze for 1 hour",
  "notification.snooze-reset": "Snooze until it resets",
  "notification.snooze-tomorrow": "Snooze until tomorrow",

  "addressProblem.has-fragment": "Take out everything from # on: it would not be sent.",
  "addressProblem.no-topic":
    "An ntfy address ends in its topic, such as https://ntfy.example.org/my-topic (letters, digits, - and _, at most 64).",
  "addressProblem.plain-http-webhook":
    "This address is plain http on another computer: anybody on the way could read it. Use https; http works on this computer only.",
  "addressProblem.bad-variable-name": "A variable's name has letters, digits and _, and begins with no digit.",
  "addressProblem.env-not-set": "This variable is not set where Plimsoll runs, or is empty.",
} as const;
