import { Construct } from 'constructs';
import { aliasName, bucketName } from '../../names';
import { placementOf } from '../placement';
import { apiGrants } from './apis';
import { bucketGrants } from './buckets';
import { type CallerSettings, callerGrants } from './callers';
import { type DeployedDomain, domainGrants } from './domains';
import { functionVariableGrants } from './function-variables';
import { functionGrants } from './functions';
import { keyGrants } from './keys';
import { ManagedPolicy } from './managed-policy';
import { monitoringGrants } from './monitoring';
import { notificationGrants } from './notifications';
import { type Protected, protection } from './own-protection';
import { pipeGrants } from './pipes';
import { queueGrants } from './queues';
import { roleGrants } from './roles';
import { stateGrants } from './state-objects';

export interface DeploymentPoliciesProps {
  /** Name of the environment, with which the names of everything in it begin. */
  readonly environment: string;
  /** Whether its queues, logs and functions' variables have KMS keys of their own. */
  readonly hasKeys: boolean;
  /** Where it has `monitoring`, whether it makes the topic that alarms notify. */
  readonly monitoring: { readonly makesTopic: boolean } | undefined;
  /** Whether it sets the role as which API Gateway writes the account's logs. */
  readonly setsAccountLogging: boolean;
  /** Of its APIs. */
  readonly domains: readonly DeployedDomain[];
  /** What its callbacks ask of their callers. */
  readonly callers: CallerSettings;
  /** Whether one of its APIs is an HTTP API. */
  readonly hasHttpApi: boolean;
  /** Where its state is, when that is in S3. */
  readonly state: { readonly bucket: string; readonly keys: readonly string[] } | undefined;
  /** Within which it makes roles. */
  readonly boundary: ManagedPolicy;
  readonly protected: Omit<Protected, 'policies'>;
}

/** What the roles that deploy an environment are granted: to plan, what is read; to apply, that and what is written. */
export class DeploymentPolicies extends Construct {
  readonly plan: Readonly<Record<string, ManagedPolicy>>;
  readonly apply: Readonly<Record<string, ManagedPolicy>>;

  constructor(scope: Construct, id: string, props: DeploymentPoliciesProps) {
    super(scope, id);
    const { environment, boundary } = props;
    const at = placementOf(this);
    const names = `${environment}-*`;
    const messages = [
      queueGrants(at, names),
      bucketGrants(at, bucketName(names, at.accountId, at.region)),
      ...(props.hasKeys || props.monitoring?.makesTopic
        ? [keyGrants(at, environment, aliasName(names))]
        : []),
    ];
    const apis = [
      apiGrants(at, environment, props),
      callerGrants(at, environment, props.callers),
      monitoringGrants(at, names, props),
      ...(props.monitoring
        ? [notificationGrants(at, environment, names, { ...props, ...props.monitoring })]
        : []),
    ];
    const consumers = [
      functionGrants(at, names),
      ...(props.hasKeys ? [functionVariableGrants(at, names)] : []),
      pipeGrants(at, names),
    ];
    const domains = domainGrants(at, environment, props.domains);
    const roles = roleGrants(at, names, boundary.arn);
    const state = props.state && stateGrants(at, props.state.bucket, props.state.keys);
    const policy = (about: string, description: string, statements: ManagedPolicyStatements) =>
      new ManagedPolicy(this, about, { name: `${environment}-deploy-${about}`, description, statements });
    this.plan = {
      read: policy(
        'read',
        `What a plan of ${environment} reads`,
        [...messages, ...apis, ...consumers, roles].flatMap(({ read }) => read),
      ),
      // A policy of its own: all in one would be longer than IAM takes.
      ...(domains.read.length > 0 && {
        'domains-read': policy(
          'domains-read',
          `What a plan of ${environment} reads of its domains`,
          domains.read,
        ),
      }),
      ...(state && { 'state-read': policy('state-read', `Reads the state of ${environment}`, state.read) }),
    };
    this.apply = {
      ...this.plan,
      messages: policy(
        'messages',
        `Makes and changes the queues and buckets of ${environment}`,
        messages.flatMap(({ write }) => write),
      ),
      apis: policy(
        'apis',
        `Makes and changes the APIs, logs and alarms of ${environment}`,
        apis.flatMap(({ write }) => write),
      ),
      ...(domains.write.length > 0 && {
        domains: policy('domains', `Makes and changes the domains of ${environment}`, domains.write),
      }),
      consumers: policy(
        'consumers',
        `Makes and changes the functions and pipes of ${environment}`,
        consumers.flatMap(({ write }) => write),
      ),
      roles: policy('roles', `Makes and changes the roles of ${environment}, within their boundary`, [
        ...roles.write,
        ...protection(at, names, {
          ...props.protected,
          policies: [`${environment}-deploy-*`, boundary.name],
        }),
      ]),
      ...(state && {
        'state-write': policy('state-write', `Writes the state of ${environment}`, state.write),
      }),
    };
  }
}

type ManagedPolicyStatements = ConstructorParameters<typeof ManagedPolicy>[2]['statements'];
