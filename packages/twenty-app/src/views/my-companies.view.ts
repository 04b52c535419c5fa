import { defineView } from '../platform/sdk';
import { identifiers } from '../identifiers';
import { mineView } from '../plugin/view-manifest';

export default defineView(
  mineView({ universalIdentifier: identifiers.views.myCompanies, object: 'company', position: 1 }),
);
