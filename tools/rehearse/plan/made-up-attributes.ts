import { createHash } from 'node:crypto';
import { NotSimulated } from '../not-simulated';

/** Attributes that only AWS could give; what stands in for them is stable, and different for each resource. */
const madeUp: Readonly<Record<string, readonly string[]>> = {
  aws_api_gateway_model: ['id'],
  aws_api_gateway_request_validator: ['id'],
  aws_api_gateway_resource: ['id'],
  aws_api_gateway_rest_api: ['id', 'root_resource_id'],
  aws_apigatewayv2_api: ['id'],
  aws_apigatewayv2_integration: ['id'],
  aws_apigatewayv2_route: ['id'],
};

/** @throws NotSimulated for attributes that nothing stands in for */
export function madeUpAttribute(stackId: string, type: string, name: string, attribute: string): string {
  if (!madeUp[type]?.includes(attribute)) {
    throw new NotSimulated(
      `${stackId}: ${type}.${name}`,
      `its attribute "${attribute}", which only AWS gives,`,
    );
  }
  const hash = createHash('sha256').update(`${stackId}/${type}.${name}.${attribute}`).digest();
  // Ten lower-case letters and digits, as API Gateway's own ids.
  return BigInt(`0x${hash.toString('hex')}`)
    .toString(36)
    .slice(0, 10);
}
