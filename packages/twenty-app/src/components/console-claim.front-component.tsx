import { defineFrontComponent } from 'twenty-sdk/define';
import { componentIds } from '../component-ids';
import { ConsolePage } from '../console/console-page';

const ClaimConsole = () => <ConsolePage start="open" />;

export default defineFrontComponent({
  universalIdentifier: componentIds.consoleClaim,
  name: 'highseas-console-claim',
  description: 'The pool console, opened where “select all” leads: what there is to claim.',
  isHeadless: false,
  component: ClaimConsole,
});
