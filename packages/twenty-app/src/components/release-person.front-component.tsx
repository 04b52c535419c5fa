import { defineFrontComponent } from 'twenty-sdk/define';
import { actions } from '../../../../plugin.json';
import { ReleaseAction } from './release-action';

const ReleasePerson = () => <ReleaseAction object="PERSON" />;

export default defineFrontComponent({
  universalIdentifier: actions.find(({ name }) => name === 'release')?.components.person ?? '',
  name: 'highseas-release-person',
  description: 'Release the selected people.',
  isHeadless: true,
  component: ReleasePerson,
});
