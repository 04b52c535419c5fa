import { LRUCache } from 'lru-cache';
import { createWorkingCalendar, type WorkingCalendar } from '../domain/calendar/working-calendar';
import type { WorkspaceSettings } from '../settings/workspace-settings';
import type { CalendarSettings } from '../storage/entities/policy-version.entity';

const calendars = new LRUCache<string, WorkingCalendar>({ max: 20 });

/** A calendar remembers what it has worked out, so the same settings give the same one. */
export function calendarOf(settings: CalendarSettings): WorkingCalendar {
  const key = JSON.stringify(settings);
  const known = calendars.get(key);
  if (known) return known;
  const calendar = createWorkingCalendar({ ...settings, country: settings.country || null });
  calendars.set(key, calendar);
  return calendar;
}

export function calendarSettings(settings: WorkspaceSettings): CalendarSettings {
  return {
    weekdays: settings.WORKING_WEEKDAYS.map(Number),
    country: settings.HOLIDAY_COUNTRY,
    extraHolidays: settings.EXTRA_HOLIDAYS,
    extraWorkdays: settings.EXTRA_WORKDAYS,
  };
}
