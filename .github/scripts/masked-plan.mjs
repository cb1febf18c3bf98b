// A plan as it may be shown, kept with the run and compared: `terraform show -json`, without what stays the same, and
// without a secret in it. https://developer.hashicorp.com/terraform/internals/json-format

const masked = '(sensitive)';

/** Shorter ones are found in what is no secret. */
const shortestSecret = 8;

/**
 * What a plan changes. A resource of which nothing changes but a secret is not among it: who plans for a review does
 * not know the secrets, so that each seems to change.
 */
export function maskedPlan({
  format_version,
  terraform_version,
  errored,
  variables,
  configuration,
  ...plan
}) {
  const { resource_changes = [], resource_drift = [], output_changes = {} } = plan;
  const changes = [...resource_changes, ...resource_drift].map(({ change }) => change);
  const secrets = secretsIn([...changes, ...Object.values(output_changes)], variables, configuration);
  const maskedChange = (change) => ({
    ...change,
    before: withoutSecrets(change.before, change, secrets),
    after: withoutSecrets(change.after, change, secrets),
  });
  const maskedResources = (resources) =>
    resources
      .map((resource) => ({ ...resource, change: maskedChange(resource.change) }))
      .filter(({ change }) => changesSomething(change));
  return {
    format_version,
    terraform_version,
    errored,
    resource_changes: maskedResources(resource_changes),
    resource_drift: maskedResources(resource_drift),
    output_changes: Object.fromEntries(
      Object.entries(output_changes)
        .map(([name, change]) => [name, maskedChange(change)])
        .filter(([, change]) => changesSomething(change)),
    ),
  };
}

export const isEmpty = ({ resource_changes, output_changes }) =>
  resource_changes.length === 0 && Object.keys(output_changes).length === 0;

/**
 * In words, what one masked plan does that another does not. What was found to have changed by itself, the drift, is
 * not compared: what it leads to is.
 */
export function differences(reviewed, now) {
  const [before, after] = [contents(reviewed), contents(now)];
  return [...new Set([...before.keys(), ...after.keys()])].sort().flatMap((address) => {
    const [was, is] = [before.get(address), after.get(address)];
    if (was?.text === is?.text) return [];
    const actions = [was, is].map((content) => content?.actions ?? 'no change');
    return actions[0] === actions[1]
      ? [`${address}: ${actions[0]}, with other values than were reviewed`]
      : [`${address}: reviewed was ${actions[0]}, and now it is ${actions[1]}`];
  });
}

const contents = ({ resource_changes, output_changes }) =>
  new Map([
    ...resource_changes.map(({ address, deposed, change, action_reason }) => [
      deposed === undefined ? address : `${address} (deposed ${deposed})`,
      content(change, action_reason),
    ]),
    ...Object.entries(output_changes).map(([name, change]) => [`output.${name}`, content(change)]),
  ]);

const content = ({ actions, before, after, after_unknown, replace_paths }, reason) => ({
  actions: actions.join(', '),
  text: canonical({ actions, before, after, after_unknown, replace_paths, reason }),
});

function changesSomething({ actions, before, after, after_unknown }) {
  if (actions.join() === 'no-op') return false;
  return actions.join() !== 'update' || hasUnknown(after_unknown) || canonical(before) !== canonical(after);
}

const hasUnknown = (unknown) =>
  unknown === true ||
  (typeof unknown === 'object' && unknown !== null && Object.values(unknown).some(hasUnknown));

/** What is marked as sensitive on either side, and whatever repeats it without being marked. */
const withoutSecrets = (value, { before_sensitive, after_sensitive }, secrets) =>
  unrepeated(unmarked(unmarked(value, before_sensitive), after_sensitive), secrets);

function unmarked(value, marks) {
  if (marks === true) return value === null || value === undefined ? value : masked;
  if (!isContainer(value) || !isContainer(marks)) return value;
  return mapped(value, (element, key) => unmarked(element, marks[key]));
}

function unrepeated(value, secrets) {
  if (typeof value === 'string') return secrets.some((secret) => value.includes(secret)) ? masked : value;
  return isContainer(value) ? mapped(value, (element) => unrepeated(element, secrets)) : value;
}

function secretsIn(changes, variables = {}, configuration) {
  const declared = configuration?.root_module?.variables ?? {};
  const given = Object.keys(variables).filter((name) => declared[name]?.sensitive);
  return [
    ...given.map((name) => variables[name].value),
    ...changes.flatMap(({ before, after, before_sensitive, after_sensitive }) => [
      ...markedStrings(before, before_sensitive),
      ...markedStrings(after, after_sensitive),
    ]),
  ].filter((secret) => typeof secret === 'string' && secret.length >= shortestSecret);
}

function markedStrings(value, marks) {
  if (marks === true) return strings(value);
  if (!isContainer(value) || !isContainer(marks)) return [];
  return Object.keys(marks).flatMap((key) => markedStrings(value[key], marks[key]));
}

const strings = (value) =>
  isContainer(value) ? Object.values(value).flatMap(strings) : typeof value === 'string' ? [value] : [];

const isContainer = (value) => typeof value === 'object' && value !== null;

const mapped = (container, change) =>
  Array.isArray(container)
    ? container.map(change)
    : Object.fromEntries(Object.entries(container).map(([key, element]) => [key, change(element, key)]));

/** The same text for the same value, whatever the order of keys. */
const canonical = (value) =>
  JSON.stringify(value, (_key, element) =>
    isContainer(element) && !Array.isArray(element)
      ? Object.fromEntries(Object.entries(element).sort(([a], [b]) => (a < b ? -1 : 1)))
      : element,
  );
