import { defineFrontComponent } from 'twenty-sdk/define';
import { actions } from '../../../../plugin.json';
import { releaseFormId } from '../plugin/release-form-id';
import { OpenFormAction } from './open-form-action';

const ReleaseCompany = () => <OpenFormAction object="COMPANY" formId={releaseFormId} title="releaseTitle" icon="IconArrowBackUp" />;

export default defineFrontComponent({
  universalIdentifier: actions.find(({ name }) => name === 'release')?.components.company ?? '',
  name: 'highseas-release-company',
  description: 'Release the selected companies.',
  isHeadless: true,
  component: ReleaseCompany,
});
