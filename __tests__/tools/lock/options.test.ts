import { describe, expect, it } from 'vitest';
import { lockOptions, UsageError } from '../../../tools/lock/options';

describe('the options of npm run lock', () => {
  it('are, left out, the newest version from the registry for every system that people work on', () => {
    expect(lockOptions([])).toEqual({
      version: undefined,
      mirror: undefined,
      platforms: ['linux_amd64', 'linux_arm64', 'darwin_amd64', 'darwin_arm64', 'windows_amd64'],
    });
  });

  it('are taken as given', () => {
    expect(
      lockOptions(
        '--version 6.2.0 --mirror /srv/providers --platform linux_arm64 --platform darwin_arm64'.split(' '),
      ),
    ).toEqual({ version: '6.2.0', mirror: '/srv/providers', platforms: ['linux_arm64', 'darwin_arm64'] });
  });

  it.each(['--help', '-h'])('%s asks for help', (help) => {
    expect(lockOptions([help, '--version', 'x'])).toBeUndefined();
  });

  it.each([
    ['--version ~>6', '--version ~>6: it is three numbers, such as 5.100.0'],
    ['--version 6.2', '--version 6.2: it is three numbers, such as 5.100.0'],
    ['--platform linux', '--platform linux: it is a system and a processor, such as linux_arm64'],
    ['--upgrade', "Unknown option '--upgrade'"],
    ['6.2.0', "Unexpected argument '6.2.0'. This command does not take positional arguments"],
  ])('%s is refused: %s', (args, message) => {
    expect(() => lockOptions(args.split(' '))).toThrow(new UsageError(message));
  });
});
