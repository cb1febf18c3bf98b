import { NotSimulated } from '../../not-simulated';
import { headerOf, mediaTypeOf, type RequestParameters } from './request-parameters';
import type { RestApi, RestMethod } from './rest-api';

/**
 * A request's body as models and templates find it: bytes of a binary media type in base64, where the integration
 * converts them, and everything else as text.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-payload-encodings-workflow.html
 * @throws NotSimulated for bytes that are no text: what API Gateway makes of these is not documented
 */
export function textOf(
  api: RestApi,
  { address, integration, models }: RestMethod,
  params: RequestParameters,
  body: string | Uint8Array,
): string {
  const type = mediaTypeOf(params);
  const isBinary = api.binaryMediaTypes.includes(type);
  if (!isBinary && typeof body === 'string') return body;
  // Refused, whatever it holds.
  if (!integration.templates.has(type)) return '';
  const bytes = Buffer.from(body);
  if (isBinary) {
    if (models.has(type) || models.has('$default')) throw new NotSimulated(address, `a model for ${type}`);
    if (integration.contentHandling !== 'CONVERT_TO_TEXT') {
      throw new NotSimulated(integration.address, `a template for ${type}, which nothing converts to text,`);
    }
    return bytes.toString('base64');
  }
  const text = bytes.toString();
  if (!Buffer.from(text).equals(bytes)) throw new NotSimulated(address, 'a body that is not UTF-8');
  return text;
}

/** API Gateway decodes a text from base64 for a caller who asks for a binary type first, unless it is told not to. */
export function checkAnswerIsText(api: RestApi, { responses }: RestMethod, params: RequestParameters): void {
  const accepted = headerOf(params, 'accept')?.split(/[,;]/)[0]?.trim().toLowerCase();
  if (accepted === undefined || !api.binaryMediaTypes.includes(accepted)) return;
  const decoded = responses.find(({ contentHandling }) => contentHandling !== 'CONVERT_TO_TEXT');
  if (decoded) throw new NotSimulated(decoded.address, `an answer as ${accepted} that is no base64`);
}

/** @throws NotSimulated for a conversion that nothing here needs */
export function checkContentHandling(address: string, handling: string | undefined): string | undefined {
  if (handling === undefined || handling === 'CONVERT_TO_TEXT') return handling;
  throw new NotSimulated(address, `the content handling ${handling}`);
}
