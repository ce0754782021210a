import { EventEmitter } from "node:events";

/** Raised when the app uses something of Electron that the double does not stand in for. */
export class NotCovered extends Error {
  override readonly name = "NotCovered";

  constructor(what: string) {
    super(`the double of Electron does not cover ${what}: cover it, or do without it`);
  }
}

const ALWAYS: ReadonlySet<string> = new Set([
  ...Object.getOwnPropertyNames(EventEmitter.prototype),
  "isDestroyed",
  // What promises, loggers and inspectors ask of any object.
  "then",
  "toJSON",
  "constructor",
  "domain",
]);

/**
 * The same object, but loud: what it lacks throws instead of being undefined, and, once destroyed, so does all else but
 * listening, as in Electron ("Object has been destroyed").
 */
export function loud<T extends object>(name: string, target: T, destroyed: () => boolean = () => false): T {
  const proxy: T = new Proxy(target, {
    get(of, property) {
      if (typeof property === "string" && !ALWAYS.has(property)) {
        if (destroyed()) throw new TypeError(`Object has been destroyed (${name}.${property})`);
        if (!(property in of)) throw new NotCovered(`${name}.${property}`);
      }
      const value: unknown = Reflect.get(of, property, of);
      if (typeof value !== "function" || property === "constructor") return value;
      return (...given: unknown[]) => {
        const result: unknown = Reflect.apply(value, of, given);
        // What returns itself for chaining must not hand out the quiet object.
        return result === of ? proxy : result;
      };
    },
    set(_of, property) {
      throw new NotCovered(`writing ${name}.${String(property)}`);
    },
  });
  return proxy;
}

/** A class whose statics and instances are loud. */
export function loudClass<C extends new (...given: never[]) => object>(
  name: string,
  of: C,
  destroyed: (instance: InstanceType<C>) => boolean = () => false,
): C {
  return new Proxy(loud(name, of), {
    construct(_loud, given) {
      const instance: InstanceType<C> = Reflect.construct(of, given);
      return loud(name, instance, () => destroyed(instance));
    },
  });
}

/**
 * Hands a part that is covered over in the place of the whole that Electron's types ask for. The one place where the types
 * are overruled: `loud` makes up for it when the app asks for what is missing.
 */
export function handOver<T>(part: object): T {
  return part as T;
}

/** An event whose default can be prevented. */
export class PreventableEvent {
  defaultPrevented = false;

  preventDefault(): void {
    this.defaultPrevented = true;
  }
}
