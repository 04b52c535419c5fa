import { ViewSortDirection, defineView } from '../platform/sdk';
import { identifiers } from '../identifiers';
import { fieldId } from '../plugin/plugin';
import { tableView } from '../plugin/view-manifest';

const COLUMNS = [
  'name',
  'eventType',
  'company',
  'person',
  'fromMember',
  'toMember',
  'actorMember',
  'isSystem',
  'customerPool',
  'reason',
  'happenedAt',
];

export default defineView(
  tableView({
    universalIdentifier: identifiers.views.history,
    name: { en: 'Ownership history', 'zh-CN': '归属记录' },
    object: 'ownershipEvent',
    icon: 'IconHistory',
    columns: COLUMNS.map((name) => fieldId('ownershipEvent', name)),
    sort: { field: fieldId('ownershipEvent', 'happenedAt'), direction: ViewSortDirection.DESC },
  }),
);
