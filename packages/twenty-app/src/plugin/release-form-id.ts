import { actions } from '../../../../plugin.json';

const release = actions.find(({ name }) => name === 'release');
if (!release?.form) throw new Error('plugin.json: the action "release" has no form');

/** Named import of the one part, so that the component's bundle holds no more of plugin.json. */
export const releaseFormId: string = release.form;
