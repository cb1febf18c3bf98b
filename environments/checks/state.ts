import type { State } from '../environment';
import { optional, type Rule, rule, tagged } from './check';
import { regionRule } from './place';
import { firstOf, matching } from './rules';

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
const bucketRule: Rule = firstOf(
  matching(
    /^(?=.{3,63}$)[a-z0-9](?:[a-z0-9-]|\.(?!\.))*[a-z0-9]$/,
    'the name of an S3 bucket: 3 to 63 lower-case letters, digits, hyphens and single dots, with a letter or digit at both ends',
  ),
  matching(/^(?!\d+\.\d+\.\d+\.\d+$)/, 'the name of an S3 bucket, which does not look like an IP address'),
  matching(
    /^(?!xn--|sthree-|amzn-s3-demo-)(?!.*(-s3alias|--ol-s3|--x-s3|--table-s3|\.mrap)$)/,
    'the name of an S3 bucket: none begins with xn--, sthree- or amzn-s3-demo-, or ends with -s3alias, --ol-s3, --x-s3, --table-s3 or .mrap',
  ),
);

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html: the characters that are safe everywhere. */
const keyPrefixRule: Rule = matching(
  /^(?=.{1,512}$)[A-Za-z0-9!_.*'()-]+(\/[A-Za-z0-9!_.*'()-]+)*$/,
  "up to 512 letters, digits and !_.*'()-, with single slashes between, none at the start or the end: states/messages",
);

const hostnameRule: Rule = matching(
  /^(?=.{1,253}(:|$))[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)+(:\d{1,5})?$/i,
  'a host name without https:// and path, such as terraform.example.com',
);

export const state = tagged<State, 'kind'>('kind', {
  local: {},
  'hcp-terraform': {
    organization: rule(
      matching(/^[A-Za-z0-9_-]+$/, "an HCP Terraform organization's name: letters, digits, _ and -"),
    ),
    project: optional(
      rule(
        matching(
          /^(?=.{3,40}$)[A-Za-z0-9_-]+( +[A-Za-z0-9_-]+)*$/,
          "an HCP Terraform project's name: 3 to 40 letters, digits, _, - and spaces between them",
        ),
      ),
    ),
    hostname: optional(rule(hostnameRule)),
  },
  s3: {
    bucket: rule(bucketRule),
    region: rule(regionRule),
    keyPrefix: optional(rule(keyPrefixRule)),
  },
});
