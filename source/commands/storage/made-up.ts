import { sampleMark } from '../../activation/content/sample-file.ts';
import { clearBytes } from './clear-bytes.ts';

/** Larger than any sample; bytes. */
export const mostSampleBytes = 256 * 1024;

/** Whether every row of a file is made up, as those of a sample are. @param whole - All of the file. */
export async function isMadeUp(whole: Buffer): Promise<boolean> {
  const unpacked = await clearBytes(whole, 4 * mostSampleBytes);
  if (!unpacked) return false;
  const text = unpacked.clear.toString('utf8');
  if (text.startsWith('PAR1')) return text.includes(sampleMark);
  const [, ...rows] = text.startsWith('{') ? ['', ...text.split('\n')] : text.split('\n');
  const lines = rows.filter((line) => line.trim() !== '');
  return lines.length > 0 && lines.every((line) => line.includes(sampleMark));
}
