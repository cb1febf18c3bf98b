import { ApiGatewayAccount } from '@cdktf/provider-aws/lib/api-gateway-account';
import { Construct } from 'constructs';
import { accountLoggingActions } from '../iam/account-logging-actions';
import { ServiceRole } from '../iam/service-role';

/**
 * The role as which API Gateway writes logs, for the whole account in the region.
 *
 * There is one: a stack that sets it takes it over from whoever set it before, which is why nothing here makes one
 * unless an environment asks for it.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html
 */
export class AccountLogging extends Construct {
  readonly resource: ApiGatewayAccount;

  /** @param name full name of the role. */
  constructor(scope: Construct, id: string, name: string) {
    super(scope, id);
    const role = new ServiceRole(this, 'role', {
      name,
      description: 'Lets API Gateway write the logs of all APIs of this account in this region',
      trust: { service: 'apigateway' },
    });
    role.grant({
      sid: 'WriteTheLogsOfEveryApi',
      actions: accountLoggingActions,
      resources: ['*'],
    });
    this.resource = new ApiGatewayAccount(this, 'Resource', {
      cloudwatchRoleArn: role.resource.arn,
      dependsOn: [...role.policies],
    });
  }
}
