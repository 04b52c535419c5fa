import { defineView } from '../platform/sdk';
import { identifiers } from '../identifiers';
import { archivedView } from '../plugin/view-manifest';

export default defineView(
  archivedView({ universalIdentifier: identifiers.views.peopleArchived, object: 'person', position: 4 }),
);
