/** Sites on which companies have a page, under whatever subdomain: their address says nothing about who a company is. */
const portals = [
  // Social networks and messengers.
  'linkedin.com', 'facebook.com', 'fb.com', 'twitter.com', 'x.com', 'instagram.com', 'youtube.com', 'tiktok.com', 'pinterest.com', 't.me', 'wa.me', 'line.me', 'medium.com',
  'weibo.com', 'weibo.cn', 'zhihu.com', 'bilibili.com', 'douyin.com', 'xiaohongshu.com', 'kuaishou.com', 'toutiao.com', 'douban.com', 'weixin.qq.com', 'work.weixin.qq.com',
  // Directories, encyclopaedias and marketplaces.
  'wikipedia.org', 'crunchbase.com', 'glassdoor.com', 'yelp.com', 'trustpilot.com', 'europages.com', 'thomasnet.com', 'made-in-china.com', 'globalsources.com',
  'tianyancha.com', 'qcc.com', 'qichacha.com', 'aiqicha.com', 'aiqicha.baidu.com', 'baike.baidu.com', 'zhipin.com', '51job.com', 'liepin.com', 'dianping.com',
  // Short links, documents and maps.
  'bit.ly', 'goo.gl', 'tinyurl.com', 't.cn', 'dwz.cn', 'linktr.ee', 'about.me', 'docs.google.com', 'sites.google.com', 'maps.google.com', 'drive.google.com', 'forms.gle',
];

/** Mail services and builders that give each customer a subdomain or a mailbox: the bare address says nothing, a subdomain does. */
const providers = [
  'gmail.com', 'googlemail.com', 'outlook.com', 'hotmail.com', 'live.com', 'msn.com', 'yahoo.com', 'yahoo.co.jp', 'icloud.com', 'me.com', 'aol.com', 'gmx.com', 'gmx.de', 'web.de',
  'mail.com', 'mail.ru', 'yandex.ru', 'proton.me', 'protonmail.com', 'zoho.com', 'naver.com',
  'qq.com', 'foxmail.com', 'vip.qq.com', 'exmail.qq.com', '163.com', '126.com', 'yeah.net', 'vip.163.com', '188.com', 'sina.com', 'sina.cn', 'vip.sina.com', 'sohu.com', 'tom.com',
  '21cn.com', '139.com', '189.cn', 'wo.cn', 'aliyun.com',
  'taobao.com', 'tmall.com', 'jd.com', '1688.com', 'github.io', 'wordpress.com', 'blogspot.com', 'wixsite.com', 'weebly.com', 'shopify.com', 'myshopify.com', 'notion.site',
  'webflow.io', 'vercel.app', 'netlify.app', 'pages.dev', 'herokuapp.com', 'square.site', 'strikingly.com',
];

const portalHosts = new Set(portals);
const providerHosts = new Set(providers);

/** Many companies have this address in their records, so it does not make two of them the same. @param host without `www.` */
export function isSharedHost(host: string): boolean {
  if (providerHosts.has(host)) return true;
  const labels = host.split('.');
  return labels.some((_, index) => portalHosts.has(labels.slice(index).join('.')));
}
