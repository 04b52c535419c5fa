import { ViewSortDirection, defineView } from '../platform/sdk';
import { identifiers } from '../identifiers';
import { fieldId } from '../plugin/plugin';
import { tableView } from '../plugin/view-manifest';

const COLUMNS = ['name', 'customerPool', 'member', 'memberRole', 'holdingCapacity', 'claimLimit', 'isOnDuty'];

export default defineView(
  tableView({
    universalIdentifier: identifiers.views.poolMembers,
    name: { en: 'Pool members', 'zh-CN': '公海成员' },
    object: 'customerPoolMember',
    icon: 'IconUsersGroup',
    columns: COLUMNS.map((name) => fieldId('customerPoolMember', name)),
    sort: { field: fieldId('customerPoolMember', 'name'), direction: ViewSortDirection.ASC },
  }),
);
