/** The page to walk: what reads the outputs is loaded when the first one comes. */
const listen = (type: 'input' | 'click') =>
  document.addEventListener(type, (event) => {
    const target = event.target as HTMLElement;
    if (
      type === 'input'
        ? !target.closest('[data-walk-page]')
        : !target.closest('[data-walk-nothing], [data-walk-remove]')
    )
      return;
    void import('../walk/outputs.ts').then(({ answer }) => answer(target));
  });
listen('input');
listen('click');
