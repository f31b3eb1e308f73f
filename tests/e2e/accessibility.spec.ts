/**
 * axe finds nothing on any kind of page and in any state of the workbench, in both themes, on a desktop and on a phone; and
 * what axe cannot see: the keyboard's way, zoom, text spacing, forced colors, what a screen reader is told.
 */
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { captured } from './support/content.ts';
import { box, expect, kinds, openBox, paste, rows, test, verdicts } from './support/site.ts';

// Recording hundreds of pages costs more than looking at them.
test.use({ trace: 'off' });

const desktop = { width: 1280, height: 900 };
const phone = { width: 360, height: 740 };
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** axe's own idea of a page: the same class, from its own copy of the library. */
type AxePage = ConstructorParameters<typeof AxeBuilder>[0]['page'];

/** Rules broken on the page as it is now, with the elements that break them. */
async function broken(page: Page): Promise<string[]> {
  // No frames here, so that nothing need be gathered in a second page; of what is well only the rules' names.
  const axe = new AxeBuilder({ page: page as unknown as AxePage })
    .setLegacyMode(true)
    .withTags(tags)
    .options({ resultTypes: ['violations'] });
  const { violations, passes } = await axe.analyze();
  // A run that looked at nothing finds nothing.
  expect(passes.length).toBeGreaterThan(10);
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
}

/** Of hundreds of rows made alike some are enough. */
async function shorten(page: Page): Promise<void> {
  await page.evaluate(() => {
    const rest =
      '.message-list > li:nth-child(n + 40), .fold .option:nth-of-type(n + 5), .tree-picture g.edge:nth-child(n + 40)';
    for (const node of document.querySelectorAll(rest)) node.remove();
  });
}

/** What is looked at in which colors: a rule depends on the size or on the colors, and none on both. AXE=all takes all. */
const sizesIn = (colorScheme: 'light' | 'dark'): Record<string, typeof desktop> =>
  process.env.AXE === 'all' ? { desktop, phone } : colorScheme === 'light' ? { desktop } : { phone };

async function brokenOnBoth(
  page: Page,
  name: string,
  sizes: Record<string, typeof desktop> = { desktop, phone },
): Promise<void> {
  for (const [size, viewport] of Object.entries(sizes)) {
    await page.setViewportSize(viewport);
    expect.soft(await broken(page), `${name}, ${size}`).toEqual([]);
  }
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`every kind of page, ${colorScheme}`, async ({ browser }) => {
    test.setTimeout(150_000);
    const context = await browser.newContext({ colorScheme, reducedMotion: 'reduce' });
    const page = await context.newPage();
    for (const [kind, address] of Object.entries(kinds)) {
      await page.goto(address);
      await shorten(page);
      await brokenOnBoth(page, kind, sizesIn(colorScheme));
    }
    await context.close();
  });

  test(`an answer, a search, a trail, ${colorScheme}`, async ({ browser }) => {
    const context = await browser.newContext({ colorScheme, reducedMotion: 'reduce' });
    const page = await context.newPage();
    await openBox(page);
    await paste(page, captured('03a-password-never-set'));
    await brokenOnBoth(page, 'a certain diagnosis', sizesIn(colorScheme));
    await paste(page, 'Session key negotiation failed');
    await brokenOnBoth(page, 'an undecided one', sizesIn(colorScheme));
    await paste(page, 'nothing that samhain prints');
    await brokenOnBoth(page, 'nothing found', sizesIn(colorScheme));

    await page.goto('/problems/');
    await page.keyboard.press('Control+K');
    await page.getByRole('dialog', { name: 'Search' }).getByRole('searchbox').fill('password');
    await page.locator('.hits li').first().waitFor();
    await brokenOnBoth(page, 'the search dialog', sizesIn(colorScheme));

    await page.goto('/wizard/reach/?t=start:no-connection');
    await page.getByRole('navigation', { name: 'Your answers so far' }).waitFor();
    await brokenOnBoth(page, 'a question with its trail', sizesIn(colorScheme));
    await context.close();
  });
}

const at = (time: string, severity: string, body: string) => `${severity} :  [2026-11-23T${time}+0000] msg=<${body}`;
const mismatch = (client: string, time = '15:18:17') =>
  at(time, 'CRIT  ', `Invalid connection attempt: Session key mismatch>, client=<${client}>`);
const letIn = (client: string) => at('15:31:04', 'NOTICE', `NEW CLIENT>, client=<${client}>`);

