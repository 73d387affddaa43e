import { describe, expect, it } from 'vitest';
import { findFlow, namedFlow } from '../../source/commands/flow/find-flow.ts';
import { isStop } from '../../source/commands/console/stop.ts';
import { openClient } from '../../source/commands/connect/open-client.ts';
import { answerWith } from '../helpers/answers.ts';
import { english } from '../../source/locale/catalogs.ts';

const flows = ['Newsletter', 'CRM weekly', 'CRM, weekly', 'crm weekly ', 'Alike', 'Twice', 'Twice', ''].map(
  (name, at) => ({ id: `0000000${at}-0000-4000-8000-000000000000`, name }),
);

/** The place in the list of the dataflow that is meant, or what is said. */
async function meant(given: string, match: 'exact' | 'alike'): Promise<number | string> {
  const { url } = await answerWith(({ url: asked }) => {
    const one = flows.find(({ id }) => asked.includes(id));
    return { json: { items: one ? [{ ...one, transformations: [] }] : flows } };
  });
  const connected = openClient({ kind: 'emulator', url, sandbox: 'dev' }, { readOnly: true });
  try {
    const { id, name } = await findFlow(given, match, connected);
    const at = flows.findIndex((one) => one.id === id);
    expect(name).toBe(flows[at]?.name);
    return at;
  } catch (error) {
    if (!isStop(error)) throw error;
    expect(error.exitCode).toBe(2);
    return error.sentences.map((say) => say(english)).join(' ');
  } finally {
    await connected.close();
  }
}

describe('the dataflow that is meant by', () => {
  it.each<[string, 'exact' | 'alike', number | RegExp]>([
    [flows[0]?.id ?? '', 'exact', 0],
    ['CRM weekly', 'exact', 1],
    ['CRM weekly', 'alike', 1],
    ['CRM, weekly', 'exact', 2],
    ['NEWSLETTER', 'alike', 0],
    ['NEWSLETTER', 'exact', /^No dataflow of sandbox dev is called "NEWSLETTER"\. .*"Newsletter" \(0{8}-/],
    [' alike', 'alike', 4],
    ['crm Weekly', 'alike', /^Sandbox dev has several dataflows "crm Weekly"\. .*0{7}1-.*0{7}3-/],
    ['Twice', 'exact', /^Sandbox dev has several dataflows "Twice"\. .*0{7}5-.*0{7}6-/],
    ['00000004', 'alike', 4],
    ['00000004', 'exact', /^No dataflow of sandbox dev is called "00000004"\. /],
    ['Nobodys', 'exact', /^No dataflow of sandbox dev is called "Nobodys"\. .*ferry list flows$/],
    [flows[7]?.id ?? '', 'exact', 7],
    ['', 'exact', /^No dataflow of sandbox dev is called ""\. /],
    ['', 'alike', /^No dataflow of sandbox dev is called ""\. /],
    ['  ', 'alike', /^No dataflow of sandbox dev is called " {2}"\. /],
  ])('%j, %s', async (given, match, wanted) => {
    const found = await meant(given, match);
    if (typeof wanted === 'number') expect(found).toBe(wanted);
    else expect(found).toMatch(wanted);
  });
});

it.each([undefined, '', ' ', '\n'])('nothing is named by %j', (given) => {
  expect(() => namedFlow(given, 'delete FLOW')).toThrow();
  expect(namedFlow('CRM weekly', 'delete FLOW')).toBe('CRM weekly');
});
