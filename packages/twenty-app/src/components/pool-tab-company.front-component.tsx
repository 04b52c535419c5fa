import { defineFrontComponent } from 'twenty-sdk/define';
import { componentIds } from '../component-ids';
import { PoolTab } from '../pool-tab/pool-tab';

const CompanyPoolTab = () => <PoolTab object="COMPANY" />;

export default defineFrontComponent({
  universalIdentifier: componentIds.poolTabCompany,
  name: 'highseas-pool-tab-company',
  description: 'Owner, clock, rights and history of a company.',
  isHeadless: false,
  component: CompanyPoolTab,
});
