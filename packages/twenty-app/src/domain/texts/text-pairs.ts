/** One text in every language of Highseas; `{placeholders}` are filled by `say`. */
export type TextPairs = Record<string, { en: string; 'zh-CN': string }>;
