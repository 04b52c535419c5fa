import { ViewSortDirection, defineView } from '../platform/sdk';
import { identifiers } from '../identifiers';
import { fieldId } from '../plugin/plugin';
import { tableView } from '../plugin/view-manifest';

const COLUMNS = [
  'name',
  'isActive',
  'isDefault',
  'priority',
  'visibility',
  'claimingMode',
  'followUpDays',
  'holdingCapacity',
  'claimLimit',
  'claimLimitPeriod',
  'policyProblem',
];

export default defineView(
  tableView({
    universalIdentifier: identifiers.views.pools,
    name: { en: 'Pools', 'zh-CN': '公海池' },
    object: 'customerPool',
    icon: 'IconPool',
    columns: COLUMNS.map((name) => fieldId('customerPool', name)),
    sort: { field: fieldId('customerPool', 'priority'), direction: ViewSortDirection.ASC },
  }),
);
