// The JSON Schemas of docs/schema: checked by ajv, and walked along with a value that they describe.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { packageFolder } from '../../src/arc/bundled.ts';

export type Json = null | boolean | number | string | Json[] | JsonObject;
export type JsonObject = { [key: string]: Json };

/** The part of JSON Schema that ours are written in. */
interface Node {
  readonly $ref?: string;
  readonly oneOf?: readonly Node[];
  readonly anyOf?: readonly Node[];
  readonly const?: Json;
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, Node>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: Node | false;
  readonly items?: Node | false;
  readonly prefixItems?: readonly Node[];
}

/** An object within a value whose fields a schema lists. */
export interface Described {
  /** The place of the list of fields in the schema, such as `#/$defs/task`. */
  readonly place: string;
  readonly fields: readonly string[];
  readonly required: readonly string[];
  readonly object: JsonObject;
}

export class Schema {
  readonly root: Node & { readonly $defs: Readonly<Record<string, Node>> };
  readonly #validate;

  /** @param name of the file, without its ending */
  constructor(name: string) {
    const file = join(packageFolder(), 'docs/schema', `${name}.schema.json`);
    this.root = JSON.parse(readFileSync(file, 'utf8'));
    this.#validate = new Ajv2020({ strict: true, strictTypes: 'log', allowUnionTypes: true }).compile(this.root);
  }

  /** What is wrong with a line; undefined where nothing is. */
  fault(line: Json): string | undefined {
    if (this.#validate(line)) return undefined;
    return this.#validate.errors!.map(({ instancePath, message }) => `${instancePath} ${message}`).join('; ');
  }

  /** All objects in a line whose fields are listed, the line itself first. */
  described(line: Json): Described[] {
    return [...this.#walk(this.root, '#', line)];
  }

  /** The names of all fields that are listed anywhere. */
  names(): Set<string> {
    const names = new Set<string>();
    const visit = (value: unknown): void => {
      if (typeof value !== 'object' || value === null) return;
      const { properties } = value as Node;
      for (const name of Object.keys(properties ?? {})) names.add(name);
      for (const part of Object.values(value)) visit(part);
    };
    visit(this.root);
    return names;
  }

  *#walk(node: Node, place: string, value: Json): Generator<Described> {
    if (node.$ref !== undefined) {
      yield* this.#walk(this.#definition(node.$ref), node.$ref, value);
    } else if (node.oneOf !== undefined) {
      const { type } = value as JsonObject;
      const line = node.oneOf.find((one) => this.#definition(one.$ref!).properties!.type!.const === type);
      yield* this.#walk(line!, place, value);
    } else if (node.anyOf !== undefined) {
      // something or null
      if (value !== null) yield* this.#walk(node.anyOf[0]!, place, value);
    } else if (Array.isArray(value)) {
      for (const item of value) if (node.items) yield* this.#walk(node.items, `${place}/items`, item);
    } else if (typeof value === 'object' && value !== null) {
      const { properties, required = [] } = node;
      if (properties !== undefined) yield { place, fields: Object.keys(properties), required, object: value };
      for (const [name, part] of Object.entries(value)) {
        const of = properties?.[name] ?? node.additionalProperties;
        if (of) yield* this.#walk(of, `${place}/${properties === undefined ? '*' : name}`, part);
      }
    }
  }

  #definition(ref: string): Node {
    return this.root.$defs[ref.slice('#/$defs/'.length)]!;
  }
}
