import type { ValueTransformer } from 'typeorm';

/** `timestamptz` as the ISO string that domain and Twenty speak, with milliseconds. */
const instant: ValueTransformer = {
  from: (value: Date | null) => value?.toISOString() ?? null,
  to: (value: string | null | undefined) => value,
};

export const instantColumn = { type: 'timestamptz', transformer: instant } as const;
export const optionalInstantColumn = { ...instantColumn, nullable: true } as const;
export const optionalUuidColumn = { type: 'uuid', nullable: true } as const;
export const optionalTextColumn = { type: 'text', nullable: true } as const;
