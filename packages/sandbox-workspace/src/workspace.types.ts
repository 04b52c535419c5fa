import type { Text } from './strings';

export interface Member {
  id: string;
  email: string;
  name: string;
  role: 'admin' | 'manager' | 'rep';
  locale: 'en' | 'zh-CN';
}

export interface Field {
  name: string;
  type: string;
  label: Text;
  options?: { value: string; label: string; color?: string }[];
  relation?: { kind: 'MANY_TO_ONE' | 'ONE_TO_MANY'; target: string; joinColumn?: string };
}

export interface ObjectDescription {
  nameSingular: string;
  namePlural: string;
  label: Text;
  labelPlural: Text;
  fields: Record<string, Field>;
}

export interface ViewFilter {
  field: string;
  operand: string;
  value: unknown;
  /** For an operand on dates: what it means today. */
  dates?: Record<string, string>;
}

export interface View {
  id: string;
  name: string;
  object?: string;
  columns: string[];
  filters: ViewFilter[];
  /** Of these one is enough, each of which needs all of its own. */
  anyOf: ViewFilter[][];
  sort?: { field?: string; direction: string };
}

export interface Widget {
  universalIdentifier: string;
  title?: string;
  configuration: { configurationType: string; frontComponentUniversalIdentifier?: string };
}

export interface Tab {
  universalIdentifier: string;
  title: string;
  icon?: string;
  pageLayoutUniversalIdentifier?: string;
  widgets?: Widget[];
}

/** One of Twenty's charts, as a question to the record API. */
export interface ChartDescription {
  title: string;
  objects: string;
  object: string;
  filter: Record<string, unknown>;
  groupBy: Record<string, unknown>[];
  fields: string[];
}

export interface Command {
  universalIdentifier: string;
  label: string;
  shortLabel?: string;
  isPinned?: boolean;
  object?: string;
  frontComponentUniversalIdentifier?: string;
  conditionalAvailabilityExpression?: string;
}

export interface Component {
  id: string;
  universalIdentifier: string;
  name: string;
  isHeadless: boolean;
}

export interface NavigationItem {
  universalIdentifier: string;
  type: string;
  name?: string;
  viewUniversalIdentifier?: string;
  pageLayoutUniversalIdentifier?: string;
}

export interface WorkspaceDescription {
  now: string;
  members: Member[];
  objects: Record<string, ObjectDescription>;
  app?: {
    id: string;
    name: string;
    engineUrl: string;
    views: View[];
    navigation: NavigationItem[];
    pages: { universalIdentifier: string; name: string; type: string; tabs?: Tab[]; charts: ChartDescription[] }[];
    tabs: Tab[];
    commands: Command[];
    components: Component[];
  };
}

export type StoredRecord = { id: string } & Record<string, unknown>;
