export const adls = 'be2c3209-53bc-47e7-ab25-145db8b873e1';
export const landingZone = '10440537-2a7b-4583-ac39-ed38d4b848e8';

/** The six storage cards of today: they take a mapping set, and no profile selectors. @see cards.md, section 4 */
export const newerCards: readonly string[] = [
  '4fce964d-3f37-408f-9778-e597338a21ee',
  '6d6b59bf-fb58-4107-9064-4d246c0e5bb2',
  '36965a81-b1c6-401b-99f8-22508f1e6a26',
  adls,
  'c5d93acb-ea8b-4b14-8f53-02138444ae99',
  landingZone,
];

/** The three cards that a migrated organisation has no more. @see cards.md, section 9 */
export const replacedCards: readonly string[] = [
  '4890fc95-5a1f-4983-94bb-e060c08e3f81',
  'e258278b-a4cf-43ac-b158-4fa0ca0d948b',
  '64ef4b8b-a6e0-41b5-9677-3805d1ee5dd0',
];

export const isNewerCard = (id: unknown): boolean => newerCards.some((one) => one === id);
