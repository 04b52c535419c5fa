import { defineFrontComponent } from 'twenty-sdk/define';
import { componentIds } from '../component-ids';
import { PoolTab } from '../pool-tab/pool-tab';

const PersonPoolTab = () => <PoolTab object="PERSON" />;

export default defineFrontComponent({
  universalIdentifier: componentIds.poolTabPerson,
  name: 'highseas-pool-tab-person',
  description: 'Owner, clock, rights and history of a person.',
  isHeadless: false,
  component: PersonPoolTab,
});
