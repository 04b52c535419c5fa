import { defineFrontComponent } from 'twenty-sdk/define';
import { actions } from '../../../../plugin.json';
import { ClaimAction } from './claim-action';

const ClaimCompany = () => <ClaimAction object="COMPANY" />;

export default defineFrontComponent({
  universalIdentifier: actions.find(({ name }) => name === 'claim')?.components.company ?? '',
  name: 'highseas-claim-company',
  description: 'Claim the selected companies.',
  isHeadless: true,
  component: ClaimCompany,
});
