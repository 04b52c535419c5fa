// Runs the sandbox's own tests; the project list at the root runs them together with all others.
const root = require('../../jest.config.cjs');

const wanted = new Set(['sandbox']);

module.exports = { projects: root.projects.filter((project) => wanted.has(project.displayName)) };
