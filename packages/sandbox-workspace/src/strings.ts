export type Locale = 'en' | 'zh-CN';
export type Text = Record<Locale, string>;

const text = (en: string, zh: string): Text => ({ en, 'zh-CN': zh });

/** The browser workspace's own words; those of the app are the app's. */
export const strings = {
  sandbox: text('Twenty sandbox', 'Twenty 沙箱'),
  sandboxHint: text(
    'A stand-in for Twenty with sample data. Nothing here is kept.',
    '模拟 Twenty 的示例工作区，数据不会保留。',
  ),
  signedInAs: text('Signed in as', '当前用户'),
  language: text('Language', '语言'),
  appearance: text('Appearance', '外观'),
  light: text('Light', '浅色'),
  dark: text('Dark', '深色'),
  today: text('Today', '今天'),
  day: text('+1 day', '+1 天'),
  week: text('+7 days', '+7 天'),
  passing: text('Time passes…', '时间推进中……'),
  clockFailed: text('The clock did not move: {reason}', '时间未能推进：{reason}'),
  clockMoved: text('Days passed: {days}', '已过去 {days} 天'),
  timeBrought: text(
    'Reminders sent: {reminders}. Customers reclaimed: {reclaimed}.',
    '已发送提醒 {reminders} 份，已回收客户 {reclaimed} 个。',
  ),
  workspace: text('Workspace', '工作区'),
  navigation: text('Navigation', '导航'),
  all: text('All {name}', '全部{name}'),
  search: text('Search by name', '按名称搜索'),
  status: text('Pool status', '公海状态'),
  anyStatus: text('Any status', '全部状态'),
  pool: text('Pool', '公海池'),
  anyPool: text('Any pool', '全部公海池'),
  selected: text('{count} selected', '已选择 {count} 项'),
  selectAll: text('Select all', '全选'),
  selectRow: text('Select {name}', '选择 {name}'),
  shown: text('{shown} of {total}', '{shown}/{total}'),
  more: text('Show more', '显示更多'),
  empty: text('No records', '没有记录'),
  loading: text('Loading…', '加载中……'),
  commands: text('Commands', '命令'),
  commandHint: text('Find a command', '查找命令'),
  noCommands: text('No command fits the selection', '没有适用于所选记录的命令'),
  close: text('Close', '关闭'),
  cancel: text('Cancel', '取消'),
  confirm: text('Confirm', '确认'),
  fields: text('Fields', '字段'),
  notes: text('Notes', '备注'),
  noNotes: text('No notes', '没有备注'),
  tasks: text('Tasks', '任务'),
  myTasks: text('My tasks', '我的任务'),
  noTasks: text('No tasks', '没有任务'),
  taskTODO: text('To do', '待办'),
  taskIN_PROGRESS: text('In progress', '进行中'),
  taskDONE: text('Done', '已完成'),
  dueAt: text('due {date}', '截止 {date}'),
  noteTitle: text('New note', '新备注'),
  addNote: text('Add note', '添加备注'),
  noteAdded: text('Note added', '备注已添加'),
  back: text('Back', '返回'),
  noBundle: text('The component was not built with the app.', '该组件未随应用构建。'),
  componentFailed: text('The component failed: {reason}', '组件出错：{reason}'),
  noValue: text('None', '无'),
  chartsHint: text(
    'The numbers behind the charts of this page; Twenty draws them as charts.',
    '此页图表背后的数字；Twenty 会以图表形式展示。',
  ),
  noApp: text('No app is installed.', '未安装应用。'),
  unreachable: text('The sandbox does not answer.', '沙箱未响应。'),
} as const satisfies Record<string, Text>;

export type StringKey = keyof typeof strings;

export type Say = (key: StringKey, values?: Record<string, string | number>) => string;

export const sayIn =
  (locale: Locale): Say =>
  (key, values = {}) =>
    strings[key][locale].replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''));
