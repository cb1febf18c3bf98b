import type { Rule } from '../rule';
import { createsBeforeDestroying } from './rest-api';

export const deploymentReplacement: Rule = {
  id: 'deployment-replaced-without-gap',
  title: 'A deployment is replaced by its successor before it is destroyed',
  scanners: ['CKV_AWS_217'],
  protects: 'A stage cannot lose the deployment that it serves: the apply fails half-way.',
  fix: 'constructs/api/callback-stage.ts and websocket-stage.ts set lifecycle.createBeforeDestroy',
  types: ['aws_api_gateway_deployment', 'aws_apigatewayv2_deployment'],
  problems: (deployment) => createsBeforeDestroying(deployment),
};
