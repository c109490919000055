// Filters the list of articles while the reader types. The data is in articles.js: one array an article,
// [path, symbol, full name, species number, statements, synonyms], sorted as the page lists them.
(function () {
  "use strict";
  var site = window.bioscribe;
  var form = document.querySelector("form.search");
  var query = document.getElementById("query");
  var species = document.getElementById("species");
  var status = document.getElementById("status");
  var results = document.getElementById("results");
  if (!site || !form) return;
  var SHOWN = 200;
  var greek = {
    "\u03b1": "alpha", "\u03b2": "beta", "\u03b3": "gamma", "\u03b4": "delta", "\u03b5": "epsilon",
    "\u03b6": "zeta", "\u03b7": "eta", "\u03b8": "theta", "\u03b9": "iota", "\u03ba": "kappa",
    "\u03bb": "lambda", "\u03bc": "mu", "\u00b5": "mu", "\u03c3": "sigma", "\u03c4": "tau",
    "\u03c9": "omega"
  };

  // IGF-1R, Igf1r and "igf 1r" are the same to a reader who looks for a gene. Line ends stay.
  function fold(text) {
    var small = text.toLowerCase();
    if (/^[\x00-\x7f]*$/.test(small)) return small.replace(/[^a-z0-9\n]+/g, "");
    return small.normalize("NFKD").replace(/[\u0300-\u036f]/g, "")
      .replace(/[\u00b5\u03b1-\u03c9]/g, function (letter) { return greek[letter] || letter; })
      .replace(/[^\p{L}\p{N}\n]+/gu, "");
  }

  // All names of an article, folded, a line each: the symbol first.
  var articles = site.articles.map(function (row) {
    return { row: row, names: "\n" + fold(row[1] + "\n" + row[2] + "\n" + row[5].join("\n")) + "\n" };
  });

  // Smaller is better; -1 is no hit.
  function rank(names, whole, words) {
    if (!whole) return 5;
    if (names.startsWith("\n" + whole + "\n")) return 0;
    if (names.includes("\n" + whole + "\n")) return 1;
    if (names.startsWith("\n" + whole)) return 2;
    if (names.includes("\n" + whole)) return 3;
    if (names.includes(whole)) return 4;
    for (var i = 0; i < words.length; i++) {
      if (!names.includes(words[i])) return -1;
    }
    return 5;
  }

  function element(name, className, text) {
    var made = document.createElement(name);
    if (className) made.className = className;
    if (text !== undefined) made.textContent = text;
    return made;
  }

  function item(article, whole) {
    var row = article.row;
    var line = element("li");
    var link = element("a");
    link.href = row[0];
    link.appendChild(element("span", "symbol", row[1]));
    if (row[2]) {
      link.appendChild(document.createTextNode(" "));
      link.appendChild(element("span", "full-name", row[2]));
    }
    line.appendChild(link);
    line.appendChild(document.createTextNode(" "));
    var facts = element("span", "facts");
    if (whole && !fold(row[1]).includes(whole)) {
      var found = row[5].find(function (name) { return fold(name).includes(whole); });
      if (found) facts.appendChild(element("span", "also", "also " + found));
    }
    if (site.species[row[3]]) facts.appendChild(element("i", "", site.species[row[3]]));
    facts.appendChild(element("span", "count", row[4] + (row[4] === 1 ? " statement" : " statements")));
    line.appendChild(facts);
    return line;
  }

  function show() {
    var words = query.value.split(/\s+/).map(fold).filter(Boolean);
    var whole = fold(query.value);
    var only = species.value;
    var buckets = [[], [], [], [], [], []];
    var count = 0;
    for (var i = 0; i < articles.length; i++) {
      if (only !== "" && String(articles[i].row[3]) !== only) continue;
      var place = rank(articles[i].names, whole, words);
      if (place < 0) continue;
      count++;
      buckets[place].push(articles[i]);
    }
    var hits = [].concat.apply([], buckets).slice(0, SHOWN);
    var list = document.createDocumentFragment();
    hits.forEach(function (article) { list.appendChild(item(article, whole)); });
    results.replaceChildren(list);
    status.textContent = count === 0 ? "No article matches."
      : count > SHOWN ? "The first " + SHOWN + " of " + count.toLocaleString("en") + " articles."
      : count === 1 ? "1 article." : count + " articles.";
    var state = query.value || only ? "#" + new URLSearchParams(
      only === "" ? { q: query.value } : { q: query.value, species: site.species[only] }) : "";
    try { history.replaceState(null, "", location.pathname + state); } catch (ignored) { /* some browsers refuse on file: */ }
  }

  function restore() {
    var state = new URLSearchParams(location.hash.slice(1));
    query.value = state.get("q") || "";
    var index = site.species.indexOf(state.get("species"));
    species.value = index < 0 ? "" : String(index);
  }

  site.species.forEach(function (name, index) {
    if (!name) return;
    var option = element("option", "", name);
    option.value = String(index);
    species.appendChild(option);
  });
  species.hidden = species.options.length < 3;
  form.hidden = false;
  query.addEventListener("input", show);
  species.addEventListener("change", show);
  form.addEventListener("submit", function (event) {
    event.preventDefault();
    var first = results.querySelector("a");
    if (first && query.value) location.href = first.href;
  });
  window.addEventListener("hashchange", function () { restore(); show(); });
  restore();
  show();
  query.focus({ preventScroll: true });
})();
