// JSON read strictly: every fault is said with its file, line and the path of the field.
import { CompareError } from './side.ts';

/** A JSON value and where it stands. */
export class Field {
  readonly #value: unknown;
  readonly #where: string;
  readonly #name: string;

  /** @param where file and line; `name` is the path below it */
  constructor(value: unknown, where: string, name = '') {
    this.#value = value;
    this.#where = where;
    this.#name = name;
  }

  /** @throws CompareError where the text is no JSON */
  static parse(text: string, where: string): Field {
    try {
      return new Field(JSON.parse(text), where);
    } catch (error) {
      throw new CompareError(`${where}: expected JSON: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  fail(expected: string): never {
    const found = this.#value === undefined ? 'nothing' : short(JSON.stringify(this.#value));
    throw new CompareError(
      `${this.#where}: ${this.#name === '' ? '' : `${this.#name}: `}expected ${expected}, found ${found}`,
    );
  }

  /** A field that must be there. */
  get(key: string): Field {
    const object = this.#object();
    return new Field(Object.hasOwn(object, key) ? object[key] : undefined, this.#where, this.#below(key));
  }

  /** A field that may be absent or null. */
  optional(key: string): Field | undefined {
    return (this.#object()[key] ?? null) === null ? undefined : this.get(key);
  }

  entries(): [string, Field][] {
    return Object.keys(this.#object()).map((key) => [key, this.get(key)]);
  }

  items(): Field[] {
    if (!Array.isArray(this.#value)) this.fail('a list');
    return this.#value.map((item: unknown, k) => new Field(item, this.#where, `${this.#name}[${k}]`));
  }

  string(): string {
    return typeof this.#value === 'string' ? this.#value : this.fail('a text');
  }

  number(): number {
    return typeof this.#value === 'number' ? this.#value : this.fail('a number');
  }

  /** A figure by name, such as scores by solver id. */
  numbers(): Map<string, number> {
    return new Map(this.entries().map(([key, field]) => [key, field.number()]));
  }

  /** The value as canonical text, keys in order. */
  text(): string {
    return canonical(this.#value);
  }

  #object(): Readonly<Record<string, unknown>> {
    if (typeof this.#value !== 'object' || this.#value === null || Array.isArray(this.#value)) this.fail('an object');
    return this.#value as Readonly<Record<string, unknown>>;
  }

  #below(key: string): string {
    return this.#name === '' ? key : `${this.#name}.${key}`;
  }
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return value.map(canonical).join('/');
  if (typeof value !== 'object' || value === null) return String(value);
  const fields = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return fields.map(([key, field]) => `${key} ${canonical(field)}`).join(' ');
}

function short(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
