import type * as Sdk from 'twenty-sdk/define';
import {
  ViewFilterGroupLogicalOperator,
  ViewFilterOperand,
  ViewSortDirection,
  ViewType,
  ViewVisibility,
  type defineView,
  type defineViewField,
} from '../platform/sdk';
import { partId } from '../identifiers';
import {
  companyAccountOwner,
  companyDomainName,
  companyName,
  personCompany,
  personName,
  standardViews,
} from '../platform/standard-ids';
import { bilingual } from './bilingual';
import columns from './columns.json';
import { addedField, objectId } from './field-manifest';
import { fieldId } from './plugin';
import type { ExtendedObject, Text } from './plugin.types';

type ViewConfig = Parameters<typeof defineView>[0];
type ViewFieldConfig = Parameters<typeof defineViewField>[0];

interface Filter {
  field: string;
  operand: Sdk.ViewFilterOperand;
  value: string | string[] | Record<string, unknown>;
}

export interface ViewOptions {
  universalIdentifier: string;
  name: Text;
  object: string;
  icon: string;
  position?: number;
  /** Field identifiers, in the order of the columns. */
  columns: string[];
  filters?: Filter[];
  /** Of these one is enough; of several together all are needed. */
  anyOf?: (Filter | Filter[])[];
  sort?: { field: string; direction: Sdk.ViewSortDirection };
}

/** A table of records, visible to the whole workspace. */
export function tableView({
  universalIdentifier,
  name,
  object,
  icon,
  position = 0,
  columns,
  filters = [],
  anyOf = [],
  sort,
}: ViewOptions): ViewConfig {
  const group = partId(universalIdentifier, 'filters');
  return {
    universalIdentifier,
    name: bilingual(name),
    objectUniversalIdentifier: objectId(object),
    type: ViewType.TABLE,
    icon,
    position,
    visibility: ViewVisibility.WORKSPACE,
    fields: columns.map((field, index) => ({
      universalIdentifier: partId(universalIdentifier, 'column', field),
      fieldMetadataUniversalIdentifier: field,
      position: index,
      isVisible: true,
      size: index === 0 ? 200 : (WIDER.get(field) ?? 150),
    })),
    ...(anyOf.length > 0 && {
      filterGroups: [
        { universalIdentifier: group, logicalOperator: ViewFilterGroupLogicalOperator.OR },
        ...anyOf.flatMap((item, index) =>
          Array.isArray(item)
            ? [
                {
                  universalIdentifier: partId(group, String(index)),
                  logicalOperator: ViewFilterGroupLogicalOperator.AND,
                  parentViewFilterGroupUniversalIdentifier: group,
                  positionInViewFilterGroup: index,
                },
              ]
            : [],
        ),
      ],
    }),
    filters: [
      ...filters.map(({ field, operand, value }) => ({
        universalIdentifier: partId(universalIdentifier, 'filter', field),
        fieldMetadataUniversalIdentifier: field,
        operand,
        value,
      })),
      ...anyOf.flatMap((item, index) => {
        const within = Array.isArray(item) ? partId(group, String(index)) : group;
        return (Array.isArray(item) ? item : [item]).map(({ field, operand, value }, at) => ({
          universalIdentifier: partId(within === group ? universalIdentifier : within, 'any of', field, operand),
          fieldMetadataUniversalIdentifier: field,
          operand,
          value,
          viewFilterGroupUniversalIdentifier: within,
          positionInViewFilterGroup: within === group ? index : at,
        }));
      }),
    ],
    sorts: sort
      ? [
          {
            universalIdentifier: partId(universalIdentifier, 'sort', sort.field),
            fieldMetadataUniversalIdentifier: sort.field,
            direction: sort.direction,
          },
        ]
      : [],
  };
}

const CUSTOMER = {
  company: { name: companyName, beside: companyDomainName, owner: companyAccountOwner },
  person: { name: personName, beside: personCompany, owner: fieldId('person', 'owner') },
} as const;

type CustomerView = { universalIdentifier: string; object: ExtendedObject; position?: number };

/** Names in two languages need more room than others. */
const WIDER: ReadonlyMap<string, number> = new Map([
  ...(['company', 'person'] as const).flatMap(
    (object) =>
      [
        [fieldId(object, 'customerPool'), 190],
        [fieldId(object, 'reclaimRule'), 190],
        [fieldId(object, 'poolStatus'), 170],
      ] as const,
  ),
  [fieldId('customerPool', 'claimingMode'), 200],
  [fieldId('ownershipEvent', 'eventType'), 200],
  [fieldId('ownershipEvent', 'customerPool'), 190],
]);

// Twenty 2.21 tells a list of a change only when the record is in it afterwards: the row of one that leaves stays as it was until the page is
// loaded again. So a list keeps what has just been done in it, where a filter can say that. No filter is on a DATE_TIME: matching one against
// a change fails in Twenty 2.21, and then nobody's lists are told of anything.

const ME = { isCurrentWorkspaceMemberSelected: true, selectedRecordIds: [] };

// The commands look at poolStatus of the selected records, and Twenty has only the columns of the view at hand: every view shows it.
const column = (object: ExtendedObject, ...names: string[]) => names.map((name) => fieldId(object, name));

