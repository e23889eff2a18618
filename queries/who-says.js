/**
 * Who says what about somebody or something, with the sentence and where it stands.
 * Claims about those claims are there, too.
 *
 * @query   who-says
 * @param   {entity} about - an entity, a topic such as hs:attribution, or a proposition
 * @param   {asserts|confirms|estimates|suggests|believes|predicts|warns|doubts|suspends-judgment|denies|blames|criticizes|praises|demands|promises|asks|declines-comment|unreachable} [stance] - only this stance
 * @param   {support|oppose|uncommitted|no-comment|directive} [side] - only stances of this side
 * @param   {boolean} [author=false] - also what the documents say in their own voice
 * @param   {date} [since] - only documents from this day on
 * @param   {date} [until] - only documents up to this day
 * @param   {any|accepted|not-rejected|undecided} [review=any] - by what an analyst decided
 * @param   {integer} [limit=200] - at most so many rows
 * @columns source_name stance content certainty date outlet sentence review grade
 * @draw
 * @example about=hs:NorthKorea
 * @example about="North Korea" side=oppose since=2017-05-01
 */
hs.emit(hs.rows(hs.newestAbout(params.about), function (row) {
  return (params.author || row.source_kind !== "author") &&
    (!params.stance || row.stance === params.stance) &&
    (!params.side || hs.side(row.stance) === params.side);
}, params.stance ? [params.stance] : hs.SIDES[params.side]));