/** A text for each state that the workbench can be in. */
const states: Record<string, string> = {
  'a certain one, fixed': `${mismatch('web7.corp.example')}\n${letIn('web7.corp.example')}`,
  'several clients': ['web7', 'db2', 'ns1'].map((name) => mismatch(`${name}.corp.example`)).join('\n'),
  'a healthy session': captured('13a-healthy-full-session-policy'),
  'a changed file': at('15:20:00', 'CRIT  ', 'POLICY [ReadOnly] C-------TS>, path=</etc/passwd>'),
  'a configuration': '[Clients]\nClient=web1@mail@0123\n[Misc]\nSetClientTimeLimit = 10 s\n[EOF]\n',
  'an output of a check': '$ ss -tlnp\nState  Recv-Q Send-Q Local Address:Port Peer Address:Port\n',
};

test('every state of the workbench', async ({ page }) => {
  test.setTimeout(150_000);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await openBox(page);
  for (const [name, text] of Object.entries(states)) {
    await paste(page, text);
    await brokenOnBoth(page, name);
  }
});

test('the keyboard alone reaches everything in an answer, and each stop has a name of its own', async ({ page }) => {
  await openBox(page);
  await paste(page, [mismatch('web7.corp.example'), mismatch('db2.corp.example')].join('\n'));
  await verdicts(page).first().waitFor();
  // The list is one stop: its arrows move within it.
  const inList = await rows(page).evaluateAll((all) => all.filter((row) => (row as HTMLElement).tabIndex >= 0).length);
  expect(inList).toBe(1);
  await box(page).focus();
  const stops: string[] = [];
  for (let i = 0; i < 120; i += 1) {
    await page.keyboard.press('Tab');
    const stop = await page.evaluate(() => {
      const node = document.activeElement as HTMLElement | null;
      if (!node || node === document.body || node.closest('footer')) return undefined;
      const by = node.getAttribute('aria-labelledby')?.split(' ') ?? [];
      const labels = 'labels' in node ? [...((node as HTMLInputElement).labels ?? [])] : [];
      const name =
        node.getAttribute('aria-label') ??
        [...by.map((id) => document.getElementById(id)?.textContent), ...labels.map((one) => one.textContent)].join(
          ' ',
        );
      const said = name.trim() || node.textContent || node.getAttribute('title') || '';
      return `${node.tagName.toLowerCase()}${node.closest('.verdict') ? ' in the verdict' : ''}: ${said.replace(/\s+/g, ' ').trim()}`;
    });
    if (!stop) break;
    stops.push(stop);
  }
  expect(stops.filter((stop) => stop.endsWith(': '))).toEqual([]);
  const copies = stops.filter((stop) => /^button.*: Copy/.test(stop));
  expect(copies.length).toBeGreaterThan(0);
  expect(new Set(copies).size).toBe(copies.length);
  expect(stops.some((stop) => stop.includes('in the verdict'))).toBe(true);
});

test('at 400 % and with wide letters nothing is cut off and nothing covers the page', async ({ page }) => {
  test.setTimeout(120_000);
  // A screen of 1280 by 1024 at 400 %.
  await page.setViewportSize({ width: 320, height: 256 });
  const look = async (name: string) => {
    const found = await page.evaluate(() => {
      const faults: string[] = [];
      const root = document.documentElement;
      if (root.scrollWidth > root.clientWidth) faults.push(`scrolls sideways, ${root.scrollWidth} pixels`);
      let covered = 0;
      for (const node of document.querySelectorAll<HTMLElement>('body *')) {
        const { position, overflowX, textOverflow } = getComputedStyle(node);
        const { height, width, top } = node.getBoundingClientRect();
        if ((position === 'fixed' || position === 'sticky') && top < 5 && width > 200) covered += height;
        if (
          overflowX === 'hidden' &&
          width > 4 &&
          textOverflow !== 'ellipsis' &&
          node.scrollWidth > node.clientWidth + 2
        )
          faults.push(`cut: ${node.className} ${node.textContent?.slice(0, 40)}`);
      }
      if (covered > innerHeight / 2) faults.push(`${covered} of ${innerHeight} pixels are covered`);
      return faults;
    });
    expect.soft(found, name).toEqual([]);
  };
  const widen = () =>
    page.evaluate(() => {
      // What WCAG 1.4.12 asks for.
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(
        '* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-bottom: 2em !important }',
      );
      document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
    });
  for (const [kind, address] of Object.entries(kinds)) {
    await page.goto(address);
    await page.evaluate(() => scrollTo(0, 600));
    await look(kind);
    await widen();
    await look(`${kind}, wide letters`);
  }
  await openBox(page);
  await paste(page, captured('03a-password-never-set'));
  await look('an answer');
  await widen();
  await look('an answer, wide letters');
});

