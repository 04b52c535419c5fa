import { getDomain } from 'tldts';
import { longest } from '../text/bounded-text';

/** Sites on which companies have a page or a mailbox, under whatever subdomain: their address says nothing about who a company is. */
const portals = [
  // Social networks and messengers.
  'linkedin.com',
  'facebook.com',
  'fb.com',
  'twitter.com',
  'x.com',
  'instagram.com',
  'youtube.com',
  'tiktok.com',
  'pinterest.com',
  't.me',
  'wa.me',
  'line.me',
  'medium.com',
  'weibo.com',
  'weibo.cn',
  'zhihu.com',
  'bilibili.com',
  'douyin.com',
  'xiaohongshu.com',
  'kuaishou.com',
  'toutiao.com',
  'douban.com',
  // Directories, encyclopaedias and marketplaces.
  'wikipedia.org',
  'crunchbase.com',
  'glassdoor.com',
  'yelp.com',
  'trustpilot.com',
  'europages.com',
  'thomasnet.com',
  'made-in-china.com',
  'globalsources.com',
  'tianyancha.com',
  'qcc.com',
  'qichacha.com',
  'aiqicha.com',
  'aiqicha.baidu.com',
  'baike.baidu.com',
  'map.baidu.com',
  'tieba.baidu.com',
  'b2b.baidu.com',
  'zhipin.com',
  '51job.com',
  'liepin.com',
  'dianping.com',
  'item.taobao.com',
  'detail.tmall.com',
  'detail.1688.com',
  'item.jd.com',
  'mall.jd.com',
  // Short links, documents and maps.
  'bit.ly',
  'goo.gl',
  'tinyurl.com',
  't.cn',
  'dwz.cn',
  'linktr.ee',
  'about.me',
  'docs.google.com',
  'sites.google.com',
  'maps.google.com',
  'business.google.com',
  'play.google.com',
  'apps.apple.com',
  'drive.google.com',
  'forms.gle',
  // Mail services.
  'gmail.com',
  'googlemail.com',
  'outlook.com',
  'hotmail.com',
  'live.com',
  'msn.com',
  'yahoo.com',
  'yahoo.co.jp',
  'icloud.com',
  'me.com',
  'aol.com',
  'gmx.com',
  'gmx.de',
  'web.de',
  'mail.com',
  'mail.ru',
  'yandex.ru',
  'proton.me',
  'protonmail.com',
  'zoho.com',
  'naver.com',
  'qq.com',
  'foxmail.com',
  '163.com',
  '126.com',
  'yeah.net',
  '188.com',
  'sina.com',
  'sina.cn',
  'sohu.com',
  'tom.com',
  '21cn.com',
  '139.com',
  '189.cn',
  'wo.cn',
  'aliyun.com',
];

/**
 * Shops and builders that give each customer a subdomain without saying so in the public suffix list: the bare address says
 * nothing, a subdomain is a company.
 */
const builders = [
  'taobao.com',
  'tmall.com',
  '1688.com',
  'jd.com',
  'en.alibaba.com',
  'aliexpress.com',
  'youzan.com',
  'feishu.cn',
  'gitee.io',
  'lofter.com',
  'shopify.com',
  'etsy.com',
  'bigcartel.com',
  'wordpress.com',
  'weebly.com',
  'weeblysite.com',
  'strikingly.com',
  'mystrikingly.com',
  'jimdofree.com',
  'jimdosite.com',
  'zohosites.com',
  'squarespace.com',
  'godaddysites.com',
  'company.site',
  'business.site',
  'webnode.com',
  'site123.me',
  'odoo.com',
  'tilda.ws',
  'tumblr.com',
  'substack.com',
  'cafe24.com',
  'zendesk.com',
  'atlassian.net',
];

const portalHosts = new Set(portals);
const builderHosts = new Set(builders);
/** No host of either list has more labels. */
const mostLabels = 3;
/** A subdomain that is the same site for another screen. */
const sameSite = /^(www\d?|m)$/;

/**
 * What of a host says whose it is: the domain that somebody registered, whatever subdomain stands before it. Where a registry or
 * a builder gives out subdomains (github.io, myshopify.com), each of them is somebody's own.
 * @returns null where many companies have the same, or nobody registered anything: an address in numbers, `localhost`, `com.cn`
 */
export function siteOf(host: string): string | null {
  if (host.length > longest.host) return null;
  const registered = getDomain(host, { allowPrivateDomains: true, extractHostname: false });
  if (registered === null) return null;
  const parents = parentsOf(host);
  if (parents.some((parent) => portalHosts.has(parent))) return null;
  const builder = parents.findLast((parent) => builderHosts.has(parent));
  if (builder === undefined) return registered;
  const before = host.slice(0, -builder.length).split('.');
  const customer = before.findLast((label) => label !== '' && !sameSite.test(label));
  return customer === undefined ? null : `${customer}.${builder}`;
}

/** The host itself and what it stands under, the shortest first: `b.c`, `a.b.c`. */
function parentsOf(host: string): string[] {
  const labels = host.split('.').slice(-mostLabels);
  return labels.map((_, index) => labels.slice(index).join('.')).reverse();
}
