import type * as Sdk from 'twenty-sdk/define';
import { ViewFilterOperand, ViewSortDirection, ViewType, ViewVisibility, type defineView, type defineViewField } from '../platform/sdk';
import { partId } from '../identifiers';
import { companyAccountOwner, companyDomainName, companyName, personCompany, personName, standardViews } from '../platform/standard-ids';
import { bilingual } from './bilingual';
import columns from './columns.json';
import { addedField, objectId } from './field-manifest';
import { fieldId } from './plugin';
import type { ExtendedObject, Text } from './plugin.types';

type ViewConfig = Parameters<typeof defineView>[0];
type ViewFieldConfig = Parameters<typeof defineViewField>[0];

export interface ViewOptions {
  universalIdentifier: string;
  name: Text;
  object: string;
  icon: string;
  position?: number;
  /** Field identifiers, in the order of the columns. */
  columns: string[];
  filters?: { field: string; operand: Sdk.ViewFilterOperand; value: string | string[] | Record<string, unknown> }[];
  sort?: { field: string; direction: Sdk.ViewSortDirection };
}

/** A table of records, visible to the whole workspace. */
export function tableView({ universalIdentifier, name, object, icon, position = 0, columns, filters = [], sort }: ViewOptions): ViewConfig {
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
      size: index === 0 ? 200 : 150,
    })),
    filters: filters.map(({ field, operand, value }) => ({
      universalIdentifier: partId(universalIdentifier, 'filter', field),
      fieldMetadataUniversalIdentifier: field,
      operand,
      value,
    })),
    sorts: sort
      ? [{ universalIdentifier: partId(universalIdentifier, 'sort', sort.field), fieldMetadataUniversalIdentifier: sort.field, direction: sort.direction }]
      : [],
  };
}

const CUSTOMER = {
  company: { name: companyName, beside: companyDomainName, owner: companyAccountOwner },
  person: { name: personName, beside: personCompany, owner: fieldId('person', 'owner') },
} as const;

type CustomerView = { universalIdentifier: string; object: ExtendedObject; position?: number };

const ME = { isCurrentWorkspaceMemberSelected: true, selectedRecordIds: [] };

// The commands look at poolStatus of the selected records, and Twenty has only the columns of the view at hand: every view shows it.
const column = (object: ExtendedObject, ...names: string[]) => names.map((name) => fieldId(object, name));

/** Customers that nobody owns: what may be claimed. */
export function toClaimView({ universalIdentifier, object, position }: CustomerView): ViewConfig {
  return tableView({
    universalIdentifier,
    name: { en: 'To claim', 'zh-CN': '可领取' },
    object,
    icon: 'IconPool',
    position,
    columns: [CUSTOMER[object].name, CUSTOMER[object].beside, ...column(object, 'customerPool', 'poolStatus', 'pooledSince', 'formerOwner', 'lastActivityOn', 'duplicateOf')],
    filters: [{ field: fieldId(object, 'poolStatus'), operand: ViewFilterOperand.IS, value: ['POOLED'] }],
    sort: { field: fieldId(object, 'pooledSince'), direction: ViewSortDirection.DESC },
  });
}

/** The private book of whoever looks. */
export function mineView({ universalIdentifier, object, position }: CustomerView): ViewConfig {
  return tableView({
    universalIdentifier,
    name: { en: 'My customers', 'zh-CN': '我的客户' },
    object,
    icon: 'IconBriefcase',
    position,
    columns: [CUSTOMER[object].name, CUSTOMER[object].beside, ...column(object, 'customerPool', 'poolStatus', 'ownedSince', 'lastActivityOn', 'reclaimOn', 'reclaimRule')],
    filters: [{ field: CUSTOMER[object].owner, operand: ViewFilterOperand.IS, value: ME }],
    sort: { field: fieldId(object, 'ownedSince'), direction: ViewSortDirection.DESC },
  });
}

/** Own customers that go back to the pool within a week. */
export function dueSoonView({ universalIdentifier, object, position }: CustomerView): ViewConfig {
  return tableView({
    universalIdentifier,
    name: { en: 'Due soon', 'zh-CN': '即将回收' },
    object,
    icon: 'IconCalendarDue',
    position,
    columns: [CUSTOMER[object].name, CUSTOMER[object].beside, ...column(object, 'reclaimOn', 'reclaimRule', 'lastActivityOn', 'customerPool', 'poolStatus')],
    filters: [
      { field: CUSTOMER[object].owner, operand: ViewFilterOperand.IS, value: ME },
      { field: fieldId(object, 'reclaimOn'), operand: ViewFilterOperand.IS_RELATIVE, value: 'NEXT_7_DAY' },
    ],
    sort: { field: fieldId(object, 'reclaimOn'), direction: ViewSortDirection.ASC },
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
