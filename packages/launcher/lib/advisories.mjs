/**
 * @typedef {object} AuditReport of `npm audit --json`
 * @property {{ vulnerabilities?: Record<string, number> }} [metadata] how many, by severity; not there when npm could not ask
 * @property {Record<string, { severity: string, via: (string | { title: string, url: string })[] }>} [vulnerabilities]
 * @property {string} [message] why npm could not ask
 */

const GRAVE = new Set(['high', 'critical']);

/**
 * What an audit means: `grave` fails the check, `told` is only said.
 * @param {string} output stdout of `npm audit --json`
 * @returns {{ grave: string[], told?: string }}
 */
export function judgeAudit(output) {
  const report = parse(output);
  const counts = report?.metadata?.vulnerabilities;
  if (!counts) return { grave: [], told: `Advisories could not be asked for: ${report?.message ?? 'no answer'}.` };
  const grave = Object.entries(report.vulnerabilities ?? {}).filter(([, { severity }]) => GRAVE.has(severity));
  const milder = ['info', 'low', 'moderate'].reduce((sum, severity) => sum + (counts[severity] ?? 0), 0);
  return {
    grave: grave.map(([name, { severity, via }]) => {
      const causes = via.map((cause) => (typeof cause === 'string' ? cause : `${cause.title} ${cause.url}`));
      return `${name} (${severity}): ${causes.join(', ')}`;
    }),
    ...(milder > 0 && { told: `${milder} packages have advisories below high: npm audit --omit=dev tells them.` }),
  };
}

/**
 * @param {string} output
 * @returns {AuditReport | undefined}
 */
function parse(output) {
  try {
    return JSON.parse(output);
  } catch {
    return undefined;
  }
}
