import { defineFrontComponent } from 'twenty-sdk/define';
import { releaseFormId } from '../plugin/release-form-id';
import { ReleaseForm } from './release-form';

export default defineFrontComponent({
  universalIdentifier: releaseFormId,
  name: 'highseas-release-form',
  description: 'Asks for reason, note and pool before customers are released.',
  isHeadless: false,
  component: ReleaseForm,
});
