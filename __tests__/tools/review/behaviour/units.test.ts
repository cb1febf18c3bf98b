import { describe, expect, it } from 'vitest';
import { duration, size } from '../../../../tools/review/behaviour/units';
import { counted } from '../../../../tools/review/counted';

describe('units in words', () => {
  it.each([
    [0, '0 seconds'],
    [1, '1 second'],
    [90, '1 minute 30 seconds'],
    [604_800, '7 days'],
    [1_123_200, '13 days'],
    [86_400 + 3_600, '1 day 1 hour'],
    [86_400 + 60, 'about 1 day'],
    [3_600 + 60 + 1, 'about 1 hour 1 minute'],
  ])('%d seconds: %s', (seconds, words) => {
    expect(duration(seconds)).toBe(words);
  });

  it.each([
    [262_144, '256 KiB'],
    [1_048_576, '1 MiB'],
    [1_500, '1,500 bytes'],
    [1, '1 byte'],
  ])('%d bytes: %s', (bytes, words) => {
    expect(size(bytes)).toBe(words);
  });

  it('counts one and many', () => {
    expect([counted(1, 'delivery', 'deliveries'), counted(1000, 'delivery', 'deliveries')]).toEqual([
      '1 delivery',
      '1,000 deliveries',
    ]);
  });
});
