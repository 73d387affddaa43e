import { describe, expect, it } from 'vitest';
import { type JsonSchema, jsonSchema } from '../../source/flow-service/json-schema.ts';

/** Of each member a value that is read, and one that carries no meaning; a member without a line does not compile. */
const members: { [Name in keyof JsonSchema]-?: [NonNullable<JsonSchema[Name]>, unknown?] } = {
  type: ['string', 7],
  title: ['T', []],
  description: ['D', {}],
  format: ['date', 1],
  pattern: ['^a', null],
  enum: [[1, 'a'], 'a'],
  const: ['x'],
  default: [0],
  minLength: [1, '1'],
  maxLength: [2, '2'],
  contentEncoding: ['base64', 64],
  properties: [{ a: { type: 'string' } }, []],
  required: [['a'], 'a'],
  items: [{ type: 'string' }, 'string'],
  additionalProperties: [{ type: 'string' }, 7],
  oneOf: [[{ type: 'string' }], {}],
  conditional: [{ field: 'a', operator: '==', value: 1 }, 'a'],
  'meta:xdmType': ['object', 1],
  'meta:status': ['deprecated', true],
};

describe('a schema', () => {
  it.each(Object.entries(members))(
    'is read with %s, which is left out where it means nothing',
    (name, [value, odd]) => {
      expect(jsonSchema.parse({ [name]: value })).toEqual({ [name]: value });
      // Serializers write what is absent so; `null` is no value of any of these.
      expect(jsonSchema.parse({ [name]: null })[name as keyof JsonSchema]).toBeUndefined();
      if (odd !== undefined)
        expect(jsonSchema.parse({ [name]: odd, title: name })).not.toHaveProperty([name], odd);
    },
  );
});
