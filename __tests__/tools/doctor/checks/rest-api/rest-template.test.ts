import { describe, expect, it } from 'vitest';
import { templateFaults } from '../../../../../tools/doctor/checks/rest-api/rest-template';
import { formOf } from '../../../../../tools/doctor/checks/rest-api/rest-template-form';
import { resourcesOf } from '../../../../../tools/plan/plan';
import { findingsServed, planOf, type Route, withIntegration } from './rest-recorded';

const notAccepted = 'HTTP 502 {"message":"Not accepted, try again later","requestId":"…"}';
const cannotTake = 'HTTP 400 {"message":"The queue cannot take this message","requestId":"…"}';

/** One template of a route with a text replaced. */
const withText = (route: Route, from: string | RegExp, to: string, only?: string) =>
  withIntegration(route, ({ requestTemplates = {} }) => ({
    requestTemplates: Object.fromEntries(
      Object.entries(requestTemplates).map(([type, template]) => {
        if (only !== undefined && type !== only) return [type, template];
        const changed = template.replace(from, () => to);
        if (changed === template) throw new Error(`${from} is not in the template`);
        return [type, changed];
      }),
    ),
  }));

const results = '/bizppurio/delivery-results';
const payments = '/payments/events';

const integration = (name: string, route: Route) => ({
  at: `prod-callback-receiver: aws_api_gateway_integration.api_${name}_route_integration`,
  subject: `integration of POST /v1${route} of REST API prod-callback-receiver`,
});

