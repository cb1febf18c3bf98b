import { anyEventSourceMappingArn, functionArn } from '../arn';
import type { Placement } from '../placement';
import type { Condition } from '../statement';
import type { DeploymentGrants } from './deployment-action';

/**
 * Functions, and their event source mappings, which have ids instead of names: those are known by their function where
 * the action has the key for it. Reading has it too, but a mapping that is gone would be refused instead of not found,
 * and Terraform could not tell.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_awslambda.html
 * @param names a pattern of the functions' names, such as `dev-*`
 */
export function functionGrants(at: Placement, names: string): DeploymentGrants {
  const functions = [functionArn(at, names)];
  const mappings = [anyEventSourceMappingArn(at)];
  const ofTheFunctions: Condition = { test: 'ArnLike', variable: 'lambda:FunctionArn', values: functions };
  return {
    read: [
      {
        sid: 'ReadTheFunctions',
        actions: [
          'lambda:GetFunction',
          'lambda:GetFunctionCodeSigningConfig',
          'lambda:ListVersionsByFunction',
        ],
        resources: functions,
      },
      {
        sid: 'ReadEventSourceMappingsWhichHaveIdsInsteadOfNames',
        actions: ['lambda:GetEventSourceMapping', 'lambda:ListTags'],
        resources: mappings,
      },
    ],
    write: [
      {
        sid: 'MakeChangeAndDeleteTheFunctions',
        actions: [
          'lambda:CreateFunction',
          'lambda:DeleteFunction',
          'lambda:PutFunctionConcurrency',
          'lambda:TagResource',
          'lambda:UntagResource',
          'lambda:UpdateFunctionCode',
          'lambda:UpdateFunctionConfiguration',
        ],
        resources: functions,
      },
      {
        sid: 'MakeEventSourceMappingsOfTheFunctionsForWhichAwsDefinesNoResource',
        actions: ['lambda:CreateEventSourceMapping'],
        resources: ['*'],
        conditions: [ofTheFunctions],
      },
      {
        sid: 'ChangeAndDeleteEventSourceMappingsOfTheFunctions',
        actions: ['lambda:DeleteEventSourceMapping', 'lambda:UpdateEventSourceMapping'],
        resources: mappings,
        conditions: [ofTheFunctions],
      },
      {
        sid: 'TagEventSourceMappingsWhichHaveIdsInsteadOfNames',
        actions: ['lambda:TagResource', 'lambda:UntagResource'],
        resources: mappings,
      },
    ],
  };
}
