import type { JsonObject } from '../store.ts';

const field = (title: string, type: string, more: JsonObject = {}): JsonObject => ({
  title,
  type,
  'meta:xdmType': type,
  ...more,
});

/**
 * What every card of today takes besides its columns, which a client adds: the schema that an output schema
 * is made from.
 *
 * @see cards.md, section 5.2, step d
 */
export const partnerSchema: JsonObject = {
  title: 'defaultschema',
  type: 'object',
  properties: {
    attributes: {
      type: 'object',
      'meta:xdmType': 'map',
      additionalProperties: { type: 'object', properties: { value: { type: 'string' } } },
    },
    identityMap: {
      type: 'object',
      'meta:xdmField': 'xdm:identityMap',
      'meta:xdmType': 'map',
      additionalProperties: {
        type: 'array',
        'meta:xdmType': 'array',
        items: {
          type: 'object',
          'meta:xdmType': 'object',
          properties: {
            id: field('Identifier', 'string'),
            primary: field('Primary', 'boolean', { default: false }),
            authenticatedState: field('Authenticated state', 'string', {
              enum: ['ambiguous', 'authenticated', 'loggedOut'],
              default: 'ambiguous',
            }),
          },
        },
      },
    },
    segmentMembership: {
      title: 'Segment membership map',
      type: 'object',
      'meta:xdmField': 'xdm:segmentMembership',
      'meta:xdmType': 'map',
      additionalProperties: {
        type: 'object',
        'meta:xdmType': 'map',
        additionalProperties: {
          type: 'object',
          'meta:xdmType': 'object',
          properties: {
            status: field('Status', 'string', { enum: ['realized', 'exited'], default: 'realized' }),
            lastQualificationTime: field('Last qualification time', 'string', {
              format: 'date-time',
              'meta:xdmType': 'date-time',
            }),
          },
        },
      },
    },
  },
};
