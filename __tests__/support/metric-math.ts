/** A data point a minute; `undefined` where there is none. */
export type Series = readonly (number | undefined)[];

type Value = number | Series;

/**
 * CloudWatch's metric math, as far as the alarms use it: sums, products, comparisons, AND, FILL and IF. What a missing
 * data point enters is missing, and so is what is divided by 0.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html
 */
export function evaluateExpression(expression: string, pointsOf: (id: string) => Series): Series {
  const tokens = expression.match(/\d+(\.\d+)?|[A-Za-z]\w*|==|[-+*/(),<>]/g) ?? [];
  if (tokens.join('') !== expression.replaceAll(/\s/g, '')) throw new Error(`not read: ${expression}`);
  let at = 0;
  const take = () => tokens[at++] ?? '';
  const expect = (token: string) => {
    if (take() !== token) throw new Error(`${token} expected in ${expression}`);
  };

  const levels = [['AND'], ['==', '<', '>'], ['+', '-'], ['*', '/']];
  const operation = (level: number): Value => {
    const operators = levels[level];
    if (!operators) return operand();
    let left = operation(level + 1);
    while (operators.includes(tokens[at] ?? '')) {
      const operator = take();
      const right = operation(level + 1);
      left = zip([left, right], ([a, b]) => apply(operator, a, b));
    }
    return left;
  };
  const operand = (): Value => {
    const token = take();
    if (/^\d/.test(token)) return Number(token);
    if (token === '(') {
      const value = operation(0);
      expect(')');
      return value;
    }
    if (tokens[at] !== '(') return pointsOf(token);
    at += 1;
    const values = [operation(0)];
    while (tokens[at] === ',') {
      at += 1;
      values.push(operation(0));
    }
    expect(')');
    return call(token, values);
  };

  const result = operation(0);
  if (at !== tokens.length || typeof result === 'number') throw new Error(`no series: ${expression}`);
  return result;
}

function call(name: string, values: readonly Value[]): Value {
  if (name === 'FILL') return zip(values, ([value, filling]) => value ?? filling);
  if (name === 'IF') {
    return zip(values, ([condition, then, otherwise]) =>
      condition === undefined ? undefined : condition === 0 ? otherwise : then,
    );
  }
  throw new Error(`no such function here: ${name}`);
}

type Point = number | undefined;

function apply(operator: string, a: Point, b: Point): Point {
  if (a === undefined || b === undefined) return undefined;
  switch (operator) {
    case 'AND':
      return Number(a !== 0 && b !== 0);
    case '==':
      return Number(a === b);
    case '<':
      return Number(a < b);
    case '>':
      return Number(a > b);
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    default:
      return b === 0 ? undefined : a / b;
  }
}

/** Numbers are the same every minute. */
function zip(values: readonly Value[], combine: (points: readonly Point[]) => Point): Value {
  const length = Math.max(0, ...values.map((value) => (typeof value === 'number' ? 0 : value.length)));
  const at = (minute: number) =>
    combine(values.map((value) => (typeof value === 'number' ? value : value[minute])));
  if (values.every((value) => typeof value === 'number')) {
    const point = at(0);
    if (point === undefined) throw new Error('a number that is missing');
    return point;
  }
  return Array.from({ length }, (_, minute) => at(minute));
}
