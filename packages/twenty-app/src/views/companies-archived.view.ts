import { defineView } from '../platform/sdk';
import { identifiers } from '../identifiers';
import { archivedView } from '../plugin/view-manifest';

export default defineView(
  archivedView({ universalIdentifier: identifiers.views.companiesArchived, object: 'company', position: 4 }),
);
