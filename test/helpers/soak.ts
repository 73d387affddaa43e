/**
Whether this run has the time for all of what is a soak by nature (`npm run test:soak`). The everyday run takes a
share of it that still meets every kind of thing once.
*/
export const isSoak = process.env['FERRY_SOAK'] === '1';
