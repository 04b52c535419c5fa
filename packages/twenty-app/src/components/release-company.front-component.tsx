import { defineFrontComponent } from 'twenty-sdk/define';
import { actions } from '../../../../plugin.json';
import { ReleaseAction } from './release-action';

const ReleaseCompany = () => <ReleaseAction object="COMPANY" />;

export default defineFrontComponent({
  universalIdentifier: actions.find(({ name }) => name === 'release')?.components.company ?? '',
  name: 'highseas-release-company',
  description: 'Release the selected companies.',
  isHeadless: true,
  component: ReleaseCompany,
});
