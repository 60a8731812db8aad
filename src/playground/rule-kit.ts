import { isObject, type JsonObject } from "./json.ts";

/** One fault in what the app wants to show. */
export interface Problem {
  /** Stable wording: what the rule says, not what was found. */
  readonly rule: string;
  /** JSON pointer to the faulty value, as Slack reports it. */
  readonly path: string;
  /** The page that states the rule. */
  readonly docs: string;
  /** A rule of this project: Slack itself would accept it. */
  readonly ours?: true;
}

/** Where a check looks, what it is called there, and which page describes it. */
export interface Site {
  readonly path: string;
  readonly subject: string;
  readonly docs: string;
  report(problem: Problem): void;
}

export type Check = (value: unknown, site: Site) => void;
interface Optional {
  readonly optional: Check;
}
export type Fields = Readonly<Record<string, Check | Optional>>;

const REFERENCE = "https://docs.slack.dev/reference";

export const blockPage = (name: string) => `${REFERENCE}/block-kit/blocks/${name}`;
export const elementPage = (name: string) => `${REFERENCE}/block-kit/block-elements/${name}`;
export const objectPage = (name: string) => `${REFERENCE}/block-kit/composition-objects/${name}`;
export const methodPage = (name: string) => `${REFERENCE}/methods/${name}`;

/** Reports that the value at the site breaks a rule. */
export function fault(site: Site, rule: string): void {
  site.report({ rule: `${site.subject}: ${rule}`, path: site.path, docs: site.docs });
}

/** The site of a property or list item of the value at `site`. */
export function inside(site: Site, key: string | number, subject = site.subject): Site {
  return { ...site, path: `${site.path}/${key}`, subject };
}

export const optional = (check: Check): Optional => ({ optional: check });

/** Text of `least` to `most` characters. */
export function characters(most: number, least = 1): Check {
  return (value, site) => {
    if (typeof value !== "string") return fault(site, "must be a string");
    if (value.length < least) fault(site, `at least ${counted(least, "character")}`);
    if (value.length > most) fault(site, `at most ${counted(most, "character")}`);
  };
}

export function integer(least: number, most: number): Check {
  return (value, site) => {
    if (!Number.isInteger(value) || Number(value) < least || Number(value) > most) {
      fault(site, `must be an integer from ${least} to ${most}`);
    }
  };
}

export const finiteNumber: Check = (value, site) => {
  if (!Number.isFinite(value)) fault(site, "must be a number");
};

export const boolean: Check = (value, site) => {
  if (typeof value !== "boolean") fault(site, "must be true or false");
};

export function oneOf(...allowed: readonly (string | number)[]): Check {
  return (value, site) => {
    if (!allowed.some((each) => each === value)) fault(site, `must be ${allowed.join(" or ")}`);
  };
}

/** Text of a form such as a date; `words` names the form. */
export function inForm(form: RegExp, words: string): Check {
  return (value, site) => {
    if (typeof value !== "string" || !form.test(value)) fault(site, `must be ${words}`);
  };
}

/** A list of `least` to `most` items, each of them checked. */
export function arrayOf(check: Check, least: number, most: number, noun = "item"): Check {
  return (value, site) => {
    if (!Array.isArray(value)) return fault(site, "must be an array");
    if (value.length < least) fault(site, `at least ${counted(least, noun)}`);
    if (value.length > most) fault(site, `at most ${counted(most, noun)}`);
    for (const [index, item] of value.entries()) check(item, inside(site, index));
  };
}

/** Several checks of one value. */
export function all(...checks: readonly Check[]): Check {
  return (value, site) => {
    for (const check of checks) check(value, site);
  };
}

/**
 * An object with exactly these fields; `subject` is its name in every rule about it. A missing field and an
 * unknown one are faults, because Slack refuses the whole message for either.
 */
export function shape(subject: string, docs: string, fields: Fields, also?: ShapeCheck): Check {
  return (value, outer) => {
    const site: Site = { ...outer, subject, docs };
    if (!isObject(value)) return fault(site, "must be an object");
    for (const [name, field] of Object.entries(fields)) {
      const check = typeof field === "function" ? field : field.optional;
      const found = value[name];
      if (found !== undefined) check(found, inside(site, name, `${subject}.${name}`));
      else if (typeof field === "function") fault(inside(site, name), `${name} is required`);
    }
    for (const name of Object.keys(value)) {
      if (!Object.hasOwn(fields, name)) fault(inside(site, name), "has an unknown field");
    }
    also?.(value, site);
  };
}
type ShapeCheck = (value: JsonObject, site: Site) => void;

/** A `shape` whose `type` says what it is. */
export function typed(type: string, docs: string, fields: Fields, also?: ShapeCheck): Check {
  return shape(type, docs, { type: oneOf(type), ...fields }, also);
}

/** One of several objects, told apart by `type`. */
export function byType(what: string, docs: string, kinds: Readonly<Record<string, Check>>): Check {
  return (value, site) => {
    if (!isObject(value)) return fault(site, `must be ${what}`);
    const { type } = value;
    const check = typeof type === "string" && Object.hasOwn(kinds, type) ? kinds[type] : undefined;
    if (check) return check(value, site);
    site.report({ rule: `${site.subject}: type must be a known ${what}`, path: `${site.path}/type`, docs });
  };
}

/** Exactly one of the named fields must be there. */
export function exactlyOne(...names: readonly string[]): ShapeCheck {
  return (value, site) => {
    const present = names.filter((name) => value[name] !== undefined);
    if (present.length !== 1) fault(site, `exactly one of ${names.join(" and ")}`);
  };
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
