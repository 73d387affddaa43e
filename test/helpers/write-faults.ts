/** What befalls a write in a matrix every day. */
export const everyDay = ['lostx1', 'act:503x1', 'act:412x1', '412x1', '503x9'];

/** What befalls it in a soak besides. */
export const inSoak = [
  'resetx1',
  '503x2',
  'slow:350x1',
  '429:0x1',
  'act:500x1',
  'act:302x1',
  'act:400x1',
  'act:401x1',
  'act:403x1',
  'act:422x1',
  'act:409x1',
  'act:htmlx1',
  'act:emptyx1',
  'act:tornx1',
  'redirectx1',
];
