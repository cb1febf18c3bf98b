import { describe, expect, test } from 'vitest';
import { masked, planned, resource } from './masked';

describe('a secret that is too short to be searched for', () => {
  test('is masked in its place only, in HCL on the line of its attribute', () => {
    const result = masked(
      { resource: { aws_x: { x: { password: 'abc', description: 'abc', pins: { token: ['x1', 'x2'] } } } } },
      'password = "abc"\ndescription = "abc"\ntoken = [\n  "x1",\n  "x2",\n]\nnames = ["x1"]\n',
      { output_changes: { o: { before: null, after: 'abc', after_sensitive: true } } },
    );
    expect(result.configuration).toEqual({
      resource: {
        aws_x: {
          x: {
            password: '(sensitive 1)',
            description: 'abc',
            pins: { token: ['(sensitive 2)', '(sensitive 3)'] },
          },
        },
      },
    });
    expect(result.hcl).toBe(
      [
        'password = "(sensitive 1)"\ndescription = "abc"',
        'token = [\n  "(sensitive 2)",\n  "(sensitive 3)",\n]\nnames = ["x1"]\n',
      ].join('\n'),
    );
  });

  test('is found by its name and value where only a plan marks it', () => {
    const result = masked(
      resource('aws_x', { pin: 'a"$${b', size: 123, other: 123, 'x-y': ['ab'] }),
      'pin = "a\\"$${b"\nsize = 123\nother = 123\n"x-y" = ["ab"]\n',
      planned(
        {},
        { pin: 'a"${b', size: 123, 'x-y': 'ab' },
        { after_sensitive: { pin: true, size: true, 'x-y': true } },
      ),
    );
    expect(result.hcl).toBe(
      'pin = "(sensitive 1)"\nsize = "(sensitive 2)"\nother = 123\n"x-y" = ["(sensitive 3)"]\n',
    );
    expect(result.configuration).toMatchObject(
      resource('aws_x', { size: '(sensitive 2)', other: 123, 'x-y': ['(sensitive 3)'] }),
    );
  });

  test('is not searched for within masks', () => {
    const body = {
      password: 'sensitive',
      token: '(sensitive 7)',
      secret: 'hunter2',
      text: 'a sensitive hunter2',
    };
    expect(masked(resource('aws_x', body)).configuration).toEqual(
      resource('aws_x', {
        password: '(sensitive 1)',
        token: '(sensitive 7)',
        secret: '(sensitive 2)',
        text: 'a sensitive (sensitive 2)',
      }),
    );
  });

  test('is not taken for a mask', () => {
    const { plan } = masked(
      {},
      '',
      planned({}, ['(sensitive 2)', 'va-lue'], { after_sensitive: [true, true] }),
    );
    expect(plan).toEqual(planned({}, ['(sensitive 1)', '(sensitive 2)'], { after_sensitive: [true, true] }));
  });

  test('is so, too, where it is the name of an attribute or has digits and is that of a resource', () => {
    const body = { password: 'description', token: 'db2024', description: 'a description of db2024' };
    expect(masked({ resource: { aws_x: { db2024: body } } }).configuration).toEqual({
      resource: { aws_x: { db2024: { ...body, password: '(sensitive 1)', token: '(sensitive 2)' } } },
    });
  });

  test('so is one that is the name of something, so that references hold', () => {
    const result = masked(
      {
        resource: {
          aws_db_instance: { postgres: { password: 'postgres', b: '${aws_db_instance.postgres.id}' } },
        },
      },
      'resource "aws_db_instance" "postgres" {\n  password = "postgres"\n}\n',
    );
    expect(result.configuration).toEqual({
      resource: {
        aws_db_instance: { postgres: { password: '(sensitive 1)', b: '${aws_db_instance.postgres.id}' } },
      },
    });
    expect(result.hcl).toBe('resource "aws_db_instance" "postgres" {\n  password = "(sensitive 1)"\n}\n');
  });
});