describe('a mapping template', () => {
  it('without an Action is a 502 to callers: SQS knows no such operation', async () => {
    expect(await findingsServed('prod', withText(results, 'Action=SendMessage', 'Actn=SendMessage'))).toEqual(
      [
        expect.objectContaining({
          ...integration('delivery_results', results),
          code: 'integration-template-action',
          severity: 'error',
          problem: 'its mapping template gives SQS no Action',
          synthesized: 'Action=SendMessage',
          deployed: 'no Action',
          seen:
            `callers of POST /v1/bizppurio/delivery-results get ${notAccepted}: SQS answers 404 ` +
            'UnknownOperationException, and nothing is queued',
        }),
        expect.objectContaining({ code: 'integration-template-field', deployed: 'Actn=SendMessage' }),
      ],
    );
  });

  it('for another action is refused, since the role may do nothing but send', async () => {
    const answers = withText(results, 'Action=SendMessage', 'Action=PurgeQueue');
    expect(await findingsServed('prod', answers)).toEqual([
      expect.objectContaining({
        code: 'integration-template-action',
        problem: 'its mapping template asks SQS for PurgeQueue',
        deployed: 'Action=PurgeQueue',
        seen: expect.stringMatching(
          /^callers of POST \/v1\/bizppurio\/delivery-results get HTTP 502 .*SQS answers 403 AccessDenied/,
        ),
      }),
    ]);
  });

  it.each([
    [
      'MessageBody',
      /&MessageBody=[^&]*/,
      'body',
      cannotTake,
      '400 MissingParameter "The request must contain the parameter MessageBody."',
    ],
    [
      'MessageGroupId',
      /&MessageGroupId=[^&]*/,
      'group-id',
      cannotTake,
      '400 MissingParameter "The request must contain the parameter MessageGroupId."',
    ],
    [
      'MessageDeduplicationId',
      /&MessageDeduplicationId=[^&]*/,
      'deduplication-id',
      cannotTake,
      '400 InvalidParameterValue "The queue should either have ContentBasedDeduplication enabled or ' +
        'MessageDeduplicationId provided explicitly"',
    ],
  ])('of a FIFO queue without %s is refused', async (field, pattern, code, answer, error) => {
    expect(await findingsServed('prod', withText(payments, pattern, ''))).toEqual([
      expect.objectContaining({
        ...integration('payment_events', payments),
        code: `integration-template-${code}`,
        severity: 'error',
        problem: `its mapping template gives SQS no ${field}`,
        deployed: `no ${field}`,
        seen:
          `callers of POST /v1/payments/events get ${answer}: SQS answers ${error}, and nothing is ` +
          'queued',
      }),
    ]);
  });

  it.each([
    ['MessageBody', '$util.urlEncode($input.body)', '$input.body', results, 'pipe prod-delivery-results'],
    [
      'message attribute signature',
      '$util.urlEncode($header2)',
      '$header2',
      payments,
      'pipe prod-payment-events-archive',
    ],
  ] as const)(
    'that does not encode %s passes until a value holds &, + or %%',
    async (field, encoded, bare, route, consumer) => {
      expect(await findingsServed('prod', withText(route, encoded, bare))).toEqual([
        expect.objectContaining({
          code: 'integration-template-encoding',
          severity: 'error',
          problem: `its mapping template does not encode ${field}`,
          synthesized: `${field}=${encoded}`,
          deployed: `${field}=${bare}`,
          seen: expect.stringMatching(
            new RegExp(
              `what callers of POST /v1${route} post passes until it holds &, \\+ or %.*${consumer} ` +
                'cannot read it.*MissingParameter or InvalidParameterValue',
            ),
          ),
          cause: 'Without $util.urlEncode a value ends at its first &, and SQS reads on in it.',
        }),
      ]);
    },
  );

  it.each([
    [
      'MessageBody',
      "$input.path('$')",
      'body',
      '$input.body',
      results,
      'pipe prod-delivery-results get what',
    ],
    [
      'MessageGroupId',
      '$context.requestId',
      'group-id',
      "$input.path('$.orderId')",
      payments,
      'may meet the later first',
    ],
    [
      'MessageDeduplicationId',
      "$input.path('$.orderId')",
      'deduplication-id',
      "$input.path('$.eventId')",
      payments,
      'acknowledged and dropped',
    ],
  ] as const)('that makes %s of %s', async (field, other, code, own, route, seen) => {
    const answers = withText(route, `${field}=$util.urlEncode(${own})`, `${field}=$util.urlEncode(${other})`);
    expect(await findingsServed('prod', answers)).toEqual([
      expect.objectContaining({
        code: `integration-template-${code}`,
        severity: 'error',
        problem: `its mapping template makes ${field} of something else`,
        synthesized: `${field}=$util.urlEncode(${own})`,
        deployed: `${field}=$util.urlEncode(${other})`,
        seen: expect.stringContaining(seen),
      }),
    ]);
  });

  it('with a field more is told with it', async () => {
    const answers = withText(results, '&MessageBody', '&DelaySeconds=60&MessageBody');
    expect(await findingsServed('prod', answers)).toEqual([
      expect.objectContaining({
        code: 'integration-template-field',
        severity: 'error',
        problem: 'its mapping template also gives SQS DelaySeconds',
        synthesized: 'no DelaySeconds',
        deployed: 'DelaySeconds=60',
      }),
    ]);
  });

  it('that writes MessageAttributes sets none: SQS ignores the name', async () => {
    const answers = withText(payments, /MessageAttribute\.5/g, 'MessageAttributes.5');
    expect(await findingsServed('prod', answers)).toEqual([
      expect.objectContaining({
        ...integration('payment_events', payments),
        code: 'integration-template-attribute',
        severity: 'error',
        problem: 'its mapping template does not set the message attribute signature',
        synthesized: 'signature: String $util.urlEncode($header2)',
        deployed: 'signature: not set',
        seen: expect.stringMatching(
          /^messages are queued without signature: pipe prod-payment-events-archive act/,
        ),
        cause: 'SQS reads MessageAttribute.N and ignores the field MessageAttributes.5.Name without a word.',
      }),
    ]);
  });

  it('whose attributes have a gap in their numbers loses those after it', async () => {
    const answers = withText(payments, /MessageAttribute\.5/g, 'MessageAttribute.7');
    expect(await findingsServed('prod', answers)).toEqual([
      expect.objectContaining({
        code: 'integration-template-attribute',
        problem: 'its mapping template does not set the message attribute signature',
        cause:
          'SQS counts attributes from 1 and stops at the first gap: it ignores ' +
          'MessageAttribute.7.Name=signature.',
      }),
    ]);
  });

  it('that makes an attribute of something else, or of another type', async () => {
    const answers = withText(
      results,
      'DataType=Number&MessageAttribute.3.Value.StringValue=$util.urlEncode($context.requestTimeEpoch)',
      'DataType=String&MessageAttribute.3.Value.StringValue=$util.urlEncode($context.requestTime)',
    );
    expect(await findingsServed('prod', answers)).toEqual([
      expect.objectContaining({
        code: 'integration-template-attribute',
        severity: 'error',
        problem: 'its mapping template makes the message attribute receivedAt of something else',
        synthesized: 'receivedAt: Number $util.urlEncode($context.requestTimeEpoch)',
        deployed: 'receivedAt: String $util.urlEncode($context.requestTime)',
        seen: expect.stringContaining('messages are queued with another receivedAt'),
      }),
    ]);
  });

  it('that sets an attribute more is a warning', async () => {
    const more =
      '&MessageAttribute.5.Name=stage&MessageAttribute.5.Value.DataType=String&MessageAttribute.5.Value.StringValue=v1';
    const answers = withText(results, /$/, more);
    expect(await findingsServed('prod', answers)).toEqual([
      expect.objectContaining({
        code: 'integration-template-attribute',
        severity: 'warning',
        problem: 'its mapping template also sets the message attribute stage',
        deployed: 'stage: String v1',
      }),
    ]);
  });

  it('with the line break that the console adds', async () => {
    expect(await findingsServed('prod', withText(results, /$/, '\n'))).toEqual([
      expect.objectContaining({
        code: 'integration-template-line-break',
        severity: 'error',
        problem: 'its mapping template has a line break',
        synthesized: 'one line',
        deployed: 'a line break after …ue.StringValue=$util.urlEncode($header1)',
        cause: "The console's editor adds one at the end.",
      }),
    ]);
  });

  it('whose logic differs is shown where it does', async () => {
    expect(await findingsServed('prod', withText(payments, '"x-signature"', '"x-sign"'))).toEqual([
      expect.objectContaining({
        code: 'integration-template',
        severity: 'error',
        problem: 'its mapping template is another one',
        synthesized: expect.stringMatching(/^….*\$name\.toLowerCase\(\) == "x-signature"\).*…$/),
        deployed: expect.stringMatching(/^….*\$name\.toLowerCase\(\) == "x-sign"\).*…$/),
        seen: expect.stringContaining('messages of callers of POST /v1/payments/events'),
      }),
    ]);
  });

  it('is told once where several content types have the same fault', async () => {
    const bare = ['$util.urlEncode($input.body)', '$input.body'] as const;
    const problem = 'its mapping template does not encode MessageBody';
    expect(await findingsServed('prod', withText('/carrier/inbound-sms', ...bare))).toEqual([
      expect.objectContaining({
        problem: `${problem} (application/json, application/x-www-form-urlencoded, text/plain)`,
      }),
    ]);
    expect(await findingsServed('prod', withText('/carrier/inbound-sms', ...bare, 'text/plain'))).toEqual([
      expect.objectContaining({ problem: `${problem} (text/plain)` }),
    ]);
  });

  it('that is missing for a content type refuses it', async () => {
    const answers = withIntegration('/carrier/inbound-sms', ({ requestTemplates = {} }) => {
      const { 'text/plain': _gone, ...rest } = requestTemplates;
      return { requestTemplates: rest };
    });
    expect(await findingsServed('prod', answers)).toEqual([
      expect.objectContaining({
        code: 'integration-template-missing',
        severity: 'error',
        problem: 'it has no mapping template for text/plain',
        synthesized: 'application/json, application/x-www-form-urlencoded, text/plain',
        deployed: 'application/json, application/x-www-form-urlencoded',
        seen:
          'callers of POST /v1/carrier/inbound-sms that send text/plain get HTTP 415 {"message":"This ' +
          'Content-Type is not accepted",…}, and nothing is queued',
      }),
    ]);
  });

  it('that is there for a content type more lets that pass unchecked', async () => {
    const answers = withIntegration(results, ({ requestTemplates = {} }) => ({
      requestTemplates: { ...requestTemplates, 'text/xml': 'Action=SendMessage' },
    }));
    expect(await findingsServed('prod', answers)).toEqual([
      expect.objectContaining({
        code: 'integration-template-extra',
        severity: 'warning',
        problem: 'it also has a mapping template for text/xml',
        seen:
          'bodies of text/xml are queued where they got HTTP 415 {"message":"This Content-Type is not ' +
          'accepted",…}; no model checks them',
      }),
    ]);
  });
});

