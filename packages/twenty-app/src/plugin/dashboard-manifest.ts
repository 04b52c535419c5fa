import {
  AggregateOperations,
  ObjectRecordGroupByDateGranularity,
  PageLayoutTabLayoutMode,
  ViewFilterOperand,
  WidgetType,
  type definePageLayout,
} from '../platform/sdk';
import { partId } from '../identifiers';
import { companyAccountOwner, companyId, personId } from '../platform/standard-ids';
import { bilingual } from './bilingual';
import { objectId } from './field-manifest';
import { fieldId, plugin, pluginFields } from './plugin';
import type { Text } from './plugin.types';

type PageConfig = Parameters<typeof definePageLayout>[0];
type Widget = NonNullable<NonNullable<PageConfig['tabs']>[number]['widgets']>[number];
type Configuration = Widget['configuration'];
type Chart = Extract<Configuration, { aggregateOperation: unknown }>;
type Filter = { field: string; operand: string; value: string; type: string };

interface Place {
  row: number;
  column: number;
  rowSpan: number;
  columnSpan: number;
}

// Any field serves to count by; of own objects only the declared ones are known by identifier.
const COUNTED = { company: companyId, person: personId, ownershipEvent: fieldId('ownershipEvent', 'engineId') };
type Counted = keyof typeof COUNTED;

/** Days of charts are days somewhere: where the workspace counts them unless it was changed. */
const TIME_ZONE = String(plugin.settings.find(({ key }) => key === 'TIME_ZONE')?.default ?? 'UTC');

const select = (object: Counted, name: string, ...values: string[]): Filter => ({
  field: fieldId(object, name),
  operand: ViewFilterOperand.IS,
  value: JSON.stringify(values),
  type: 'SELECT',
});

// To Twenty the next days begin tomorrow, and the last ones end yesterday.
const dueWithin = (days: number): Filter[] =>
  [
    [ViewFilterOperand.IS_RELATIVE, `NEXT_${days}_DAY`] as const,
    [ViewFilterOperand.IS_TODAY, ''] as const,
    [ViewFilterOperand.IS_IN_PAST, ''] as const,
  ].map(([operand, value]) => ({ field: fieldId('company', 'reclaimOn'), operand, value, type: 'DATE' }));
const inTheLast = (days: number): Filter[] =>
  [[ViewFilterOperand.IS_RELATIVE, `PAST_${days}_DAY`] as const, [ViewFilterOperand.IS_TODAY, ''] as const].map(
    ([operand, value]) => ({ field: fieldId('ownershipEvent', 'happenedAt'), operand, value, type: 'DATE_TIME' }),
  );

/** @param anyOf of these one is enough */
function counting(object: Counted, all: Filter[], anyOf: Filter[]) {
  const group = partId('chart', 'any of');
  const plain = ({ field, operand, value, type }: Filter) => ({
    fieldMetadataUniversalIdentifier: field,
    operand,
    value,
    type,
  });
  return {
    aggregateFieldMetadataUniversalIdentifier: COUNTED[object],
    aggregateOperation: AggregateOperations.COUNT,
    timezone: TIME_ZONE,
    ...(all.length + anyOf.length > 0 && {
      filter: {
        ...(anyOf.length > 0 && { recordFilterGroups: [{ id: group, logicalOperator: 'OR' }] }),
        recordFilters: [
          ...all.map(plain),
          ...anyOf.map((filter) => ({ ...plain(filter), recordFilterGroupId: group })),
        ],
      },
    }),
  };
}

function optionsOf(object: string, name: string): string[] {
  const field = pluginFields(object).find((candidate) => candidate.name === name);
  return field?.type === 'SELECT' ? field.options.map(({ value }) => value) : [];
}

const number = (object: Counted, all: Filter[], anyOf: Filter[] = []): Chart => ({
  configurationType: 'AGGREGATE_CHART',
  ...counting(object, all, anyOf),
});

/** Records that no pool manages have no status. */
const byStatus = (object: 'company' | 'person'): Chart => ({
  configurationType: 'PIE_CHART',
  ...counting(object, [select(object, 'poolStatus', 'OWNED', 'POOLED', 'ARCHIVED')], []),
  groupByFieldMetadataUniversalIdentifier: fieldId(object, 'poolStatus'),
  orderBy: 'FIELD_POSITION_ASC',
  hideEmptyCategory: true,
  showCenterMetric: true,
  displayLegend: true,
});

interface Bars {
  all?: Filter[];
  anyOf?: Filter[];
  /** The field of a related record by which it is shown. */
  part?: string;
}

const bars = (object: Counted, by: string, { all = [], anyOf = [], part }: Bars): Chart => ({
  configurationType: 'BAR_CHART',
  ...counting(object, all, anyOf),
  primaryAxisGroupByFieldMetadataUniversalIdentifier: by,
  ...(part !== undefined && { primaryAxisGroupBySubFieldName: part }),
  primaryAxisOrderBy: 'VALUE_DESC',
  layout: 'VERTICAL',
  omitNullValues: true,
  displayDataLabel: true,
});

interface Panel {
  name: string;
  title: Text;
  object: Counted;
  chart: Chart;
  place: Place;
}

// Of every new customer there is one about its routing: they would hide the others.
const CHANGES = optionsOf('ownershipEvent', 'eventType').filter((type) => type !== 'ROUTED');
const EVENTS = ['CLAIMED', 'ASSIGNED', 'RELEASED', 'RECLAIMED'];
const small = (column: number): Place => ({ row: 0, column, rowSpan: 2, columnSpan: 3 });
const half = (row: number, column: 0 | 6): Place => ({ row, column, rowSpan: 6, columnSpan: 6 });

