import { type Block, listOf } from './evaluated';

/**
 * Whether a REST API can only be reached through VPC endpoints; without a policy, nobody may call such a one.
 */
export const isPrivate = ({ endpoint_configuration: configuration }: Block): boolean =>
  listOf(configuration)
    .flatMap((one) => listOf((one as Block).types))
    .includes('PRIVATE');
