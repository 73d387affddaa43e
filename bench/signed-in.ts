/** The environment of a ferry that is signed in to an emulator, in its sandbox dev. */
export const signedIn = (url: string): Record<string, string> => ({
  FERRY_API_URL: url,
  FERRY_ACCESS_TOKEN: 'token',
  FERRY_API_KEY: 'key',
  FERRY_ORG_ID: '5555467B5D8013E50A494220@AdobeOrg',
  FERRY_SANDBOX: 'dev',
});
