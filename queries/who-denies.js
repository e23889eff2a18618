/**
 * Who denies it, or says the contrary of what somebody else says.
 *
 * @query   who-denies
 * @param   {entity} about - an entity, a topic or a proposition
 * @param   {date} [since] - only documents from this day on
 * @param   {date} [until] - only documents up to this day
 * @param   {any|accepted|not-rejected|undecided} [review=any] - by what an analyst decided
 * @param   {integer} [limit=200] - at most so many rows
 * @columns source_name stance content certainty date outlet sentence review grade
 * @draw
 * @example about=hs:Russia
 */
var DISAGREES = "<http://purl.org/spar/cito/disagreesWith>";

// contrary: some content of the claim is the negation of a proposition that is
// in the graph, too.
function contrary(row) {
  return row.contents.some(function (c) {
    return /^<hs:prop\//.test(c) && hs.get(c, "<hs:polarity>") === "negative" &&
      hs.out(c, DISAGREES).length + hs.into(c, DISAGREES).length > 0;
  });
}

hs.emit(hs.rows(hs.newestAbout(params.about), function (head) {
  return head.stance === "denies" || head.source_kind !== "author" && hs.side(head.stance) === "support";
}, ["denies"].concat(hs.SIDES.support)).filter(function (row) { return row.stance === "denies" || contrary(row); }));
