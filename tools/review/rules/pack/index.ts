import type { Rule } from '../rule';
import { tags, writtenOut } from './configuration';
import { deploymentReplacement } from './deployment';
import { connectionSecret, destinationHttps } from './destination';
import { domainTls } from './domain';
import {
  functionCodeSigning,
  functionConcurrency,
  functionLimits,
  functionNetwork,
  functionRuntime,
  functionTracing,
  functionVariablesKey,
} from './function';
import { functionDeadLetters } from './function-dead-letters';
import { policyActions, policyPassRole, policyResources, roleManagedPolicies } from './identity-policy';
import { keyAccountStatement, keyDeletionWindow, keyNotPublic, keyPolicy, keyRotation } from './key';
import { logGroupEncryption, logGroupRetention } from './log-group';
import { pipeBatchSize, pipeLog, pipeRole, pipeTrust } from './pipe';
import { mappingConcurrency, mappingPartialBatch, queueVisibility } from './queue-consumer';
import { deadLetterSources, queueDeadLetter, queueRedrive } from './queue-dead-letter';
import { queueCustomerKey, queueEncryption } from './queue-encryption';
import { queueActions, queueNotPublic, queuePolicyResource, queueTls } from './queue-policy';
import {
  restApiAllowList,
  restApiCompression,
  restApiDeny,
  restApiReplacement,
  restApiUsagePlan,
} from './rest-api';
import { restMethodAuthorization, restMethodValidator } from './rest-method';
import { restStageCache, restStageClientCertificate, restStageTracing, restStageWebAcl } from './rest-stage';
import { roleTrust } from './role-trust';
import { routeAuthorization } from './route-authorization';
import { templateEncoding } from './send-message-template';
import { stageAccessLog, stageDataTrace, stageLogging, stageMetrics, stageThrottling } from './stage';
import { topicEncryption, topicNotPublic, topicTls } from './topic';

/** Every rule, in the order in which the review and its documentation tell them. */
export const rules: readonly Rule[] = [
  restApiAllowList,
  restApiDeny,
  restMethodAuthorization,
  restMethodValidator,
  routeAuthorization,
  templateEncoding,
  restApiUsagePlan,
  restApiReplacement,
  restApiCompression,
  deploymentReplacement,
  domainTls,
  stageAccessLog,
  stageLogging,
  stageMetrics,
  stageDataTrace,
  stageThrottling,
  restStageTracing,
  restStageWebAcl,
  restStageClientCertificate,
  restStageCache,
  queueNotPublic,
  queueActions,
  queueTls,
  queuePolicyResource,
  queueEncryption,
  queueCustomerKey,
  queueDeadLetter,
  queueRedrive,
  deadLetterSources,
  queueVisibility,
  keyNotPublic,
  keyPolicy,
  keyAccountStatement,
  keyRotation,
  keyDeletionWindow,
  policyActions,
  policyResources,
  policyPassRole,
  roleManagedPolicies,
  roleTrust,
  functionDeadLetters,
  functionConcurrency,
  functionRuntime,
  functionVariablesKey,
  functionLimits,
  functionTracing,
  functionNetwork,
  functionCodeSigning,
  mappingPartialBatch,
  mappingConcurrency,
  pipeTrust,
  pipeRole,
  pipeLog,
  pipeBatchSize,
  destinationHttps,
  connectionSecret,
  topicNotPublic,
  topicEncryption,
  topicTls,
  logGroupEncryption,
  logGroupRetention,
  tags,
  writtenOut,
];
