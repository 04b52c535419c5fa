import { defineFrontComponent } from 'twenty-sdk/define';
import { componentIds } from '../component-ids';
import { ConsolePage } from '../console/console-page';

export default defineFrontComponent({
  universalIdentifier: componentIds.console,
  name: 'highseas-console',
  description: 'My book, what there is to claim, and managing pools.',
  isHeadless: false,
  component: ConsolePage,
});
