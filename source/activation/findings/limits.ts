/** A guardrail of the platform. */
interface Limit {
  /** Most of it; for a duration, milliseconds. */
  readonly most: number;
  /** `hard` is enforced by the platform; `soft` costs performance, or is advice. */
  readonly kind: 'hard' | 'soft';
  /** Page of the platform's documentation that states it. */
  readonly source: string;
}

/** Guardrails that ferry watches, each with its source. @see flow-service.md, section 6 */
export const limits = {
  segmentsPerFlow: { most: 250, kind: 'soft', source: 'guardrails.md' },
  attributesPerFlow: { most: 50, kind: 'soft', source: 'guardrails.md' },
  destinationsPerSandbox: { most: 100, kind: 'hard', source: 'guardrails.md' },
  exportsPerHour: { most: 100, kind: 'soft', source: 'guardrails.md' },
  /** External audiences of any origin; ten before June 2026. */
  customUploads: { most: 100, kind: 'hard', source: 'release-notes june-2026.md' },
  identityNamespaces: { most: 1, kind: 'hard', source: 'activate-batch-profile-destinations.md' },
  deduplicationKeys: { most: 2, kind: 'hard', source: 'activate-batch-profile-destinations.md' },
  fileName: { most: 255, kind: 'hard', source: 'activate-batch-profile-destinations.md' },
  leadMs: { most: 3_600_000, kind: 'soft', source: 'activate-batch-profile-destinations.md' },
  youngMs: { most: 24 * 3_600_000, kind: 'soft', source: 'activate-batch-profile-destinations.md' },
} as const satisfies Record<string, Limit>;
