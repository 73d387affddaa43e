/** Options of `ferry emulator` that say which of a few it is, the usual one first. @see cards.md, sections 3.3, 3.4 and 11 */
export const emulatorChoices = {
  organisation: ['both', 'migrated', 'legacy'],
  'landing-zone': ['azure', 'aws'],
  encryption: ['both', 'encryption', 'encryptionSpecs', 'none'],
} as const;
