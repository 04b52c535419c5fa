import { ViewSortDirection, defineView } from '../platform/sdk';
import { identifiers } from '../identifiers';
import { fieldId } from '../plugin/plugin';
import { tableView } from '../plugin/view-manifest';

const COLUMNS = ['name', 'customerPool', 'priority', 'filter', 'firstFollowUpDays', 'followUpDays'];

export default defineView(
  tableView({
    universalIdentifier: identifiers.views.rules,
    name: { en: 'Rule overrides', 'zh-CN': '规则覆盖' },
    object: 'reclaimRule',
    icon: 'IconGavel',
    columns: COLUMNS.map((name) => fieldId('reclaimRule', name)),
    sort: { field: fieldId('reclaimRule', 'priority'), direction: ViewSortDirection.ASC },
  }),
);
