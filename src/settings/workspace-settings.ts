import {
  ArrayMaxSize,
  ArrayNotEmpty,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
  Validate,
  validateSync,
  ValidatorConstraint,
  type ValidatorConstraintInterface,
} from 'class-validator';
import { knownCountry } from '../domain/calendar/country-holidays';
import { isLocalDate, isTimeZone } from '../domain/calendar/local-days';
import type { ActivityKind } from '../domain/idle-clock/clock.types';
import { type ReminderWebhook, WEBHOOK_KINDS } from '../domain/reminders/digest.types';
import { jsonFault } from '../domain/text/bounded-json';
import { longest } from '../domain/text/bounded-text';
import type { SettingValue } from '../storage/entities/setting.entity';

@ValidatorConstraint()
class TimeZoneName implements ValidatorConstraintInterface {
  validate(value: unknown): boolean {
    return typeof value === 'string' && isTimeZone(value);
  }
  defaultMessage(): string {
    return 'must be a time zone name such as Asia/Shanghai';
  }
}

@ValidatorConstraint()
class LocalDates implements ValidatorConstraintInterface {
  validate(value: unknown): boolean {
    return Array.isArray(value) && value.every((date) => typeof date === 'string' && isLocalDate(date));
  }
  defaultMessage(): string {
    return 'must be dates written YYYY-MM-DD';
  }
}

@ValidatorConstraint()
class HolidayCountry implements ValidatorConstraintInterface {
  validate(value: unknown): boolean {
    try {
      return typeof value === 'string' && knownCountry(value) !== '';
    } catch {
      return false;
    }
  }
  defaultMessage(): string {
    return 'must be a country whose public holidays are known, such as CN or DE-BY';
  }
}

@ValidatorConstraint()
class ReminderWebhooks implements ValidatorConstraintInterface {
  validate(value: unknown): boolean {
    return Array.isArray(value) && value.every(isReminderWebhook);
  }
  defaultMessage(): string {
    return `must be a list of {"kind", "url", "secret"?} with an http(s) address and a kind out of ${WEBHOOK_KINDS.join(', ')}`;
  }
}

function isReminderWebhook(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const { kind, url, secret } = value as Record<keyof ReminderWebhook, unknown>;
  return (
    WEBHOOK_KINDS.some((known) => known === kind) &&
    typeof url === 'string' &&
    /^https?:\/\/\S+$/.test(url) &&
    URL.canParse(url) &&
    (secret === undefined || typeof secret === 'string')
  );
}

const activityKinds: readonly ActivityKind[] = [
  'NOTE',
  'TASK_COMPLETED',
  'EMAIL_SENT',
  'EMAIL_RECEIVED',
  'MEETING',
  'OPPORTUNITY_CREATED',
  'STAGE_ADVANCED',
  'FOLLOW_UP',
];
const defaultActivities = activityKinds.filter((kind) => kind !== 'EMAIL_RECEIVED');

/** The workspace settings (Twenty application variables) that the engine goes by. Defaults are those of plugin.json. */
export class WorkspaceSettings {
  @Validate(TimeZoneName) TIME_ZONE = 'Asia/Shanghai';
  @IsArray() @ArrayNotEmpty() @ArrayMaxSize(100) @Matches(/^[1-7]$/, { each: true }) WORKING_WEEKDAYS: string[] = [
    '1',
    '2',
    '3',
    '4',
    '5',
  ];
  @Validate(HolidayCountry) HOLIDAY_COUNTRY = 'CN';
  @IsArray() @ArrayMaxSize(1000) @Validate(LocalDates) EXTRA_HOLIDAYS: string[] = [];
  @IsArray() @ArrayMaxSize(1000) @Validate(LocalDates) EXTRA_WORKDAYS: string[] = [];
  /** 0 = no workspace-wide limit. */
  @IsInt() @Min(0) @Max(1_000_000) MEMBER_HOLDING_CAPACITY = 0;
  @IsIn(['ACCEPT', 'REVERT']) DIRECT_EDITS: 'ACCEPT' | 'REVERT' = 'ACCEPT';
  @IsIn(['TO_POOL', 'TO_SUCCESSOR']) OFFBOARDING: 'TO_POOL' | 'TO_SUCCESSOR' = 'TO_POOL';
  /** Id or e-mail of a member; empty: nobody. */
  @IsString() @MaxLength(320) OFFBOARDING_SUCCESSOR = '';
  @IsBoolean() PEOPLE_FOLLOW_COMPANY = true;
  @IsBoolean() OPPORTUNITIES_FOLLOW_OWNER = true;
  @IsBoolean() TASKS_FOLLOW_OWNER = true;
  /** May tools of Twenty's AI claim, release, assign and log follow-ups? Asking is always allowed. */
  @IsBoolean() AI_TOOLS_MAY_ACT = false;
  @IsArray() @ArrayMaxSize(100) @IsIn(activityKinds, { each: true }) QUALIFYING_ACTIVITIES: string[] = [
    ...defaultActivities,
  ];
  @IsBoolean() ONLY_OWNER_ACTIVITY_COUNTS = true;
  @IsArray() @ArrayMaxSize(100) @IsString({ each: true }) WON_STAGES: string[] = ['CUSTOMER'];
  @IsArray() @ArrayMaxSize(100) @IsString({ each: true }) LOST_STAGES: string[] = [];
  @IsArray() @ArrayMaxSize(100) @IsIn(['TASK', 'WEBHOOK'], { each: true }) REMINDER_CHANNELS: string[] = ['TASK'];
  @IsArray() @ArrayMaxSize(20) @Validate(ReminderWebhooks) REMINDER_WEBHOOKS: ReminderWebhook[] = [];
}

export type SettingKey = keyof WorkspaceSettings;
export const settingKeys = Object.keys(new WorkspaceSettings()) as SettingKey[];

export interface ParsedSetting {
  key: SettingKey;
  value: SettingValue;
  /** Why the present value is not in force. */
  problem: string | null;
}

/**
 * Twenty stores every value as text and validates none. A value that cannot be used leaves the last good one in force.
 * @param raw by key, as Twenty has them
 * @param lastGood by key
 */
export function parseSettings(
  raw: Record<string, string | null | undefined>,
  lastGood: Partial<Record<string, SettingValue>>,
): ParsedSetting[] {
  const defaults = new WorkspaceSettings();
  return settingKeys.map((key) => {
    const text = raw[key];
    if (text && text.length > longest.setting)
      return { key, value: lastGood[key] ?? defaults[key], problem: `must have at most ${longest.setting} characters` };
    const value = text === undefined || text === null || text === '' ? defaults[key] : decode(text, defaults[key]);
    const problem = jsonFault(value)?.en ?? problemOf(key, value);
    return { key, value: problem ? (lastGood[key] ?? defaults[key]) : (value as SettingValue), problem };
  });
}

function problemOf(key: SettingKey, value: unknown): string | null {
  const candidate = Object.assign(new WorkspaceSettings(), { [key]: value });
  const error = validateSync(candidate).find(({ property }) => property === key);
  return error ? Object.values(error.constraints ?? {}).join(', ') : null;
}

/** Text stays text; everything else is JSON. What is not JSON is handed on for validation to refuse. */
function decode(text: string, example: unknown): unknown {
  if (typeof example === 'string') return text;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
