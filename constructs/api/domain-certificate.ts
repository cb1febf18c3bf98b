import { AcmCertificate } from '@cdktf/provider-aws/lib/acm-certificate';
import { AcmCertificateValidation } from '@cdktf/provider-aws/lib/acm-certificate-validation';
import { Route53Record } from '@cdktf/provider-aws/lib/route53-record';
import { Construct } from 'constructs';

export interface DomainCertificateProps {
  /** At most 64 characters. */
  readonly domainName: string;
  /** Of the public zone that the name is in. */
  readonly hostedZoneId: string;
}

/**
 * A certificate of ACM for one name, proven through a record that stays, since ACM renews by it.
 * https://docs.aws.amazon.com/acm/latest/userguide/dns-validation.html
 */
export class DomainCertificate extends Construct {
  /** Known once the certificate is issued: whatever takes it waits for that. */
  readonly arn: string;

  constructor(scope: Construct, id: string, { domainName, hostedZoneId }: DomainCertificateProps) {
    super(scope, id);
    const certificate = new AcmCertificate(this, 'Resource', {
      domainName,
      validationMethod: 'DNS',
      // A certificate in use cannot be deleted: the domain moves to the new one before the old one goes.
      lifecycle: { createBeforeDestroy: true },
    });
    // A set of one, which CDKTF would index in Terraform's old way.
    const proof = (attribute: string) =>
      `\${tolist(aws_acm_certificate.${certificate.friendlyUniqueId}.domain_validation_options)[0].${attribute}}`;
    const record = new Route53Record(this, 'proof', {
      zoneId: hostedZoneId,
      name: proof('resource_record_name'),
      type: proof('resource_record_type'),
      records: [proof('resource_record_value')],
      ttl: 300,
    });
    this.arn = new AcmCertificateValidation(this, 'issued', {
      certificateArn: certificate.arn,
      validationRecordFqdns: [record.fqdn],
    }).certificateArn;
  }
}
