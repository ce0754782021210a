import { Command, InvalidArgumentError, Option } from "commander";
import packageJson from "../../package.json" with { type: "json" };
import { withoutValues } from "./without-values.ts";

/** Options as commander hands them over; judged by each command's own schema. */
type RawOptions = Readonly<Record<string, unknown>>;

/**
 * The command line: what there is and how it is called. `setExit` gets the exit status of the command that ran; of `args`, what was
 * typed, nothing that may be a key is repeated in an error.
 */
export function buildProgram(
  setExit: (code: number) => void,
  args: readonly string[] = process.argv.slice(2),
): Command {
  const profile = () => new Option("--profile <dir>", "use the settings in this folder");
  const demo = () => new Option("--demo", "show the built-in demo gateways instead of your own sources");
  const program = new Command("plimsoll")
    .description("Shows how much of every LLM quota is left, and warns before it runs out.")
    .version(packageJson.version)
    .exitOverride()
    .configureOutput({ outputError: (message, write) => write(withoutValues(message, args)) })
    .showHelpAfterError("(--help lists what there is)");

  program
    .command("status")
    .description("print what is left: as the running Plimsoll knows it, else after polling every source once")
    .option("--json", "print JSON (docs/json.md)")
    .option("--fresh", "have the running Plimsoll poll every source first")
    .addOption(demo())
    .addOption(profile())
    .addHelpText(
      "after",
      "\nExit status: 0 fine · 3 something at or below its line · 4 some source failed · 2 wrong usage",
    )
    .action(async (options: RawOptions) => setExit(await (await import("./status.ts")).status(options)));

  program
    .command("watch")
    .description("show what is left as it changes, and alerts as they come, until Ctrl+C")
    .option("--json", "print one JSON object per line and event (docs/json.md)")
    .option("--no-bell", "do not ring at an alert")
    .addOption(demo())
    .addOption(profile())
    .action(async (options: RawOptions) => setExit(await (await import("./watch.ts")).watch(options)));

  program
    .command("serve")
    .description("show the app in a browser tab on this computer")
    .option("--port <number>", "listen on this port of 127.0.0.1 (default: any free one)", portNumber)
    .option("--no-open", "do not open a browser, only print the address")
    .addOption(demo())
    .addOption(profile())
    .action(async (options: RawOptions) => setExit(await (await import("./serve.ts")).serve(options)));

  const source = program.command("source").description("add, list, test and remove gateways");
  source
    .command("add")
    .description("save a gateway and print its id")
    .option("--kind <kind>", "what runs at the address, such as neutral or openrouter (default: find out)")
    .option("--url <address>", "where it runs (kinds with one fixed address need none)")
    .option("--paste", "read address and key from a curl command or a piece of configuration on standard input")
    .addOption(
      new Option("--key-env <name>", "read the key from this environment variable at each poll").conflicts([
        "keyStdin",
        "keyFile",
      ]),
    )
    .addOption(
      new Option("--key-file <path>", "read the key from this JSON file at each poll; it is never changed").conflicts(
        "keyStdin",
      ),
    )
    .option("--key-pointer <pointer>", "where in that file, such as /tokens/access_token")
    .option("--key-stdin", "read the key from standard input and keep it in the system keyring")
    .option("--label <name>", "what to call it")
    .option("--quota-path <path>", "path of the quota route below the address (kind neutral)")
    .option("--option <name=value>", "set another option of the kind; may be repeated", collect)
    .option("--mapping <file>", "what to read, as JSON (docs/mapped-gateways.md); for kinds that are described so")
    .option(
      "--secret-env <name=variable>",
      "read a further secret of the mapping from a variable; may be repeated",
      collect,
    )
    .option(
      "--spare-url <address>",
      "a further address of the same gateway, asked with the same key when the ones before do not answer; may be repeated",
      collect,
    )
    .option("--allow-plain-http", "send the key over plain http to another computer")
    .addOption(profile())
    .action(async (options: RawOptions) => setExit(await (await import("./source.ts")).addSource(options)));
  source
    .command("list")
    .description("print the saved gateways")
    .option("--json", "print JSON")
    .addOption(profile())
    .action(async (options: RawOptions) => setExit(await (await import("./source.ts")).listSources(options)));
  source
    .command("test <id>")
    .description("poll one gateway and print what was asked, answered and understood")
    .addOption(profile())
    .action(async (id: string, options: RawOptions) =>
      setExit(await (await import("./source.ts")).testSource(id, options)),
    );
  source
    .command("remove <id>")
    .description("forget a gateway and its saved key")
    .addOption(profile())
    .action(async (id: string, options: RawOptions) =>
      setExit(await (await import("./source.ts")).removeSource(id, options)),
    );

  const sink = program.command("sink").description("add, list, test and remove where alerts go");
  sink
    .command("add-webhook")
    .description("save an address that alerts are posted to, and print its id")
    .requiredOption("--format <format>", "json, ntfy, slack or discord (docs/behaviour/sinks.md)")
    .option("--url-stdin", "read the address from standard input and keep it in the system keyring")
    .option("--url-env <name>", "read the address from this environment variable at each alert")
    .option("--token-stdin", "read a bearer token from standard input (after the address, on a line of its own)")
    .option("--label <name>", "what to call it")
    .addOption(profile())
    .action(async (options: RawOptions) => setExit(await (await import("./sink.ts")).addWebhook(options)));
  sink
    .command("add-command <program...>")
    .description("save a program to run at each alert, without a shell, and print its id; put it after --")
    .option("--label <name>", "what to call it")
    .option("--timeout <seconds>", "end it after so many seconds, 1 to 60 (default: 10)", timeoutSeconds)
    .addOption(profile())
    .action(async (argv: readonly string[], options: RawOptions) =>
      setExit(await (await import("./sink.ts")).addCommand(argv, options)),
    );
  sink
    .command("list")
    .description("print the saved sinks")
    .option("--json", "print JSON")
    .addOption(profile())
    .action(async (options: RawOptions) => setExit(await (await import("./sink.ts")).listSinks(options)));
  sink
    .command("test <id>")
    .description("send a sample alert through one sink, and say what came of it")
    .addOption(profile())
    .action(async (id: string, options: RawOptions) =>
      setExit(await (await import("./sink.ts")).testSink(id, options)),
    );
  sink
    .command("remove <id>")
    .description("forget a sink and its saved secrets")
    .addOption(profile())
    .action(async (id: string, options: RawOptions) =>
      setExit(await (await import("./sink.ts")).removeSink(id, options)),
    );

  const budget = program.command("budget").description("add, list and remove limits of your own");
  budget
    .command("add")
    .description("save a limit over what sources report as used, and print its id (docs/behaviour/budgets.md)")
    .addOption(
      new Option("--period <period>", "how long it is for").choices(["day", "week", "month"]).makeOptionMandatory(),
    )
    .requiredOption("--limit <number>", "how much, such as 20 or 12.50", positiveNumber)
    .option("--currency <code>", "of money in this currency, such as USD")
    .addOption(new Option("--unit <unit>", "of something else than money").choices(["tokens", "requests", "credits"]))
    .option("--source <id>", "over one source only (`plimsoll source list` prints the ids)")
    .option("--group <name>", "over the sources of this group only (default: over all)")
    .option("--rate <code=number>", "what one unit of another currency is worth; may be repeated", collect)
    .option("--warn <percentages>", "warn when so much is left, such as 25,10,0 (default: as for all)")
    .option("--label <name>", "what to call it")
    .addOption(profile())
    .action(async (options: RawOptions) => setExit(await (await import("./budget.ts")).addBudget(options)));
  budget
    .command("list")
    .description("print the budgets and how they stand, by what was read before")
    .option("--json", "print JSON")
    .addOption(profile())
    .action(async (options: RawOptions) => setExit(await (await import("./budget.ts")).listBudgets(options)));
  budget
    .command("remove <id>")
    .description("forget a budget")
    .addOption(profile())
    .action(async (id: string, options: RawOptions) =>
      setExit(await (await import("./budget.ts")).removeBudget(id, options)),
    );

  program
    .command("probe")
    .description("find out what answers at an address and what it tells; save nothing")
    .option("--url <address>", "the address")
    .option("--paste", "read address and key from a curl command or a piece of configuration on standard input")
    .addOption(new Option("--key-env <name>", "take the key from this environment variable").conflicts("keyStdin"))
    .option("--key-file <path>", "take the key from this JSON file")
    .option("--key-pointer <pointer>", "where in that file, such as /tokens/access_token")
    .option("--key-stdin", "read the key from standard input")
    .option("--allow-plain-http", "send the key over plain http to another computer")
    .option("--json", "print JSON (docs/json.md)")
    .addOption(profile())
    .action(async (options: RawOptions) => setExit(await (await import("./probe.ts")).probeAddress(options)));

  program
    .command("discover")
    .description("look for keys where known tools keep them, and add those you name")
    .option("--json", "print JSON (docs/json.md)")
    .option("--add <id...>", "save references to these findings (never copies of their keys)")
    .option("--add-all", "save references to all that are usable as they are")
    .option("--all", "list every place that was looked at, with what came of it")
    .addOption(profile())
    .action(async (options: RawOptions) => setExit(await (await import("./discover.ts")).discoverKeys(options)));

  program
    .command("history")
    .description("print what was left of each meter over time, as this computer recorded it")
    .option("--source <id...>", "only these sources (`plimsoll source list` prints their ids)")
    .addOption(
      new Option("--range <range>", "how far back: 24 hours, 7, 30 or 90 days")
        .choices(["day", "week", "month", "quarter"])
        .default("day"),
    )
    .addOption(new Option("--json", "print JSON (docs/json.md)").conflicts("csv"))
    .option("--csv", "print CSV (docs/behaviour/history.md)")
    .addOption(profile())
    .action(async (options: RawOptions) => setExit(await (await import("./history.ts")).history(options)));

  program
    .command("doctor")
    .description("say where settings, keys and logs lie, what is in force, and how each source does")
    .option("--json", "print JSON")
    .addOption(profile())
    .action(async (options: RawOptions) => setExit(await (await import("./doctor.ts")).doctor(options)));

  // exitOverride is not inherited by commands made before it was set on their parent.
  for (const command of [...program.commands, ...source.commands, ...sink.commands, ...budget.commands])
    command.exitOverride();
  return program;
}

function portNumber(text: string): number {
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port < 1 || port > 65_535) {
    throw new InvalidArgumentError("A port is a whole number from 1 to 65535.");
  }
  return port;
}

function positiveNumber(text: string): number {
  const number = Number(text);
  if (!/^\d{1,12}(\.\d{1,6})?$/.test(text) || !(number > 0)) {
    throw new InvalidArgumentError("It is a number above 0, such as 20 or 12.50.");
  }
  return number;
}

function timeoutSeconds(text: string): number {
  const seconds = Number(text);
  if (!/^\d{1,2}$/.test(text) || seconds < 1 || seconds > 60) {
    throw new InvalidArgumentError("A time-out is a whole number of seconds from 1 to 60.");
  }
  return seconds;
}

function collect(value: string, previous: readonly string[] | undefined): string[] {
  return [...(previous ?? []), value];
}
