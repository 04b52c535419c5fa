/**
 * What a person reads when everything runs.
 * @param {{ engine: string, twenty: string, members: { email: string, name: string, role: string }[] }} ready
 * @param {{ sandbox: boolean }} options
 */
export function summaryText({ engine, twenty, members }, { sandbox }) {
  const lines = [
    '',
    'Highseas is running. / Highseas 已启动。',
    '',
    `  Engine 引擎    ${engine}/graphql`,
    `  Twenty         ${twenty}${sandbox ? '  (sandbox, sample data / 沙箱,示例数据)' : ''}`,
  ];
  if (sandbox) {
    lines.push(
      '',
      `  Open ${twenty} in a browser to see lists, records and the clock. / 在浏览器中打开以上地址即可试用。`,
    );
    const width = Math.max(...members.map(({ email }) => email.length));
    lines.push(
      '',
      'Members 成员:',
      ...members.map(({ email, name, role }) => `  ${email.padEnd(width)}  ${role.padEnd(7)}  ${name}`),
      '',
      'A token for one of them 获取成员令牌:',
      `  curl -s ${twenty}/sandbox/token -H 'content-type: application/json' -d '{"email":"${members[0]?.email ?? ''}"}'`,
    );
  }
  return [...lines, '', 'Ctrl-C stops everything. / 按 Ctrl-C 停止。', ''].join('\n');
}
