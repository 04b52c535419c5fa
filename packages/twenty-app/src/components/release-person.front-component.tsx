import { defineFrontComponent } from 'twenty-sdk/define';
import { actions } from '../../../../plugin.json';
import { releaseFormId } from '../plugin/release-form-id';
import { OpenFormAction } from './open-form-action';

const ReleasePerson = () => <OpenFormAction object="PERSON" formId={releaseFormId} title="releaseTitle" icon="IconArrowBackUp" />;

export default defineFrontComponent({
  universalIdentifier: actions.find(({ name }) => name === 'release')?.components.person ?? '',
  name: 'highseas-release-person',
  description: 'Release the selected people.',
  isHeadless: true,
  component: ReleasePerson,
});
