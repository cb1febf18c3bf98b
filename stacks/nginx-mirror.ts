import { TerraformOutput } from 'cdktf';
import type { CallbackApi } from '../constructs/api/callback-api';
import { nginxMirror } from '../constructs/api/nginx-mirror';
import { placementOf } from '../constructs/iam/placement';
import { defaults } from '../environments/defaults';
import type { CallbackReceiverSettings, CallbackSettings } from '../environments/environment';
import type { EnvironmentStack } from './environment-stack';

/** The output `nginx_mirror`, where the settings want one: `terraform output -raw nginx_mirror` prints the file. */
export function addNginxMirror(
  stack: EnvironmentStack,
  settings: CallbackReceiverSettings,
  api: Pick<CallbackApi, 'id' | 'name'>,
): void {
  if (!settings.nginxMirror) return;
  new TerraformOutput(stack, 'nginx_mirror', {
    description: 'What nginx in front of the old server includes to send each callback here too',
    value: nginxMirror({
      apiName: api.name,
      ...addressOf(stack, settings, api.id),
      resolvers: settings.nginxMirror.resolvers ?? defaults.resolvers,
      callbacks: settings.callbacks.map((callback) => ({
        path: callback.path,
        unmirrored: unmirrored(callback),
      })),
    }),
  });
}

/** The domain only where there is no other way, since it may ask for a certificate, or still lead to the old server. */
function addressOf(
  stack: EnvironmentStack,
  { stageName = defaults.stageName, domain, disableExecuteApiEndpoint }: CallbackReceiverSettings,
  apiId: string,
) {
  if (domain && disableExecuteApiEndpoint) {
    return { host: domain.name, basePath: domain.basePath ? `/${domain.basePath}` : '' };
  }
  const { region, dnsSuffix } = placementOf(stack);
  return { host: `${apiId}.execute-api.${region}.${dnsSuffix}`, basePath: `/${stageName}` };
}

const unmirrored = ({ authorization }: CallbackSettings) =>
  authorization?.kind === 'aws-iam'
    ? 'its requests are signed for the host that they were sent to'
    : undefined;
