// The platform of bench/round.ts, in a process of its own: tells where it listens, and lives until it is killed.
import { startEmulator } from '../../source/emulator/server.ts';

const nowMs = Date.UTC(2026, 10, 26, 13, 34);
const emulator = await startEmulator({ flows: 125, segmentsPerFlow: 120, now: () => nowMs, keepRunsDays: 3 });
process.send?.(emulator.url);
process.on('disconnect', () => process.exit());
