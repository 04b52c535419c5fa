import type { CustomerObject } from '../customer/customer';
import { matchKeys, type MatchFacts } from './match-keys';

/**
 * Rates that are promised on a labelled set: of what is called the same, and of what is the same. The misses are known and
 * stand below with the rest: a translation, another name, a spelling without the umlaut.
 */
const promised = { COMPANY: { precision: 0.99, recall: 0.97 }, PERSON: { precision: 0.99, recall: 0.95 } };

type Facts = Partial<MatchFacts>;
interface Labelled {
  object: CustomerObject;
  a: Facts;
  b: Facts;
  same: boolean;
}

const wide = (text: string) =>
  text.replace(/[!-~]/g, (char) => String.fromCodePoint(char.charCodeAt(0) + 0xfee0)).replaceAll(' ', '\u3000');

const chinese: [name: string, domain: string][] = [
  ['华为技术', 'huawei.example'],
  ['比亚迪', 'byd.example'],
  ['海尔智家', 'haier.example'],
  ['宁德时代新能源科技', 'catl.example'],
  ['福耀玻璃工业', 'fuyao.example'],
  ['上海宝山钢铁', 'baosteel.example'],
  ['深圳市大疆创新科技', 'dji.example'],
  ['北京字节跳动科技', 'bytedance.example'],
  ['浙江吉利控股', 'geely.example'],
  ['青岛啤酒', 'tsingtao.example'],
  ['阿里巴巴（中国）', 'alibaba-cn.example'],
  ['中国建设银行', 'ccb.example'],
  ['中国银行', 'boc.example'],
  ['招商局港口', 'cmport.example'],
  ['招商银行', 'cmb.example'],
];
const chineseForms = ['有限公司', '股份有限公司', '有限责任公司', '集团有限公司', '公司', ' 有限公司'];

const western: [name: string, domain: string][] = [
  ['Acme Instruments', 'acme.example'],
  ['Globex', 'globex.example'],
  ['Initech Systems', 'initech.example'],
  ['Umbrella Health', 'umbrella.example'],
  ['Stark & Sons', 'stark.example'],
  ['Müller Maschinenbau', 'mueller.example'],
  ["L'Oréal", 'loreal.example'],
  ['3M', 'mmm.example'],
  ['U.S. Steel', 'ussteel.example'],
  ['Limited Brands', 'limited.example'],
  ['Pacific Trading Hong Kong', 'pacific.example'],
  ['Wayne Enterprises', 'wayne.example'],
  ['Soylent Foods', 'soylent.example'],
  ['Hooli', 'hooli.example'],
  ['Vehement Capital', 'vehement.example'],
];
const westernForms = [
  ' Co., Ltd.',
  ' Ltd',
  ', Inc.',
  ' LLC',
  ' GmbH',
  ' Company Limited',
  ' CO.,LTD',
  ' Pte. Ltd.',
  ' S.A.',
  ' Corp.',
];

const linkForms = [
  (domain: string) => `https://www.${domain}/`,
  (domain: string) => `http://${domain}/zh/about?from=ad#top`,
  (domain: string) => domain.toUpperCase(),
  (domain: string) => wide(`www.${domain}`),
  (domain: string) => `https://en.${domain}/products`,
];

function sameCompanies(): Labelled[] {
  const pairs: [Facts, Facts][] = [];
  for (const [names, forms] of [
    [chinese, chineseForms],
    [western, westernForms],
  ] as const) {
    for (const [name, domain] of names) {
      for (const form of forms) {
        pairs.push(
          [{ name }, { name: `${name}${form}` }],
          [{ name: `${name}${forms[0]}` }, { name: wide(`${name}${form}`).toUpperCase() }],
        );
      }
      // Another name, the same site.
      for (const link of linkForms)
        pairs.push([
          { name, domains: [domain] },
          { name: `${name} Europe`, domains: [link(domain)] },
        ]);
    }
  }
  // What cannot be seen from the text alone.
  const misses: [string, string][] = [
    ['华为技术有限公司', 'Huawei Technologies Co., Ltd.'],
    ['比亚迪股份有限公司', 'BYD Company Limited'],
    ['Müller Maschinenbau GmbH', 'Mueller Maschinenbau GmbH'],
    ['Müller Maschinenbau', 'Muller Maschinenbau'],
    ['International Business Machines Corp.', 'IBM'],
    ['大疆创新', '深圳市大疆创新科技有限公司'],
    ['建设银行', '中国建设银行股份有限公司'],
    ['Stark & Sons', 'Stark and Sons'],
    ['鴻海精密', '鸿海精密'],
    ['Globex', 'Globex Holdings Ltd'],
  ];
  return [...pairs, ...misses.map(([a, b]): [Facts, Facts] => [{ name: a }, { name: b }])].map(([a, b]) => ({
    object: 'COMPANY',
    a,
    b,
    same: true,
  }));
}

