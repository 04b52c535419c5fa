import { defineView } from '../platform/sdk';
import { identifiers } from '../identifiers';
import { protectedView } from '../plugin/view-manifest';

export default defineView(
  protectedView({ universalIdentifier: identifiers.views.peopleProtected, object: 'person', position: 3 }),
);
