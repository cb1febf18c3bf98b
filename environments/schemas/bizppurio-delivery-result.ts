import type { JsonSchema } from '../../constructs/api/callback-route';

const text = { type: 'string' } as const;
const present = { type: 'string', minLength: 1 } as const;

/**
 * The delivery result of one message that Bizppurio pushes: Kakao AlimTalk, SMS and its other media.
 * Fields as in its public API manual; unknown ones pass, since the sender may add some.
 */
export const bizppurioDeliveryResult: JsonSchema = {
  $schema: 'http://json-schema.org/draft-04/schema#',
  title: 'BizppurioDeliveryResult',
  type: 'object',
  required: ['DEVICE', 'CMSGID', 'MSGID', 'PHONE', 'MEDIA', 'UNIXTIME', 'RESULT'],
  properties: {
    DEVICE: present,
    CMSGID: present,
    MSGID: present,
    PHONE: present,
    MEDIA: {
      enum: [
        ...['SMS', 'ISM', 'VDO', 'MMS', 'LMS', 'ILM', 'FSI', 'FSD', 'VMC', 'VMW', 'WAP'],
        ...['KAT', 'KFT', 'KFP', 'KFW', 'RSS', 'RLS', 'RMS', 'RTS'],
      ],
    },
    UNIXTIME: { type: 'string', pattern: '^[0-9]{1,13}$' },
    RESULT: present,
    TO_NAME: text,
    USERDATA: text,
    WAPINFO: text,
    TELRES: text,
    TELTIME: text,
    KAORES: text,
    KAOTIME: text,
    RCSRES: text,
    RCSTIME: text,
    RETRY_FLAG: text,
    RESEND_FLAG: text,
    REFKEY: text,
  },
};
