import type { ChoiceName, ChoiceValue } from '../activation/settings.ts';
import { type Text, type Values, valueText } from './texts.ts';

/** What a kind of storage is called; the platform's own word where ferry has none. */
export function modeTitle(text: Text, mode: string): string {
  const id = `mode.${mode}`;
  return text.has(id) ? text(id) : mode;
}

/** `SFTP server (FTP)`: with the platform's word behind it, where that is another one. */
export function modeName(text: Text, mode: string): string {
  const title = modeTitle(text, mode);
  return title === mode ? mode : text('text.aside', { value: title, aside: mode });
}

/** What a sign-in is called; one that ferry does not know, as the platform calls it. */
export function signInTitle(text: Text, specName: string): string {
  const id = `signIn.${specName}`;
  return text.has(id) ? text(id) : specName;
}

/** `Access key (Access Key)`: the platform's own word beside ours, where it is another one. */
export function signInName(text: Text, specName: string): string {
  const title = signInTitle(text, specName);
  return title === specName ? title : text('text.aside', { value: title, aside: specName });
}

/** `param.` and the name of one; the name itself where ferry knows none. */
const paramTitle = (text: Text, name: string): string => {
  const id = `param.${name}`;
  return text.has(id) ? text(id) : name;
};

/** `Bucket name (bucketName)`: what a field is called, with the plan's own word behind it. */
export function paramName(text: Text, name: string): string {
  const title = paramTitle(text, name);
  return title === name ? title : text('text.aside', { value: title, aside: name });
}

/** A value of a setting that is one of a few: one that has no words does not compile. */
export const choiceText = (text: Text, value: ChoiceValue): string => text(`value.${value}`);

type Said = (text: Text, value: string) => string;

/** How those settings are said, of a rule also what no plan can hold. */
const choices = {
  exportMode: valueText,
  frequency: valueText,
  triggerType: valueText,
} as const satisfies Record<ChoiceName, Said>;

/** How a value of a rule is said to who sees no plan, by its name. */
const words: ReadonlyMap<string, Said> = new Map<string, Said>([
  ['mode', modeName],
  ['better', modeName],
  ['specName', signInName],
  ['name', paramTitle],
  ['field', paramTitle],
  ...Object.entries(choices),
]);

/**
 * The values of a problem or a finding for somebody who answers questions: a plan's own words, such as `FTP` or
 * `secretKey`, are nobody's there.
 */
export const inWords = <Of extends Values>(text: Text, values: Of): Of =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => {
      const say = words.get(name);
      if (name === 'allowed' && typeof value === 'object')
        return [name, value.map((one) => wordOf(text, one))];
      return [name, say && typeof value === 'string' ? say(text, value) : value];
    }),
  ) as Of;

/** A value of a list, whatever it is a list of. */
function wordOf(text: Text, value: string): string {
  for (const say of [modeName, signInName, paramTitle, valueText]) {
    const said = say(text, value);
    if (said !== value) return said;
  }
  return value;
}

/** What an apply makes, by its name in a journal, or in the address of a call. */
const objects = {
  sourceBaseConnectionId: 'apply.source-base-connection',
  sourceConnectionId: 'apply.source-connection',
  targetBaseConnectionId: 'apply.target-base-connection',
  targetConnectionId: 'apply.target-connection',
  inputSchemaId: 'apply.input-schema',
  outputSchemaId: 'apply.output-schema',
  mappingSetId: 'apply.mapping-set',
  flowId: 'apply.flow',
  connections: 'object.connection',
  sourceConnections: 'apply.source-connection',
  targetConnections: 'apply.target-connection',
  flows: 'apply.flow',
  mappingSets: 'apply.mapping-set',
} as const;

/** `Destination account 64f5…`: an object that there is, with its id. @param name - `targetBaseConnectionId`, `flows` */
export function objectText(text: Text, name: string, id: string): string {
  const noun = Object.hasOwn(objects, name) ? text(objects[name as keyof typeof objects]) : name;
  return text('object.named', { noun, id });
}