test('with wide letters the names on the map stay apart', async ({ page }) => {
  const touching = () =>
    page.evaluate(() => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync('* { letter-spacing: 0.12em !important; word-spacing: 0.16em !important }');
      document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
      const words = [...document.querySelectorAll('.map-lying .stage-name')].map((name) => {
        const boxes = [...name.childNodes].flatMap((node) => {
          if (node instanceof Element && node.matches('.hidden-text')) return [];
          const range = document.createRange();
          range.selectNodeContents(node);
          return [...range.getClientRects()];
        });
        return {
          left: Math.min(...boxes.map(({ left }) => left)),
          right: Math.max(...boxes.map(({ right }) => right)),
        };
      });
      return words.filter(({ left }, i) => left < (words[i - 1]?.right ?? Number.NEGATIVE_INFINITY) + 2).length;
    });
  for (const width of [1280, 800, 640]) {
    await page.setViewportSize({ width, height: 800 });
    await page.goto(kinds.problem);
    await expect(page.locator('.map-lying .stage-name')).toHaveCount(6);
    expect.soft(await touching(), `${width} pixels`).toBe(0);
  }
});

test('with forced colors lanes, marks and the chosen row are still told apart', async ({ page }) => {
  await page.emulateMedia({ forcedColors: 'active', colorScheme: 'dark' });
  /** Text in the color of what it stands on. */
  const unseen = () =>
    page.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>('main :is(mark, a, b, button, code, summary, label, dt, dd)')].flatMap(
        (node) => {
          const clear = /^rgba\(.*, 0\)$/;
          let under: Element | null = node;
          while (under && clear.test(getComputedStyle(under).backgroundColor)) under = under.parentElement;
          const ground = under ? getComputedStyle(under).backgroundColor : 'rgb(0, 0, 0)';
          const text = node.textContent?.trim();
          return text && getComputedStyle(node).color === ground
            ? [`${node.tagName} ${node.className}: ${text.slice(0, 40)}`]
            : [];
        },
      ),
    );
  const drawn = (selector: string) =>
    page
      .locator(selector)
      .first()
      .evaluate((node) => {
        const { borderTopWidth, borderLeftWidth, borderBottomWidth, outlineStyle, textDecorationLine } =
          getComputedStyle(node);
        const border = [borderTopWidth, borderLeftWidth, borderBottomWidth].some(
          (width) => Number.parseFloat(width) > 0,
        );
        return border || outlineStyle !== 'none' || textDecorationLine !== 'none';
      });
  await page.goto(kinds.problem);
  for (const selector of ['.lane', '.map-lying .is-break .stage-mark', '.step', '[aria-current="page"]'])
    expect.soft(await drawn(selector), selector).toBe(true);
  expect.soft(await unseen(), 'a problem').toEqual([]);
  await openBox(page);
  await paste(page, [mismatch('web7.corp.example'), mismatch('db2.corp.example')].join('\n'));
  await verdicts(page).first().waitFor();
  for (const selector of ['[data-row][aria-current="true"]', '.verdict button.copy'])
    expect.soft(await drawn(selector), selector).toBe(true);
  await page.locator('.verdict mark.fill').first().waitFor();
  expect.soft(await unseen(), 'an answer').toEqual([]);
});

test('a screen reader is told the problem, how sure it is, and whether it is over', async ({ page }) => {
  await openBox(page);
  const told = async (text: string) => {
    await paste(page, text);
    await verdicts(page).first().waitFor();
    return verdicts(page).first().ariaSnapshot();
  };
  const certain = await told(captured('03a-password-never-set'));
  expect(certain).toMatch(/heading "[^"]*[Pp]assword/);
  expect(certain).toMatch(/[Cc]ertain/);
  const open = await told('Session key negotiation failed');
  expect(open).toMatch(/[Pp]ossible|[Ll]ikely|if this is samhain/i);
  expect(open).not.toMatch(/[Cc]ertain\b/);
  const over = await told(`${mismatch('web7.corp.example')}\n${letIn('web7.corp.example')}`);
  expect(over).toMatch(/[Ff]ixed|[Oo]ver/);
  // What changed is read out: the number of lines, and what was found.
  await expect(page.locator('[aria-live]').filter({ hasText: /\S/ }).first()).toBeAttached();
});
