'use strict';
(() => {
  const box = document.getElementById('find');
  const side = document.getElementById('side');
  const group = document.getElementById('group');
  const told = document.getElementById('told');
  // As the program folds: marks dropped, curly apostrophes straight, case aside.
  const fold = (text) => text.normalize('NFKD').replace(/\p{M}|\u00ad/gu, '').replace(/[\u2018\u2019]/g, "'").toLowerCase();
  const quotes = [...document.querySelectorAll('figure.quote')].map((element) => ({
    element,
    text: fold(element.textContent),
    group: element.dataset.group,
    barrier: element.classList.contains('barrier'),
    facilitator: element.classList.contains('facilitator'),
  }));
  const blocks = [...document.querySelectorAll('[data-block]')].reverse();
  const show = () => {
    const words = fold(box.value).split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const quote of quotes) {
      const is = words.every((word) => quote.text.includes(word))
        && (!side.value || quote[side.value])
        && (!group || !group.value || quote.group === group.value);
      quote.element.hidden = !is;
      shown += is ? 1 : 0;
    }
    for (const block of blocks) block.hidden = !block.querySelector('figure.quote:not([hidden])');
    told.textContent = shown === quotes.length ? `${shown} quotations` : `${shown} of ${quotes.length} quotations`;
  };
  let waiting = 0;
  box.addEventListener('input', () => { clearTimeout(waiting); waiting = setTimeout(show, 120); });
  for (const choice of [side, group]) if (choice) choice.addEventListener('change', show);
  box.form.addEventListener('submit', (event) => { event.preventDefault(); show(); });
  document.addEventListener('keydown', (event) => {
    const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName);
    if (event.key === '/' && !typing) { event.preventDefault(); box.focus(); box.select(); }
    if (event.key === 'Escape' && event.target === box) { box.value = ''; show(); }
  });
  show();
})();
