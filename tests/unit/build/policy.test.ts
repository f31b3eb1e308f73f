/** The check of each page's policy, on pages that are broken on purpose; and what the build makes of a page as Astro writes it. */
import { expect, test } from 'vitest';
import { hashSource } from '../../../src/build/editions/parts/edition-page.ts';
import { ownPolicy } from '../../../src/build/editions/site-edition.ts';
import { policyFaults } from '../../../src/build/site-checks/policy.ts';

const script = "document.title='x'";
const meta = (policy: string) => `<meta http-equiv="content-security-policy" content="${policy}">`;
const policy = `default-src 'none';require-trusted-types-for 'script'; script-src 'self' ${hashSource(script)}`;
const page = (head: string) =>
  `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">${head}<title>x</title></head><body></body></html>`;
const good = page(`${meta(policy)}<script>${script}</script>`);
const below = 'the policy comes after something that it governs';

test('a page whose policy is above everything and allows what it holds has no fault', () => {
  expect(policyFaults(good)).toEqual([]);
});

test.each([
  ['none at all', page(`<script>${script}</script>`), 'no Content-Security-Policy'],
  ['a script above it', page(`<script>${script}</script>${meta(policy)}`), below],
  [
    'a style sheet above it',
    page(`<link rel="stylesheet" href="/x.css">${meta(policy)}<script>${script}</script>`),
    below,
  ],
  ['the encoding below it', good.replace('<meta charset="utf-8">', ''), below],
  ['in the body', page('').replace('<body>', `<body>${meta(policy)}`), below],
  ['a second one', good.replace('</head>', `${meta(policy)}</head>`), 'more than one policy'],
  [
    'something allowed first',
    good.replace("default-src 'none'", "default-src 'self'"),
    'the policy does not begin with nothing allowed',
  ],
  ['no Trusted Types', good.replace("require-trusted-types-for 'script';", ''), 'the policy asks for no Trusted Types'],
  ['unsafe code', good.replace("script-src 'self'", "script-src 'unsafe-inline'"), 'the policy allows unsafe code'],
  ['another script', good.replace('</head>', '<script>alert(1)</script></head>'), 'a script that the policy forbids'],
  [
    'a script that is gone',
    good.replace(/<script>.*<\/script>/, ''),
    'the policy allows a script or style that the page does not hold',
  ],
])('%s is found', (_, html, fault) => {
  expect(policyFaults(html)).toContain(fault);
});

test('the build puts the policy to the top, with what the page holds alone', () => {
  const elsewhere = ` ${hashSource('of another page')}`;
  const asAstro = page(`<script>${script}</script>${meta(policy + elsewhere)}<link rel="stylesheet" href="/x.css">`);
  const made = ownPolicy(asAstro);
  expect(policyFaults(asAstro)).not.toEqual([]);
  expect(policyFaults(made)).toEqual([]);
  expect(made).toContain(`<link rel="stylesheet" href="/x.css">`);
  expect(made).not.toContain(elsewhere);
});
