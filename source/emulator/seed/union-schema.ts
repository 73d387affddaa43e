import type { JsonObject } from '../store.ts';

/** A believable union schema. @see flow-service.md, section 2.9 */
const leaf = (title: string, type = 'string', more: JsonObject = {}): JsonObject => ({
  title,
  description: `${title} of the person`,
  type,
  'meta:xdmType': type === 'integer' ? 'int' : type,
  ...more,
});
const date = (title: string): JsonObject => leaf(title, 'string', { format: 'date', 'meta:xdmType': 'date' });
const moment = (title: string): JsonObject =>
  leaf(title, 'string', { format: 'date-time', 'meta:xdmType': 'date-time' });
const group = (title: string, properties: JsonObject): JsonObject => ({
  title,
  type: 'object',
  'meta:xdmType': 'object',
  properties,
});
const map = (title: string, of: JsonObject): JsonObject => ({
  title,
  type: 'object',
  'meta:xdmType': 'map',
  additionalProperties: of,
});
const list = (title: string): JsonObject => ({
  title,
  type: 'array',
  'meta:xdmType': 'array',
  items: { type: 'string' },
});

const address = (title: string): JsonObject =>
  group(title, {
    street1: leaf('Street 1'),
    street2: leaf('Street 2'),
    street3: leaf('Street 3'),
    city: leaf('City'),
    region: leaf('Region'),
    state: leaf('State'),
    stateProvince: leaf('State or province', 'string', { 'meta:status': 'deprecated' }),
    postalCode: leaf('Postal code'),
    country: leaf('Country'),
    countryCode: leaf('Country code'),
    label: leaf('Label'),
    primary: leaf('Primary', 'boolean'),
    status: leaf('Status'),
    lastVerifiedDate: date('Last verified date'),
  });
const phone = (title: string): JsonObject =>
  group(title, {
    number: leaf('Number'),
    extension: leaf('Extension'),
    countryCode: leaf('Country code'),
    primary: leaf('Primary', 'boolean'),
    status: leaf('Status'),
    validity: leaf('Validity'),
  });
const email = (title: string): JsonObject =>
  group(title, {
    address: leaf('Address'),
    label: leaf('Label'),
    primary: leaf('Primary', 'boolean'),
    status: leaf('Status'),
    type: leaf('Type'),
  });
const consent = (title: string): JsonObject =>
  group(title, { val: leaf('Choice'), time: moment('Time of the choice'), reason: leaf('Reason') });

export const unionSchema: JsonObject = {
  $id: 'https://ns.adobe.com/xdm/context/profile__union',
  'meta:altId': '_xdm.context.profile__union',
  'meta:resourceType': 'unions',
  'meta:class': 'https://ns.adobe.com/xdm/context/profile',
  version: '1.0',
  title: 'XDM Individual Profile',
  type: 'object',
  properties: {
    person: group('Person', {
      name: group('Full name', {
        courtesyTitle: leaf('Courtesy title'),
        firstName: leaf('First name'),
        middleName: leaf('Middle name'),
        lastName: leaf('Last name'),
        suffix: leaf('Suffix'),
        fullName: leaf('Full name'),
      }),
      gender: leaf('Gender', 'string', {
        enum: ['male', 'female', 'not_specified', 'non_specific'],
        'meta:enum': { male: 'Male', female: 'Female' },
      }),
      birthDate: date('Birth date'),
      birthDay: leaf('Birth day', 'integer'),
      birthMonth: leaf('Birth month', 'integer'),
      birthYear: leaf('Birth year', 'integer'),
      birthDayAndMonth: leaf('Birth day and month'),
      maritalStatus: leaf('Marital status'),
      nationality: leaf('Nationality'),
      taxId: leaf('Tax ID', 'string', { 'meta:status': 'deprecated' }),
      hobbies: list('Hobbies'),
    }),
    personalEmail: email('Personal email'),
    workEmail: email('Work email'),
    homeAddress: address('Home address'),
    workAddress: address('Work address'),
    mailingAddress: address('Mailing address'),
    homePhone: phone('Home phone'),
    mobilePhone: phone('Mobile phone'),
    workPhone: phone('Work phone'),
    faxPhone: phone('Fax'),
    preferredLanguage: leaf('Preferred language'),
    timeZone: leaf('Time zone'),
    testProfile: leaf('Test profile', 'boolean'),
    organizations: list('Organisations'),
    consents: group('Consents', {
      collect: consent('Collect'),
      share: consent('Share'),
      personalize: group('Personalise', { content: consent('Content') }),
      marketing: group('Marketing', {
        preferred: leaf('Preferred channel'),
        any: consent('Any channel'),
        email: consent('Email'),
        sms: consent('SMS'),
        push: consent('Push'),
        postalMail: consent('Postal mail'),
        call: consent('Call'),
      }),
    }),
    loyalty: group('Loyalty details', {
      loyaltyID: list('Loyalty IDs'),
      points: leaf('Points', 'number'),
      tier: leaf('Tier'),
      status: leaf('Status'),
      joinDate: moment('Join date'),
      tierExpiryDate: moment('Tier expiry date'),
      pointsExpiration: list('Points expiration'),
      upgradeDate: moment('Upgrade date'),
    }),
    _acme: group('Acme', {
      customerId: leaf('Customer ID'),
      loyaltyId: leaf('Loyalty ID'),
      segmentCode: leaf('Segment code'),
      loyalty: group('Loyalty', {
        tier: leaf('Tier'),
        points: leaf('Points', 'integer'),
        memberSince: date('Member since'),
      }),
      propensity: group('Propensity', { buy: leaf('To buy', 'number'), churn: leaf('To leave', 'number') }),
      favourites: group('Favourites', {
        store: leaf('Store'),
        category: leaf('Category'),
        brand: leaf('Brand'),
      }),
      settings: map('Settings', { type: 'string' }),
    }),
    identityMap: map('Identity map', {
      type: 'array',
      items: { type: 'object', properties: { id: { type: 'string' } } },
    }),
    segmentMembership: map('Segment membership', {
      type: 'object',
      'meta:xdmType': 'map',
      additionalProperties: {
        type: 'object',
        properties: {
          status: { type: 'string' },
          lastQualificationTime: { type: 'string', format: 'date-time' },
        },
      },
    }),
    timeSeriesEvents: list('Experience events'),
  },
};

/** Paths that may be exported: scalar leaves that are not deprecated. */
export function exportable(schema: JsonObject = unionSchema, parent = ''): string[] {
  const properties = schema['properties'];
  if (
    properties === undefined ||
    properties === null ||
    typeof properties !== 'object' ||
    Array.isArray(properties)
  )
    return [];
  return Object.entries(properties).flatMap(([name, property]) => {
    if (
      property === undefined ||
      property === null ||
      typeof property !== 'object' ||
      Array.isArray(property)
    )
      return [];
    if (
      property['meta:status'] === 'deprecated' ||
      property['meta:xdmType'] === 'map' ||
      property['type'] === 'array'
    )
      return [];
    const path = parent === '' ? name : `${parent}.${name}`;
    return property['properties'] === undefined ? [path] : exportable(property, path);
  });
}

/** Values outside the tree that are exportable all the same. @see section 2.9 */
export const specialPaths =
  /^(segmentMembership\.status|segmentMembership\.(seg_namespace|ups)\.seg_id\.status|Email|ECID|Phone|identityMap\.[\w/.]+)$/;
