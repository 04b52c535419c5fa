import { ViewSortDirection, defineView } from '../platform/sdk';
import { identifiers } from '../identifiers';
import { fieldId } from '../plugin/plugin';
import { tableView } from '../plugin/view-manifest';

const COLUMNS = ['name', 'member', 'from', 'until', 'reason'];

export default defineView(
  tableView({
    universalIdentifier: identifiers.views.leaves,
    name: { en: 'Leaves', 'zh-CN': '休假' },
    object: 'memberLeave',
    icon: 'IconBeach',
    columns: COLUMNS.map((name) => fieldId('memberLeave', name)),
    sort: { field: fieldId('memberLeave', 'from'), direction: ViewSortDirection.DESC },
  }),
);
