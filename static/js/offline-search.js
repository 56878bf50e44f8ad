// The search of a copy of the site, which no server answers: it reads the index that came with the pages, and orders
// what it finds as careers/search/ranking.py does. A plain script, because pages in a folder may load no modules.
(() => {
  "use strict";
  const { entries, synonyms, stopWords, prior, enough, synonymWorth, readings: mostReadings } = window.offlineIndex;
  const MOST_WORDS = 12, MOST_CORRECTED = 3, MOST_SHOWN = 40, LONGEST_WORD = 40;
  const TITLE = 10, OTHER_NAME = 8, SUMMARY = 4, BEGINNING = 0.6, MENTION = 0.1, MOST_MENTIONS = 10, TITLE_FOCUS = 3;
  const IS_TITLE = 14, IS_NAME = 12, PHRASE_IN_NAME = 4, PHRASE_IN_SUMMARY = 2, PHRASE_IN_BODY = 1;
  const stop = new Set(stopWords);

  // Plain words, as careers/search/normalize.py makes them.

  const withoutPlural = (word) => {
    if (word.length > 4 && word.endsWith("ies")) return `${word.slice(0, -3)}y`;
    if (word.length > 4 && /(sses|xes|ches|shes)$/.test(word)) return word.slice(0, -2);
    if (word.length > 3 && /s$/.test(word) && !/(ss|us|sis|tis|xis|his)$/.test(word)) return word.slice(0, -1);
    return word;
  };
  const plain = (token) => withoutPlural(token.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "")).slice(0, LONGEST_WORD);
  const wordsOf = (text) => (text.normalize("NFC").match(/[\p{L}\p{N}]+(?:\+\+|#)?/gu) ?? []).map(plain).filter(Boolean);
  const meaningful = (words) => {
    const left = words.filter((word) => !stop.has(word));
    return left.length ? left : words;
  };

  // How many pages hold each word.
  const pages = new Map();
  for (const entry of entries) {
    for (const word of new Set(entry.text.split(/\s+/))) if (word && word !== "|") pages.set(word, (pages.get(word) ?? 0) + 1);
  }

  // Typed errors.

  const distance = (first, second) => {
    let before = null, last = Array.from({ length: second.length + 1 }, (_, place) => place);
    for (let row = 1; row <= first.length; row += 1) {
      const now = [row];
      for (let column = 1; column <= second.length; column += 1) {
        const same = first[row - 1] === second[column - 1];
        let cost = Math.min(last[column] + 1, now[column - 1] + 1, last[column - 1] + (same ? 0 : 1));
        if (before && column > 1 && first[row - 1] === second[column - 2] && first[row - 2] === second[column - 1]) {
          cost = Math.min(cost, before[column - 2] + 1);
        }
        now.push(cost);
      }
      before = last;
      last = now;
    }
    return last[second.length];
  };
  const mostSlips = (word) => (word.length < 4 ? 0 : word.length < 7 ? 1 : word.length < 12 ? 2 : 3);

  const nearest = (word, known) => {
    let best = null;
    for (const [other, count] of known) {
      if (Math.abs(other.length - word.length) > 3) continue;
      const slips = distance(word, other);
      if (slips > mostSlips(word)) continue;
      const place = [slips, other[0] === word[0] ? 0 : 1, -count];
      const difference = best ? place.map((value, at) => value - best.place[at]).find(Boolean) ?? (other < best.word ? -1 : 1) : -1;
      if (difference < 0) best = { word: other, place };
    }
    return best?.word ?? "";
  };

  const corrected = (typed, known, aliases) => {
    const words = [], corrections = [], wanted = new Set(meaningful(typed));
    for (const word of typed) {
      if (known.has(word) || aliases.has(word) || !wanted.has(word)) words.push(word);
      else {
        const begun = word.length > 2 ? [...known].filter(([other]) => other.startsWith(word)).map(([, count]) => count) : [];
        if (begun.length) {
          known.set(word, Math.max(...begun));
          words.push(word);
          continue;
        }
        const meant = corrections.length < MOST_CORRECTED && word.length > 1
          ? nearest(word, new Map([...[...aliases].map((alias) => [alias, 0]), ...known])) : "";
        if (meant) {
          corrections.push([word, meant]);
          words.push(meant);
        }
      }
    }
    return { words, corrections };
  };

  // Which pages answer, best first.

  const readingsOf = (words, known) => {
    const phrases = new Map([[words.join(" "), [words, 1]]]);
    for (const [typed, means] of synonyms) {
      for (let start = 0; start + typed.length <= words.length; start += 1) {
        if (!typed.every((word, at) => words[start + at] === word)) continue;
        for (const meant of means) {
          const phrase = [...words.slice(0, start), ...meant, ...words.slice(start + typed.length)];
          if (!phrases.has(phrase.join(" "))) phrases.set(phrase.join(" "), [phrase, synonymWorth]);
        }
      }
    }
    const piece = (word) => (word.length < 3 || (word.length < 4 && known.has(word)) ? ` ${word} ` : ` ${word}`);
    const weight = (word) => 1 / (1 + Math.log(1 + (known.get(word) ?? 0)));
    return [...phrases].slice(0, mostReadings).map(([phrase, [all, worth]]) => (
      { phrase, worth, weights: new Map(meaningful(all).map((word) => [piece(word), weight(word)])) }
    )).filter(({ weights }) => weights.size);
  };

  const standing = (line, piece) => (line.includes(`${piece.trimEnd()} `) ? 1 : line.includes(piece) ? BEGINNING : 0);
  const mentioned = (body, piece) => {
    const stands = standing(body, piece);
    return stands ? stands + MENTION * Math.min(body.split(piece).length - 1, MOST_MENTIONS) : 0;
  };
  const phrased = ([title, others, summary, body], phrase) => {
    const padded = ` ${phrase} `, names = others.split("|");
    if (padded === title) return IS_TITLE;
    if (names.includes(padded)) return IS_NAME;
    if (title.includes(padded) || names.some((name) => name.includes(padded))) return PHRASE_IN_NAME;
    if (summary.includes(padded)) return PHRASE_IN_SUMMARY;
    return phrase.includes(" ") && body.includes(padded) ? PHRASE_IN_BODY : 0;
  };

  const score = (entry, { weights, phrase, worth }) => {
    const lines = entry.text.split("\n");
    const [title, others, summary, body] = lines;
    let points = 0, answered = 0, total = 0;
    for (const [piece, weight] of weights) {
      const best = Math.max(
        TITLE * standing(title, piece), OTHER_NAME * standing(others, piece), SUMMARY * standing(summary, piece), mentioned(body, piece),
      );
      points += weight * best;
      answered += best ? weight : 0;
      total += weight;
    }
    if (!points) return { points: 0, share: 0 };
    const share = answered / (total || 1), ofTitle = title.split(" ").filter(Boolean), pieces = [...weights.keys()];
    const held = ofTitle.filter((word) => pieces.some((piece) => ` ${word} `.startsWith(piece))).length;
    const found = (points / total) * share ** 2 + phrased(lines, phrase) + (ofTitle.length ? TITLE_FOCUS * (held / ofTitle.length) : 0);
    return { points: (found + prior[entry.kind]) * worth, share };
  };

  const find = (q) => {
    const typed = wordsOf(q).slice(0, MOST_WORDS);
    const known = new Map(pages), aliases = new Set(synonyms.flatMap(([words]) => words));
    const { words, corrections } = corrected(typed, known, aliases);
    const readings = readingsOf(words, known);
    const scored = entries.map((entry) => readings.reduce((best, reading) => {
      const { points, share } = score(entry, reading);
      return { entry, points: Math.max(best.points, points), share: points > best.points ? share : best.share };
    }, { entry, points: 0, share: 0 })).filter(({ points }) => points);
    const least = enough * Math.max(0, ...scored.map(({ share }) => share));
    const rounded = (points) => Math.round(points * 1e6);
    const order = (one, other) => rounded(other.points) - rounded(one.points) || one.entry.position - other.entry.position
      || (one.entry.address < other.entry.address ? -1 : 1);
    const found = scored.filter(({ share }) => share >= least).sort(order).map(({ entry }) => entry);
    return { found, corrections, shown: words.join(" ") };
  };
  window.offlineSearch = find;

  // The page of the search.

  const place = document.querySelector("[data-results]");
  const q = new URLSearchParams(location.search).get("q")?.trim() ?? "";
  if (!place || !q) return;

  const make = (name, text = "", attributes = {}) => {
    const element = document.createElement(name);
    element.textContent = text;
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    return element;
  };
  const filled = (words, values) => words.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
  const root = document.documentElement.dataset.root;
  const { found, corrections, shown } = find(q);
  const { one, many, none, showing, instead } = place.dataset;
  const words = found.length === 0 ? none : found.length === 1 ? one : many;
  place.append(make("h2", filled(words, { count: found.length, said: corrections.length ? shown : q })));
  if (found.length && corrections.length) {
    const said = corrections.map(([typed, meant]) => filled(instead, { typed, meant })).join(", ");
    place.append(make("p", `${showing} ${said}.`, { class: "alert" }));
  }
  const list = make("ol", "", { class: "results" });
  for (const entry of found.slice(0, MOST_SHOWN)) {
    const item = make("li"), heading = make("h3");
    heading.append(make("a", entry.title, { href: `${root}/${entry.file}` }));
    item.append(heading, make("p", entry.summary), make("p", entry.label, { class: "small soft" }));
    list.append(item);
  }
  if (found.length) place.append(list);
  place.hidden = false;
  for (const box of document.querySelectorAll('form[data-offline="search"] input[name="q"]')) box.value = q;
})();
