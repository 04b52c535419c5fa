/** Building blocks of the sample's names: [as written, as it stands in a domain]. */
export const CHINESE_CITIES = [
  ['上海', 'shanghai', '上海'],
  ['苏州', 'suzhou', '江苏'],
  ['南京', 'nanjing', '江苏'],
  ['杭州', 'hangzhou', '浙江'],
  ['宁波', 'ningbo', '浙江'],
  ['北京', 'beijing', '北京'],
  ['深圳', 'shenzhen', '广东'],
  ['广州', 'guangzhou', '广东'],
  ['成都', 'chengdu', '四川'],
  ['武汉', 'wuhan', '湖北'],
  ['西安', 'xian', '陕西'],
  ['青岛', 'qingdao', '山东'],
] as const;

export const CHINESE_WORDS = [
  ['远航', 'yuanhang'],
  ['华信', 'huaxin'],
  ['中联', 'zhonglian'],
  ['恒达', 'hengda'],
  ['金桥', 'jinqiao'],
  ['瑞丰', 'ruifeng'],
  ['天成', 'tiancheng'],
  ['鼎盛', 'dingsheng'],
  ['博雅', 'boya'],
  ['海川', 'haichuan'],
  ['东方', 'dongfang'],
  ['明德', 'mingde'],
  ['佳禾', 'jiahe'],
  ['卓越', 'zhuoyue'],
  ['星辰', 'xingchen'],
  ['嘉业', 'jiaye'],
  ['盛世', 'shengshi'],
  ['安泰', 'antai'],
  ['新锐', 'xinrui'],
  ['启明', 'qiming'],
] as const;

export const CHINESE_TRADES = [
  ['科技', 'tech'],
  ['贸易', 'trade'],
  ['实业', 'industry'],
  ['电子', 'elec'],
  ['机械', 'machine'],
  ['物流', 'logistics'],
  ['医药', 'pharma'],
  ['软件', 'soft'],
] as const;

export const CHINESE_SUFFIXES = ['有限公司', '股份有限公司', '有限责任公司', '集团有限公司'] as const;

export const ENGLISH_CITIES = [
  ['Shanghai', 'Shanghai', 'China'],
  ['Suzhou', 'Jiangsu', 'China'],
  ['Hangzhou', 'Zhejiang', 'China'],
  ['London', 'England', 'United Kingdom'],
  ['Boston', 'Massachusetts', 'United States'],
  ['Austin', 'Texas', 'United States'],
  ['Berlin', 'Berlin', 'Germany'],
  ['Sydney', 'New South Wales', 'Australia'],
  ['Singapore', 'Singapore', 'Singapore'],
  ['Toronto', 'Ontario', 'Canada'],
  ['Seattle', 'Washington', 'United States'],
  ['Munich', 'Bavaria', 'Germany'],
] as const;

export const ENGLISH_WORDS = [
  'Northwind',
  'Silverline',
  'Brightwater',
  'Ironwood',
  'Bluepeak',
  'Redstone',
  'Clearview',
  'Oakridge',
  'Summit',
  'Harbor',
  'Lakeside',
  'Falcon',
  'Granite',
  'Meridian',
  'Pioneer',
  'Sterling',
  'Vertex',
  'Willow',
  'Zenith',
  'Compass',
] as const;

export const ENGLISH_TRADES = [
  'Systems',
  'Trading',
  'Logistics',
  'Instruments',
  'Foods',
  'Energy',
  'Software',
  'Components',
  'Pharma',
  'Textiles',
] as const;

export const ENGLISH_SUFFIXES = ['Ltd', 'Inc.', 'GmbH', 'LLC', 'Co., Ltd.', 'PLC'] as const;

export const CHINESE_SURNAMES = [
  ['王', 'wang'],
  ['李', 'li'],
  ['张', 'zhang'],
  ['刘', 'liu'],
  ['陈', 'chen'],
  ['杨', 'yang'],
  ['黄', 'huang'],
  ['吴', 'wu'],
  ['周', 'zhou'],
  ['徐', 'xu'],
  ['孙', 'sun'],
  ['马', 'ma'],
  ['朱', 'zhu'],
  ['胡', 'hu'],
  ['林', 'lin'],
] as const;

export const CHINESE_GIVEN_NAMES = [
  ['伟', 'wei'],
  ['芳', 'fang'],
  ['娜', 'na'],
  ['秀英', 'xiuying'],
  ['敏', 'min'],
  ['静', 'jing'],
  ['强', 'qiang'],
  ['磊', 'lei'],
  ['军', 'jun'],
  ['洋', 'yang'],
  ['勇', 'yong'],
  ['艳', 'yan'],
  ['杰', 'jie'],
  ['涛', 'tao'],
  ['明', 'ming'],
  ['丽华', 'lihua'],
  ['建国', 'jianguo'],
  ['晓东', 'xiaodong'],
] as const;

export const ENGLISH_GIVEN_NAMES = [
  'James',
  'Mary',
  'Robert',
  'Linda',
  'Michael',
  'Susan',
  'David',
  'Karen',
  'Peter',
  'Nancy',
  'George',
  'Helen',
  'Oliver',
  'Lucy',
  'Henry',
  'Grace',
] as const;

export const ENGLISH_SURNAMES = [
  'Smith',
  'Johnson',
  'Brown',
  'Taylor',
  'Wilson',
  'Davies',
  'Evans',
  'Walker',
  'Wright',
  'Hall',
  'Green',
  'Wood',
  'Hughes',
  'Miller',
  'Schmidt',
  'Weber',
] as const;

export const JOB_TITLES = [
  '采购经理',
  '总经理',
  '技术总监',
  '销售总监',
  'Purchasing Manager',
  'CEO',
  'CTO',
  'Head of Operations',
  'Office Manager',
] as const;

export const NOTE_TITLES = [
  '电话沟通',
  '拜访客户',
  '需求确认',
  '报价反馈',
  'Call notes',
  'Meeting summary',
  'Price discussion',
  'Requirements',
  'Demo feedback',
] as const;

export const TASK_TITLES = [
  '回访客户',
  '发送报价单',
  '准备演示',
  'Follow up by phone',
  'Send the quote',
  'Prepare the demo',
  'Check the contract',
] as const;
