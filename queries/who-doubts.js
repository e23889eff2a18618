/**
 * Who doubts it, or says that it is too early to tell.
 *
 * @query   who-doubts
 * @param   {entity} [about=hs:attribution] - an entity, a topic or a proposition
 * @param   {date} [since] - only documents from this day on
 * @param   {date} [until] - only documents up to this day
 * @param   {any|accepted|not-rejected|undecided} [review=any] - by what an analyst decided
 * @param   {integer} [limit=200] - at most so many rows
 * @columns source_name stance content certainty date outlet sentence review grade
 * @draw
 * @example about=hs:NorthKorea
 * @example about=hs:attribution
 */
var STANCES = ["doubts", "suspends-judgment"];
hs.emit(hs.rows(hs.newestAbout(params.about), function (row) { return STANCES.indexOf(row.stance) >= 0; }, STANCES));
