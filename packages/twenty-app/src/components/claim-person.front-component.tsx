import { defineFrontComponent } from 'twenty-sdk/define';
import { actions } from '../../../../plugin.json';
import { ClaimAction } from './claim-action';

const ClaimPerson = () => <ClaimAction object="PERSON" />;

export default defineFrontComponent({
  universalIdentifier: actions.find(({ name }) => name === 'claim')?.components.person ?? '',
  name: 'highseas-claim-person',
  description: 'Claim the selected people.',
  isHeadless: true,
  component: ClaimPerson,
});