/** Customers that nobody owns: what may be claimed; and last, what whoever looks has claimed and not worked on yet. */
export function toClaimView({ universalIdentifier, object, position }: CustomerView): ViewConfig {
  return tableView({
    universalIdentifier,
    name: { en: 'To claim', 'zh-CN': '可领取' },
    object,
    icon: 'IconPool',
    position,
    columns: [
      CUSTOMER[object].name,
      CUSTOMER[object].beside,
      ...column(object, 'customerPool', 'poolStatus', 'pooledSince', 'formerOwner', 'lastActivityOn', 'duplicateOf'),
    ],
    anyOf: [
      { field: fieldId(object, 'poolStatus'), operand: ViewFilterOperand.IS, value: ['POOLED'] },
      [
        { field: CUSTOMER[object].owner, operand: ViewFilterOperand.IS, value: ME },
        { field: fieldId(object, 'lastActivityOn'), operand: ViewFilterOperand.IS_EMPTY, value: '' },
      ],
    ],
    sort: { field: fieldId(object, 'pooledSince'), direction: ViewSortDirection.DESC },
  });
}

/** The private book of whoever looks. */
export function mineView({ universalIdentifier, object, position }: CustomerView): ViewConfig {
  return tableView({
    universalIdentifier,
    name: { en: 'My book', 'zh-CN': '私海' },
    object,
    icon: 'IconBriefcase',
    position,
    columns: [
      CUSTOMER[object].name,
      CUSTOMER[object].beside,
      ...column(object, 'customerPool', 'poolStatus', 'ownedSince', 'lastActivityOn', 'reclaimOn', 'reclaimRule'),
    ],
    filters: [{ field: CUSTOMER[object].owner, operand: ViewFilterOperand.IS, value: ME }],
    sort: { field: fieldId(object, 'ownedSince'), direction: ViewSortDirection.DESC },
  });
}

/** Own customers that go back to the pool within a week; and those followed up today, which do not any more. */
export function dueSoonView({ universalIdentifier, object, position }: CustomerView): ViewConfig {
  return tableView({
    universalIdentifier,
    name: { en: 'Due soon', 'zh-CN': '将回收' },
    object,
    icon: 'IconCalendarDue',
    position,
    columns: [
      CUSTOMER[object].name,
      CUSTOMER[object].beside,
      ...column(object, 'reclaimOn', 'reclaimRule', 'lastActivityOn', 'customerPool', 'poolStatus'),
    ],
    filters: [{ field: CUSTOMER[object].owner, operand: ViewFilterOperand.IS, value: ME }],
    // To Twenty the next seven days begin tomorrow; what is due today, or waits for a later sweep, is the most urgent.
    anyOf: [
      { field: fieldId(object, 'reclaimOn'), operand: ViewFilterOperand.IS_RELATIVE, value: 'NEXT_7_DAY' },
      { field: fieldId(object, 'reclaimOn'), operand: ViewFilterOperand.IS_TODAY, value: '' },
      { field: fieldId(object, 'reclaimOn'), operand: ViewFilterOperand.IS_IN_PAST, value: '' },
      { field: fieldId(object, 'lastActivityOn'), operand: ViewFilterOperand.IS_TODAY, value: '' },
    ],
    sort: { field: fieldId(object, 'reclaimOn'), direction: ViewSortDirection.ASC },
  });
}

/** Customers that are not reclaimed for now, or not at all; those whose protection is over come last. */
export function protectedView({ universalIdentifier, object, position }: CustomerView): ViewConfig {
  return tableView({
    universalIdentifier,
    name: { en: 'Protected or locked', 'zh-CN': '受保护或锁定' },
    object,
    icon: 'IconShieldLock',
    position,
    columns: [
      CUSTOMER[object].name,
      CUSTOMER[object].owner,
      ...column(object, 'isLocked', 'protectedUntil', 'customerPool', 'poolStatus', 'ownedSince', 'lastActivityOn'),
    ],
    anyOf: [
      { field: fieldId(object, 'isLocked'), operand: ViewFilterOperand.IS, value: 'true' },
      { field: fieldId(object, 'protectedUntil'), operand: ViewFilterOperand.IS_NOT_EMPTY, value: '' },
    ],
    sort: { field: fieldId(object, 'protectedUntil'), direction: ViewSortDirection.DESC },
  });
}

/** Customers retired from circulation. */
export function archivedView({ universalIdentifier, object, position }: CustomerView): ViewConfig {
  return tableView({
    universalIdentifier,
    name: { en: 'Archived', 'zh-CN': '已归档' },
    object,
    icon: 'IconArchive',
    position,
    columns: [
      CUSTOMER[object].name,
      CUSTOMER[object].beside,
      ...column(object, 'customerPool', 'poolStatus', 'formerOwner', 'lastActivityOn', 'duplicateOf'),
    ],
    filters: [{ field: fieldId(object, 'poolStatus'), operand: ViewFilterOperand.IS, value: ['ARCHIVED'] }],
    sort: { field: fieldId(object, 'lastActivityOn'), direction: ViewSortDirection.DESC },
  });
}

// After Twenty's own columns, however many there are.
const AFTER_STANDARD = 100;

/** A column of Twenty's own list: added fields show there only when they are listed. */
export function listColumn(object: ExtendedObject, field: string): ViewFieldConfig {
  return {
    universalIdentifier: partId('list', object, field),
    viewUniversalIdentifier: standardViews(object).list,
    fieldMetadataUniversalIdentifier: addedField(object, field).universalIdentifier,
    position: AFTER_STANDARD + columns.list.indexOf(field),
    isVisible: true,
    size: 150,
  };
}

/** A line of Twenty's record page, in its general group. */
export function recordPageLine(object: ExtendedObject, field: string): ViewFieldConfig {
  return {
    universalIdentifier: partId('record-page', object, field),
    viewUniversalIdentifier: standardViews(object).recordPage,
    viewFieldGroupUniversalIdentifier: standardViews(object).recordPageGroup,
    fieldMetadataUniversalIdentifier: addedField(object, field).universalIdentifier,
    position: AFTER_STANDARD + columns.recordPage[object].indexOf(field),
    isVisible: true,
    size: 150,
  };
}
