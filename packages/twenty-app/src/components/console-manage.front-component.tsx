import { defineFrontComponent } from 'twenty-sdk/define';
import { componentIds } from '../component-ids';
import { ConsolePage } from '../console/console-page';

const ManageConsole = () => <ConsolePage start="manage" />;

export default defineFrontComponent({
  universalIdentifier: componentIds.consoleManage,
  name: 'highseas-console-manage',
  description: 'The pool console, opened where “select all” leads: managing pools.',
  isHeadless: false,
  component: ManageConsole,
});