it('a template that encodes as little as the synthesized one is told for what differs', () => {
  const surroundings = { callers: 'callers', consumers: 'consumers', fifo: false };
  expect(
    templateFaults(
      'Action=SendMessage&MessageBody=$a',
      'Action=SendMessage&MessageBody=$a&Version=1',
      surroundings,
    ),
  ).toEqual([expect.objectContaining({ problem: 'its mapping template also gives SQS Version' })]);
});

it('parentheses in the texts of a directive do not end it', () => {
  const { fields } = formOf('Action=SendMessage#set($a = ")$b")#if($a == \')\')&MessageBody=x#end');
  expect([...fields]).toEqual([
    ['Action', 'SendMessage'],
    ['MessageBody', 'x'],
  ]);
});

it('no synthesized template has a fault of its own', () => {
  const surroundings = { callers: 'callers', consumers: 'consumers', fifo: true };
  for (const name of ['dev', 'prod'] as const) {
    const integrations = resourcesOf(planOf(name), 'aws_api_gateway_integration', {
      reads: ['request_templates'],
      ignores: 'the rest',
    });
    for (const { attributes } of integrations) {
      for (const template of Object.values(attributes.get('request_templates') as Record<string, string>)) {
        // Read as another text, and found to be the same form.
        expect(templateFaults(template, `${template}## end`, surroundings)).toEqual([
          expect.objectContaining({ code: 'integration-template' }),
        ]);
      }
    }
  }
});
