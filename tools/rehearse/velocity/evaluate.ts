import { NotSimulated } from '../../not-simulated';
import { describe, type Expression, type Node, type Reference, type Step } from './ast';
import { callMethod } from './methods';
import { binary, isTrue } from './operators';
import { entry, isHost, isList, isMap, mapOf, print, type Value } from './value';

/** Renders a template; `variables` are what it may refer to, and what its `#set` changes. */
export function evaluate(template: readonly Node[], variables: Map<string, Value>, where: string): string {
  return new Rendering(variables, where).nodes(template);
}

class Rendering {
  readonly #variables: Map<string, Value>;
  readonly #where: string;

  constructor(variables: Map<string, Value>, where: string) {
    this.#variables = variables;
    this.#where = where;
  }

  nodes(nodes: readonly Node[]): string {
    return nodes.map((node) => this.#node(node)).join('');
  }

  #node(node: Node): string {
    switch (node.kind) {
      case 'text':
        return node.text;
      case 'reference':
        return print(this.#reference(node.reference));
      case 'set':
        this.#set(node.target, this.#expression(node.value));
        return '';
      case 'if': {
        const branch = node.branches.find(
          ({ condition }) => condition === undefined || isTrue(this.#expression(condition)),
        );
        return branch ? this.nodes(branch.body) : '';
      }
      case 'foreach':
        return this.#foreach(node.variable, this.#expression(node.in), node.body);
    }
  }

  #foreach(variable: string, over: Value, body: readonly Node[]): string {
    const items =
      over === null ? [] : isList(over) ? over : isMap(over) ? [...over.entries.values()] : undefined;
    if (!items) throw new NotSimulated(this.#where, `#foreach over ${print(over)}`);
    const outer = [variable, 'foreach', 'velocityCount'].map(
      (name) => [name, this.#variables.get(name)] as const,
    );
    const rendered = items.map((item, index) => {
      this.#variables.set(variable, item);
      this.#variables.set('velocityCount', index + 1);
      this.#variables.set('foreach', loop(index, items.length));
      return this.nodes(body);
    });
    for (const [name, value] of outer) {
      if (value === undefined) this.#variables.delete(name);
      else this.#variables.set(name, value);
    }
    return rendered.join('');
  }

  #set({ name, path }: Reference, value: Value): void {
    const last = path.at(-1);
    if (last === undefined) {
      if (isHost(this.#variables.get(name) ?? null)) throw new NotSimulated(this.#where, `#set of $${name}`);
      this.#variables.set(name, value);
      return;
    }
    const holder = this.#reference({ name, path: path.slice(0, -1) });
    if (last.kind !== 'property' || !isMap(holder) || holder.closed) {
      throw new NotSimulated(this.#where, `#set of ${describe({ name, path })}`);
    }
    holder.entries.set(last.name, value);
  }

  #expression(expression: Expression): Value {
    switch (expression.kind) {
      case 'literal':
        return expression.value;
      case 'interpolated':
        return this.nodes(expression.nodes);
      case 'list':
        return expression.items.map((item) => this.#expression(item));
      case 'not':
        return !isTrue(this.#expression(expression.of));
      case 'reference':
        return this.#reference(expression.reference);
      case 'binary': {
        const { operator, left, right } = expression;
        const first = this.#expression(left);
        return binary(operator, first, () => this.#expression(right), this.#where);
      }
    }
  }

  /** A step into null gives null: API Gateway prints an invalid reference as nothing. */
  #reference(reference: Reference): Value {
    const { name, path } = reference;
    let value = this.#variables.get(name) ?? null;
    for (const [index, step] of path.entries()) {
      if (value === null) return null;
      value = this.#step(value, step, () => describe({ name, path: path.slice(0, index + 1) }));
    }
    return value;
  }

  #step(value: Value, step: Step, described: () => string): Value {
    switch (step.kind) {
      case 'method': {
        const args = step.args.map((arg) => this.#expression(arg));
        const called = callMethod(value, step.name, args);
        if (called === undefined) throw new NotSimulated(this.#where, described());
        return called;
      }
      case 'property': {
        const found = this.#property(value, step.name);
        if (found === undefined) throw new NotSimulated(this.#where, described());
        return found;
      }
      case 'index': {
        const index = this.#expression(step.index);
        if (isList(value) && typeof index === 'number') return value[index] ?? null;
        const found = isMap(value) && typeof index === 'string' ? entry(value, index) : undefined;
        if (found !== undefined) return found;
        throw new NotSimulated(this.#where, `${described()} with ${print(index)}`);
      }
    }
  }

  /** `undefined` where it is not known what AWS would give. */
  #property(value: Value, name: string): Value | undefined {
    if (isMap(value)) return entry(value, name);
    if (isHost(value)) return Object.hasOwn(value.properties, name) ? value.properties[name] : undefined;
    // `$input.body.x` is nothing.
    return typeof value === 'string' ? null : undefined;
  }
}

const loop = (index: number, length: number) => ({
  ...mapOf(
    [
      ['index', index],
      ['count', index + 1],
      ['hasNext', index + 1 < length],
    ],
    false,
  ),
  closed: true,
});
