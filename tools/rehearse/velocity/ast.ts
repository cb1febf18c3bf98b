/** A template, as far as it is understood. */
export type Node =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'reference'; readonly reference: Reference }
  | { readonly kind: 'set'; readonly target: Reference; readonly value: Expression }
  | { readonly kind: 'if'; readonly branches: readonly Branch[] }
  | {
      readonly kind: 'foreach';
      readonly variable: string;
      readonly in: Expression;
      readonly body: readonly Node[];
    };

export interface Branch {
  /** None for `#else`. */
  readonly condition?: Expression;
  readonly body: readonly Node[];
}

export type Expression =
  | { readonly kind: 'literal'; readonly value: string | number | boolean }
  /** A double-quoted string with references. */
  | { readonly kind: 'interpolated'; readonly nodes: readonly Node[] }
  | { readonly kind: 'list'; readonly items: readonly Expression[] }
  | { readonly kind: 'not'; readonly of: Expression }
  | { readonly kind: 'reference'; readonly reference: Reference }
  | {
      readonly kind: 'binary';
      readonly operator: BinaryOperator;
      readonly left: Expression;
      readonly right: Expression;
    };

export const binaryOperators = ['==', '!=', '<', '>', '<=', '>=', '&&', '||', '+', '-'] as const;
export type BinaryOperator = (typeof binaryOperators)[number];

export interface Reference {
  readonly name: string;
  readonly path: readonly Step[];
}

export type Step =
  | { readonly kind: 'property'; readonly name: string }
  | { readonly kind: 'method'; readonly name: string; readonly args: readonly Expression[] }
  | { readonly kind: 'index'; readonly index: Expression };

/** A reference as a template writes it, arguments left out. */
export const describe = ({ name, path }: Reference): string =>
  [
    `$${name}`,
    ...path.map((step) =>
      step.kind === 'property' ? `.${step.name}` : step.kind === 'method' ? `.${step.name}()` : '[…]',
    ),
  ].join('');
