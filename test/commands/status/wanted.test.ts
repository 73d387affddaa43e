import { describe, expect, it } from 'vitest';
import { chosenFlows } from '../../../source/commands/status/wanted.ts';
import { isStop } from '../../../source/commands/console/stop.ts';
import { listedFlow } from '../../../source/flow-service/flows.ts';

const flowOf = (id: string, name: string) => listedFlow.parse({ id, name, state: 'enabled' });
const crm = flowOf('8256cfb4-17e6-432c-a469-6aedafb16cd5', 'CRM weekly');
const loyalty = flowOf('57b64cb2-17e6-432c-a469-6aedafb16cd5', 'Loyalty to SFTP');
const alike = flowOf('57b64cb2-0000-432c-a469-6aedafb16cd5', 'late:8256cfb4 as a name');
const chosen = (...given: string[]): string[] =>
  chosenFlows([crm, loyalty], given, 'dev').map(({ name }) => name);

describe('the dataflows that are looked at', () => {
  it.each<[string, string[], string[]]>([
    ['all', [], ['CRM weekly', 'Loyalty to SFTP']],
    ['one by its name', ['CRM weekly'], ['CRM weekly']],
    ['one by its id', [loyalty.id.toUpperCase()], ['Loyalty to SFTP']],
    ['one by a finding', ['late:8256cfb4:9f7d37fd:2026-11-25T12'], ['CRM weekly']],
    ['one by a finding of it as a whole', ['IDLE:57B64CB2'], ['Loyalty to SFTP']],
    ['all, where everything stands still', ['standstill:2026-11-26T11'], ['CRM weekly', 'Loyalty to SFTP']],
  ])('are %s', (_, given, wanted) => {
    expect(chosen(...given)).toEqual(wanted);
  });

  it('are none where a finding is of none of them, or of two', () => {
    const failure = (list: Parameters<typeof chosenFlows>[0], given: string): unknown => {
      try {
        return chosenFlows(list, [given], 'dev');
      } catch (error) {
        return isStop(error) && error.exitCode;
      }
    };
    expect(failure([crm, loyalty], 'late:00000000')).toBe(2);
    expect(failure([crm, loyalty, alike], 'late:57b64cb2')).toBe(2);
  });
});
