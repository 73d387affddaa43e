import { sampleMark } from '../../activation/content/sample-file.ts';
import { clearBytes } from './clear-bytes.ts';

/** Larger than any sample; bytes. */
export const mostSampleBytes = 256 * 1024;

/** What the footer of a Parquet sample says: beside its rows, whose values may be in anybody's file. */
export const madeUpNote = 'ferry-sample: every row is made up';

/** What Parquet begins and ends with. */
const parquetMagic = 'PAR1';

/** Whether every row of a file is made up, as those of a sample are. @param whole - All of the file. */
export async function isMadeUp(whole: Buffer): Promise<boolean> {
  if (whole.subarray(0, 4).toString('latin1') === parquetMagic) return footerOf(whole).includes(madeUpNote);
  const unpacked = await clearBytes(whole, 4 * mostSampleBytes);
  if (!unpacked) return false;
  const text = unpacked.clear.toString('utf8');
  const [, ...rows] = text.startsWith('{') ? ['', ...text.split('\n')] : text.split('\n');
  const lines = rows.filter((line) => line.trim() !== '');
  return lines.length > 0 && lines.every((line) => line.includes(sampleMark));
}

/** What a Parquet file says of itself; of one that is cut nothing. @see the format's file metadata */
function footerOf(file: Buffer): string {
  const end = file.length - 8;
  if (end < 4 || file.toString('latin1', end + 4) !== parquetMagic) return '';
  return file.toString('latin1', Math.max(4, end - file.readUInt32LE(end)), end);
}
