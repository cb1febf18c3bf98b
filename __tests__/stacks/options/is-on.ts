/**
 * Whether a value has a setting, by its path: `callbacks[].apiKey` is on where one callback has it, and
 * `authorization: hmac` where it is that, or of that kind.
 */
export function isOn(settings: unknown, setting: string): boolean {
  const [path = '', choice] = setting.split(': ');
  const found = path.split('.').reduce<readonly unknown[]>(
    (values, step) => {
      const [name = ''] = step.split('[]');
      const inside = values.flatMap((value) => (isRecord(value) && name in value ? [value[name]] : []));
      return step.endsWith('[]') ? inside.flat() : inside;
    },
    [settings],
  );
  return found.some((value) =>
    choice === undefined
      ? value !== undefined && value !== false
      : value === choice || (isRecord(value) && value.kind === choice),
  );
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;