function differentCompanies(): Labelled[] {
  const all = [
    ...chinese.map(([name, domain]) => ({ name: `${name}有限公司`, domains: [domain] })),
    ...western.map(([name, domain]) => ({ name: `${name} Ltd`, domains: [domain] })),
  ];
  const pairs: [Facts, Facts][] = all.flatMap((a, index) => all.slice(index + 1).map((b): [Facts, Facts] => [a, b]));
  const tricky: [Facts, Facts][] = [
    [{ name: '华为技术有限公司' }, { name: '华为终端有限公司' }],
    [{ name: '中国银行' }, { name: '中国建设银行' }],
    [{ name: 'Acme Instruments' }, { name: 'Acme Industries' }],
    [{ name: 'Globex 1' }, { name: 'Globex 2' }],
    [{ name: '小米集团' }, { name: '小米科技有限责任公司' }],
    [{ name: '公司宝科技' }, { name: '宝科技' }],
    [{ name: 'Limited Brands' }, { name: 'Brands' }],
    [
      { name: 'A', domains: ['linkedin.com/company/a'] },
      { name: 'B', domains: ['linkedin.com/company/b'] },
    ],
    [
      { name: 'A', domains: ['https://weibo.com/a'] },
      { name: 'B', domains: ['https://weibo.com/b'] },
    ],
    [
      { name: 'A', domains: ['gmail.com'] },
      { name: 'B', domains: ['gmail.com'] },
    ],
    [
      { name: 'A', domains: ['www.facebook.com/a'] },
      { name: 'B', domains: ['m.facebook.com/b'] },
    ],
    [
      { name: 'A', domains: ['shop1.taobao.com'] },
      { name: 'B', domains: ['shop2.taobao.com'] },
    ],
    [
      { name: 'A', domains: ['acme.myshopify.com'] },
      { name: 'B', domains: ['globex.myshopify.com'] },
    ],
    [
      { name: 'A', domains: ['acme.en.alibaba.com'] },
      { name: 'B', domains: ['globex.en.alibaba.com'] },
    ],
    // Two companies that have the same name in two towns: called the same, and wrong.
    [
      { name: '东方贸易有限公司', domains: ['df-sh.example'] },
      { name: '东方贸易', domains: ['df-gz.example'] },
    ],
  ];
  return [...pairs, ...tricky].map(([a, b]) => ({ object: 'COMPANY', a, b, same: false }));
}

const mobiles = ['13800138000', '13912345678', '15011112222', '18600009999', '17712340000'];
const mobileForms = [
  (n: string) => `+86 ${n.slice(0, 3)} ${n.slice(3, 7)} ${n.slice(7)}`,
  (n: string) => `0086-${n}`,
  (n: string) => `86${n}`,
  wide,
  (n: string) => `(+86)${n.slice(0, 3)}-${n.slice(3)}`,
];
const mails = [
  'wei.wang@acme.example',
  'li@globex.example',
  'o.brien@initech.example',
  'chen_jing@umbrella.example',
  'a+b@stark.example',
];
const mailForms = [(mail: string) => mail.toUpperCase(), (mail: string) => ` ${mail} `, wide];

function people(): Labelled[] {
  const same: [Facts, Facts][] = [
    ...mobiles.flatMap((phone) =>
      mobileForms.map((form): [Facts, Facts] => [{ phones: [phone] }, { phones: [form(phone)] }]),
    ),
    ...mails.flatMap((mail) =>
      mailForms.map((form): [Facts, Facts] => [{ emails: [mail] }, { emails: ['other@x.example', form(mail)] }]),
    ),
    [
      { emails: ['wei@acme.example'], phones: ['13800138000'] },
      { emails: ['wei@home.example'], phones: ['+86 138-0013-8000'] },
    ],
    // A private and a business address: nothing says that they are one.
    [{ emails: ['wei@acme.example'] }, { emails: ['wei1988@qq.com'] }],
    [{ emails: ['wei@acme.example'] }, { phones: ['13800138000'] }],
  ];
  const all = [
    ...mobiles.map((phone): Facts => ({ phones: [phone] })),
    ...mails.map((mail): Facts => ({ emails: [mail] })),
  ];
  const different = all.flatMap((a, index) => all.slice(index + 1).map((b): [Facts, Facts] => [a, b]));
  return [
    ...same.map(([a, b]) => ({ object: 'PERSON' as const, a, b, same: true })),
    ...different.map(([a, b]) => ({ object: 'PERSON' as const, a, b, same: false })),
  ];
}

const set = [...sameCompanies(), ...differentCompanies(), ...people()];

function rates(object: CustomerObject): { precision: number; recall: number; pairs: number } {
  const pairs = set.filter((pair) => pair.object === object);
  const keys = (facts: Facts) => matchKeys(object, { name: null, domains: [], emails: [], phones: [], ...facts });
  const called = pairs.filter(({ a, b }) => keys(a).some((key) => keys(b).includes(key)));
  const right = called.filter(({ same }) => same).length;
  return {
    precision: right / called.length,
    recall: right / pairs.filter(({ same }) => same).length,
    pairs: pairs.length,
  };
}

describe('the labelled set of duplicates', () => {
  it.each(['COMPANY', 'PERSON'] as const)('should be found at the promised rates: %s', (object) => {
    const { precision, recall, pairs } = rates(object);
    expect(pairs).toBeGreaterThan(80);
    expect(precision).toBeGreaterThanOrEqual(promised[object].precision);
    expect(recall).toBeGreaterThanOrEqual(promised[object].recall);
  });

  it('should be promised no more than is kept, so that a change for the worse shows', () => {
    for (const object of ['COMPANY', 'PERSON'] as const) {
      const { precision, recall } = rates(object);
      expect(precision - promised[object].precision).toBeLessThan(0.02);
      expect(recall - promised[object].recall).toBeLessThan(0.03);
    }
  });
});
