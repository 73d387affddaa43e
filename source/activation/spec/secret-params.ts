import type { At } from '../plan/json-path.ts';
import { catalog, inCatalog, newerCards } from './catalog.ts';
import { type Field, pathOf } from './field.ts';
import type { Forms } from './forms.ts';
import { newerForms } from './newer-forms.ts';

const fieldsIn = (forms: Pick<Forms, 'auth' | 'modes'> | undefined): readonly Field[] =>
  [...(forms?.auth ?? []), ...(forms?.modes ?? [])].flatMap(({ fields }) => fields);

/** Names that hold a secret even where a spec forgets `format: password`. */
const secretName =
  /(secret|password|passphrase|privatekey|sshkey|connectionstring|accountkey|apikey|token$|signature$)/i;

/** What any card keeps secret is one on another too. */
const documentedNames: ReadonlySet<string> = new Set(
  [...catalog, ...newerCards.map(({ connectionSpecId }) => newerForms(connectionSpecId))]
    .flatMap(fieldsIn)
    .flatMap(({ name, isSecret }) => (isSecret ? [name.toLowerCase()] : [])),
);

/** Whether a param of this name holds a secret, whatever its spec says of it. */
export const namesSecret = (name: string): boolean =>
  secretName.test(name) || documentedNames.has(name.toLowerCase());

/**
 * Whether a param of a sign-in or of a location holds a secret: as the form of its card says that is documented, by its
 * name where no form has it. What stands below a secret is one.
 *
 * @param card - Connection spec; nothing where it was not read.
 * @param way - The members that lead there from the params, places in lists left out.
 */
export function holdsSecret(card: string | undefined, way: At): boolean {
  const members = way.filter((one) => typeof one === 'string');
  const leadsHere = (field: Field): boolean => pathOf(field).every((member, at) => members[at] === member);
  const fields = fieldsIn(card === undefined ? undefined : (inCatalog(card) ?? newerForms(card))).filter(
    leadsHere,
  );
  return fields.length > 0 ? fields.some(({ isSecret }) => isSecret) : namesSecret(members.at(-1) ?? '');
}
