/** Twenty's own objects and fields in Chinese, as Twenty shows them; the app brings its own translations. */
export const STANDARD_LABELS: Record<string, string> = {
  Company: '公司', Companies: '公司', Person: '人员', People: '人员', Name: '名称', 'Domain Name': '域名', Domain: '域名', Emails: '邮箱', 'Account Owner': '客户负责人',
  'Linkedin Link': '领英', 'Annual Revenue': '年收入', 'Created By': '创建人', 'Updated By': '更新人', 'Avatar Url': '头像地址', 'Deleted at': '删除时间',
  Employees: '员工数', Address: '地址', 'Creation date': '创建时间', 'Created at': '创建时间', 'Last update': '更新时间', 'Job Title': '职位', City: '城市', Phones: '电话', Tasks: '任务', Title: '标题', Status: '状态', 'Due Date': '截止时间', Assignee: '负责人',
};
