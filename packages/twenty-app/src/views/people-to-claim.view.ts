import { defineView } from '../platform/sdk';
import { identifiers } from '../identifiers';
import { toClaimView } from '../plugin/view-manifest';

export default defineView(
  toClaimView({ universalIdentifier: identifiers.views.peopleToClaim, object: 'person', position: 0 }),
);
