import { defineView } from '../platform/sdk';
import { identifiers } from '../identifiers';
import { dueSoonView } from '../plugin/view-manifest';

export default defineView(
  dueSoonView({ universalIdentifier: identifiers.views.peopleDueSoon, object: 'person', position: 2 }),
);
