/**
 * Who speaks, the most quoted first: claims by side, documents, first and last day.
 * What copies of a text repeat counts once.
 *
 * @query   sources
 * @param   {entity} [about] - only claims about this
 * @param   {boolean} [unnamed=false] - also sources without a name
 * @param   {date} [since] - only documents from this day on
 * @param   {date} [until] - only documents up to this day
 * @param   {any|accepted|not-rejected|undecided} [review=any] - by what an analyst decided
 * @param   {integer} [limit=50] - at most so many rows
 * @columns source_name claims support oppose uncommitted no_comment directive documents first last
 * @example
 * @example about=hs:NorthKorea
 */
var KINDS = params.unnamed ? ["named", "unnamed", "unresolved"] : ["named"];

// speakers counts the claims of each source; from memory the same is there already.
function speakers() {
  var by = {};
  hs.heads(params.about ? hs.claimsAbout(params.about) : hs.claimsBy(KINDS)).forEach(function (head) {
    if (head.copy_of || !hs.within(head) || !hs.reviewed(head.claim) || KINDS.indexOf(head.source_kind) < 0) return;
    var s = by[head.source] = by[head.source] || { source: head.source, claims: 0, support: 0, oppose: 0,
      uncommitted: 0, no_comment: 0, directive: 0, seen: {}, first: null, last: null };
    s.claims++;
    var side = hs.side(head.stance);
    if (side) s[side.replace("-", "_")]++;
    s.seen[head.document] = true;
    if (head.date && (!s.first || head.date < s.first)) s.first = head.date;
    if (head.date && (!s.last || head.date > s.last)) s.last = head.date;
  });
  return Object.keys(by).map(function (k) { return by[k]; }).sort(function (a, b) {
    return b.claims - a.claims || hs.compare(a.source, b.source);
  }).slice(0, params.limit).map(function (s) {
    s.documents = Object.keys(s.seen).length;
    delete s.seen;
    return s;
  });
}

(hs.ranked("speakers", KINDS) || speakers()).forEach(function (s) {
  s.source_name = hs.name(s.source);
  g.emit(s);
});