const PANELS: Panel[] = [
  {
    name: 'to-claim',
    title: { en: 'Companies in pools', 'zh-CN': '公海中的公司' },
    object: 'company',
    place: small(0),
    chart: number('company', [select('company', 'poolStatus', 'POOLED')]),
  },
  {
    name: 'owned',
    title: { en: 'Companies owned', 'zh-CN': '已领取的公司' },
    object: 'company',
    place: small(3),
    chart: number('company', [select('company', 'poolStatus', 'OWNED')]),
  },
  {
    name: 'due',
    title: { en: 'Due within 7 days', 'zh-CN': '7 天内到期' },
    object: 'company',
    place: small(6),
    chart: number('company', [select('company', 'poolStatus', 'OWNED')], dueWithin(7)),
  },
  {
    name: 'claims',
    title: { en: 'Claims in the last 30 days', 'zh-CN': '近 30 天领取' },
    object: 'ownershipEvent',
    place: small(9),
    chart: number('ownershipEvent', [select('ownershipEvent', 'eventType', 'CLAIMED')], inTheLast(30)),
  },
  {
    name: 'company-status',
    title: { en: 'Companies by pool status', 'zh-CN': '公司按公海状态' },
    object: 'company',
    place: half(2, 0),
    chart: byStatus('company'),
  },
  {
    name: 'person-status',
    title: { en: 'People by pool status', 'zh-CN': '人员按公海状态' },
    object: 'person',
    place: half(2, 6),
    chart: byStatus('person'),
  },
  {
    name: 'pools',
    title: { en: 'Companies waiting, by pool', 'zh-CN': '各公海池待领取的公司' },
    object: 'company',
    place: half(8, 0),
    chart: bars('company', fieldId('company', 'customerPool'), {
      all: [select('company', 'poolStatus', 'POOLED')],
      part: 'name',
    }),
  },
  {
    name: 'owners',
    title: { en: 'Companies owned, by owner', 'zh-CN': '各负责人的公司' },
    object: 'company',
    place: half(8, 6),
    // Of a member Twenty can group by the parts of the name alone.
    chart: bars('company', companyAccountOwner, {
      all: [select('company', 'poolStatus', 'OWNED')],
      part: 'name.firstName',
    }),
  },
  {
    name: 'rules',
    title: { en: 'Due within 30 days, by rule', 'zh-CN': '30 天内到期（按规则）' },
    object: 'company',
    place: half(14, 0),
    chart: bars('company', fieldId('company', 'reclaimRule'), {
      all: [select('company', 'poolStatus', 'OWNED')],
      anyOf: dueWithin(30),
    }),
  },
  {
    name: 'events',
    title: { en: 'What happened in the last 30 days', 'zh-CN': '近 30 天归属变更' },
    object: 'ownershipEvent',
    place: half(14, 6),
    chart: bars('ownershipEvent', fieldId('ownershipEvent', 'eventType'), {
      all: [select('ownershipEvent', 'eventType', ...CHANGES)],
      anyOf: inTheLast(30),
    }),
  },
  {
    name: 'flow',
    title: { en: 'Claimed, assigned, released, reclaimed by week', 'zh-CN': '每周领取、分配、退回、回收' },
    object: 'ownershipEvent',
    place: { row: 20, column: 0, rowSpan: 7, columnSpan: 12 },
    chart: {
      // Lines would show nothing in the first week.
      configurationType: 'BAR_CHART',
      ...counting('ownershipEvent', [select('ownershipEvent', 'eventType', ...EVENTS)], []),
      primaryAxisGroupByFieldMetadataUniversalIdentifier: fieldId('ownershipEvent', 'happenedAt'),
      primaryAxisDateGranularity: ObjectRecordGroupByDateGranularity.WEEK,
      primaryAxisOrderBy: 'FIELD_ASC',
      secondaryAxisGroupByFieldMetadataUniversalIdentifier: fieldId('ownershipEvent', 'eventType'),
      secondaryAxisOrderBy: 'FIELD_POSITION_ASC',
      groupMode: 'GROUPED',
      layout: 'VERTICAL',
      displayLegend: true,
    },
  },
];

// `gridPosition` is what 2.21 reads and the SDK's types no longer have; `position` is for newer servers.
function widget(owner: string, { name, title, object, chart, place }: Panel): Widget & { gridPosition: Place } {
  return {
    universalIdentifier: partId(owner, 'widget', name),
    title: bilingual(title),
    type: WidgetType.GRAPH,
    objectUniversalIdentifier: objectId(object),
    gridPosition: place,
    position: { layoutMode: PageLayoutTabLayoutMode.GRID, ...place },
    configuration: chart,
  };
}

/** Twenty's own charts on a page of their own: a layout of its type DASHBOARD could not be reached from the navigation of 2.21. */
export function dashboardPage({ universalIdentifier, name }: { universalIdentifier: string; name: Text }): PageConfig {
  const title = bilingual(name);
  return {
    universalIdentifier,
    name: title,
    type: 'STANDALONE_PAGE',
    tabs: [
      {
        universalIdentifier: partId(universalIdentifier, 'tab'),
        title,
        position: 0,
        layoutMode: PageLayoutTabLayoutMode.GRID,
        widgets: PANELS.map((panel) => widget(universalIdentifier, panel)),
      },
    ],
  };
}
