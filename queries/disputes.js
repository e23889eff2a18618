/**
 * Statements that some hold and others reject or leave open, the most disputed
 * first: how many speak on each side, and who. Copies of one text are one voice.
 *
 * @query   disputes
 * @param   {entity} [about] - only statements about this
 * @param   {date} [since] - only what documents from this day on say
 * @param   {date} [until] - only what documents up to this day say
 * @param   {any|accepted|not-rejected|undecided} [review=any] - by what an analyst decided
 * @param   {integer} [limit=50] - at most so many rows
 * @columns proposition_name supporters opposers uncommitted rivals documents latest
 * @example
 * @example about=hs:WannaCry
 */
var RIVALS = ["<hs:rivalOf>", "<hs:conflictsWith>", "<http://purl.org/spar/cito/disagreesWith>"];

function about(node, document) { return hs.mentioned(params.about).indexOf(node) >= 0 && (!document || hs.is(node, params.about, document)); }

// here: in this document, the statement is about whom was asked for and no namesake.
function here(p, document) {
  var parts = params.about && hs.statement(p);
  return !parts || about(parts.subject, document) || about(parts.object, document);
}

function candidates() {
  if (params.about) {
    return hs.statementsAbout(params.about).filter(function (p) {
      var parts = hs.statement(p);
      return about(parts.subject) || about(parts.object);
    });
  }
  var found = {};
  hs.claimsBy(hs.SIDES.oppose.concat(hs.SIDES.uncommitted)).forEach(function (c) { hs.contents(c).forEach(function (p) { found[p] = true; }); });
  hs.linkedBy(RIVALS).forEach(function (p) { found[p] = true; });
  return Object.keys(found);
}

// disputes ranks the candidates; from memory the same is there already.
function disputes() {
  // One go for all candidates: who speaks of which, and how.
  var props = candidates().filter(function (p) { return /^<hs:prop\//.test(p); }).sort(hs.compare), seen = {}, of = {}, rows = [];
  props.forEach(function (p) {
    seen[p] = [];
    hs.claimsOn(p).forEach(function (c) { (of[c] = of[c] || []).push(p); });
  });
  hs.heads(Object.keys(of).sort(hs.compare)).forEach(function (head) {
    if (!hs.within(head) || !head.stance || !hs.reviewed(head.claim)) return;
    of[head.claim].forEach(function (p) { if (here(p, head.document)) seen[p].push(head); });
  });
  props.forEach(function (p) {
    var row = dispute(p, seen[p]);
    if (row) rows.push(row);
  });
  return rows.sort(function (a, b) {
    return b.score - a.score || hs.compare(b.latest || "", a.latest || "") || hs.compare(a.proposition, b.proposition);
  }).slice(0, params.limit);
}

// dispute gives who speaks on which side of a statement, null where it has no two.
function dispute(p, heads) {
  var sides = { support: {}, oppose: {}, uncommitted: {} }, documents = {}, latest = null;
  heads.forEach(function (head) {
    var side = head.stance === "blames" || head.stance === "criticizes" ? "support" : hs.side(head.stance);
    if (!head.copy_of) documents[head.document] = true;
    if (head.date && (!latest || head.date > latest)) latest = head.date;
    if (sides[side]) sides[side][head.source] = true;
  });
  var n = {}, speakers = 0;
  for (var s in sides) { n[s] = Object.keys(sides[s]).length; speakers += n[s]; }
  var split = n.oppose + n.uncommitted > 0 && speakers > 1;
  if (!speakers || !split && !rivalsOf(p).length) return null;
  return { proposition: p, support: Object.keys(sides.support), oppose: Object.keys(sides.oppose), uncommitted: Object.keys(sides.uncommitted),
    documents: Object.keys(documents).length, latest: latest,
    score: Math.min(n.support, n.oppose) * 4 + Math.min(n.support, n.uncommitted) * 2 + (split ? 0 : 2) + n.oppose + n.uncommitted };
}

function rivalsOf(p) { return hs.linked(p, RIVALS); }
function names(list) { return list.map(hs.name).sort(); }

(hs.ranked("disputes", null) || disputes()).forEach(function (r) {
  g.emit({ proposition: r.proposition, proposition_name: hs.name(r.proposition), supporters: names(r.support),
    opposers: names(r.oppose), uncommitted: names(r.uncommitted), number: hs.statement(r.proposition).value,
    rivals: rivalsOf(r.proposition).map(hs.name), documents: r.documents, latest: r.latest, score: r.score });
});
