import { RefusedError, UnreadableAnswerError } from './errors.ts';

/** Where one service has the union schema of profiles. */
interface UnionPlace {
  readonly path: string;
  readonly headers: Record<string, string>;
  /** Refusals after which it is asked for elsewhere: credentials that may not read it here can often read it there. */
  readonly elsewhereAfter: readonly number[];
}

/** @see flow-service.md, section 2.9 */
export const unionInRegistry: UnionPlace = {
  path: '/data/foundation/schemaregistry/tenant/unions/_xdm.context.profile__union',
  headers: { Accept: 'application/vnd.adobe.xed-full+json; version=1' },
  elsewhereAfter: [400, 403, 404, 406],
};

/** @see cards.md, section 5.2, a */
export const unionInProfiles: UnionPlace = {
  path: '/data/core/ups/config/entityTypes/_xdm.context.profile?property=fullSchema==true&property=includeRelationshipDescriptors==true',
  headers: {},
  elsewhereAfter: [400, 403, 404],
};

/** Reads the union schema at one place or else at another. @throws what the first one said, where neither has it */
export async function eitherUnion<Of>(
  first: UnionPlace,
  second: UnionPlace,
  read: (place: UnionPlace) => Promise<Of>,
): Promise<Of> {
  try {
    return await read(first);
  } catch (error) {
    const isRefused = error instanceof RefusedError && first.elsewhereAfter.includes(error.status);
    if (!isRefused && !(error instanceof UnreadableAnswerError)) throw error;
    return read(second).catch(() => {
      throw error;
    });
  }
}
