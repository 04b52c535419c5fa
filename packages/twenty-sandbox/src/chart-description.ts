import { dateFilter } from './date-operands';
import type { ManifestChartFilter, ManifestWidget } from './install/manifest.types';
import type { Workspace } from './workspace';

type Filter = Record<string, unknown>;

export interface ChartDescription {
  title: string;
  /** Plural name of the object, as the record API has it. */
  objects: string;
  /** Singular name. */
  object: string;
  filter: Filter;
  /** Dimensions in the form of the record API's `groupBy`; none for a single number. */
  groupBy: Record<string, unknown>[];
  /** Names of the fields behind the dimensions. */
  fields: string[];
}

/** One of Twenty's charts as a question to the record API; undefined for a widget that is none. */
export function describeChart(widget: ManifestWidget, { registry, clock }: Workspace): ChartDescription | undefined {
  const object = registry.findByUniversalIdentifier(widget.objectUniversalIdentifier ?? '');
  if (widget.type !== 'GRAPH' || !object) return undefined;
  const { configuration } = widget;
  const nameOf = (identifier: string) => registry.findField(identifier)?.field.name;
  const dimension = (identifier: unknown, part: unknown, granularity: unknown) => {
    const field = typeof identifier === 'string' ? registry.findField(identifier)?.field : undefined;
    if (!field) return [];
    if (typeof part === 'string')
      return [
        {
          name: field.name,
          spec: { [field.name]: part.split('.').reduceRight<unknown>((inner, key) => ({ [key]: inner }), true) },
        },
      ];
    return [
      {
        name: field.name,
        spec: {
          [field.name]:
            field.type === 'DATE' || field.type === 'DATE_TIME' ? { granularity: granularity ?? 'DAY' } : true,
        },
      },
    ];
  };
  const dimensions = [
    ...dimension(
      configuration.groupByFieldMetadataUniversalIdentifier,
      configuration.groupBySubFieldName,
      configuration.dateGranularity,
    ),
    ...dimension(
      configuration.primaryAxisGroupByFieldMetadataUniversalIdentifier,
      configuration.primaryAxisGroupBySubFieldName,
      configuration.primaryAxisDateGranularity,
    ),
    ...dimension(
      configuration.secondaryAxisGroupByFieldMetadataUniversalIdentifier,
      configuration.secondaryAxisGroupBySubFieldName,
      configuration.secondaryAxisGroupByDateGranularity,
    ),
  ];
  const filters = (grouped: boolean) =>
    (configuration.filter?.recordFilters ?? [])
      .filter(({ recordFilterGroupId }) => (recordFilterGroupId !== undefined) === grouped)
      .flatMap((filter) => recordFilter(filter, nameOf(filter.fieldMetadataUniversalIdentifier), clock.now()));
  const anyOf = filters(true);
  return {
    title: widget.title ?? '',
    objects: object.namePlural,
    object: object.nameSingular,
    filter: { and: [...filters(false), ...(anyOf.length > 0 ? [{ or: anyOf }] : [])] },
    groupBy: dimensions.map(({ spec }) => spec),
    fields: dimensions.map(({ name }) => name),
  };
}

function recordFilter({ operand, value, type }: ManifestChartFilter, field: string | undefined, now: number): Filter[] {
  if (field === undefined) return [];
  if (operand === 'IS') return [{ [field]: { in: JSON.parse(value) as unknown } }];
  const dates = dateFilter(operand, value, type === 'DATE', now);
  return dates ? [{ [field]: dates }] : [];
}
