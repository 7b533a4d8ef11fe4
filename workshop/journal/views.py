"""Plain SQL views of a journal, so that its file reads sensibly in any SQLite tool."""

PEOPLE = """
select json_extract(body, '$.person') as person, json_extract(body, '$.number') as number, json_extract(body, '$.name') as name,
  json_extract(body, '$.constituency') as constituency, json_extract(body, '$.phone') as phone, min(at) as joined
from journal where kind = 'PersonJoined' group by 1
union all
select json_extract(p.value, '$.id'), json_extract(p.value, '$.number'), json_extract(p.value, '$.name'), json_extract(p.value, '$.constituency'),
  json_extract(p.value, '$.phone'), j.at
from journal j, json_each(j.body, '$.people') p where j.kind = 'WorkshopReopened'"""

# Written here, or brought by a workshop that was opened again, which says by itself what was taken back, set aside and supported.
IDEAS = """
with written (idea, stage, "group", text, late, parked, withdrawn, withheld, support, at, seq) as (
  select json_extract(body, '$.idea'), json_extract(body, '$.stage'), json_extract(body, '$."group"'), json_extract(body, '$.text'),
    json_extract(body, '$.late'), json_extract(body, '$.parked'), 0, 0, 0, at, seq from journal where kind = 'IdeaSubmitted'
  union all
  select json_extract(i.value, '$.id'), json_extract(i.value, '$.stage'), json_extract(i.value, '$."group"'), json_extract(i.value, '$.text'),
    json_extract(i.value, '$.late'), json_extract(i.value, '$.parked'), json_extract(i.value, '$.withdrawn'),
    coalesce(json_type(i.value, '$.withheld') = 'object', 0),
    coalesce((select json_array_length(s.value) from json_each(j.body, '$.support') s where s.key = json_extract(i.value, '$.id')), 0),
    strftime('%Y-%m-%dT%H:%M:%fZ', json_extract(i.value, '$.at') / 1000.0, 'unixepoch'), j.seq
  from journal j, json_each(j.body, '$.ideas') i where j.kind = 'WorkshopReopened')
select j.idea as idea, j.stage as stage, j."group" as "group",
  coalesce((select json_extract(e.body, '$.text') from journal e where e.kind = 'IdeaEdited'
    and json_extract(e.body, '$.idea') = j.idea order by e.seq desc limit 1), j.text) as text,
  j.late as late, j.parked as parked,
  coalesce((select e.kind = 'IdeaWithdrawn' from journal e where e.kind in ('IdeaWithdrawn', 'IdeaRestored')
    and json_extract(e.body, '$.idea') = j.idea order by e.seq desc limit 1), j.withdrawn) as withdrawn,
  coalesce((select e.kind = 'IdeaWithheld' from journal e where e.kind in ('IdeaWithheld', 'IdeaGivenBack')
    and json_extract(e.body, '$.idea') = j.idea order by e.seq desc limit 1), j.withheld) as withheld,
  j.support + (select coalesce(sum(case s.kind when 'IdeaSupported' then 1 else -1 end), 0) from journal s where s.kind in ('IdeaSupported', 'IdeaUnsupported')
    and json_extract(s.body, '$.idea') = j.idea) as support,
  j.at as at, j.seq as seq
from written j"""

# A turn is what was done, undone or done again; each is turned round at most once, by a number of *times* that is odd where the step
# does not count.  The last turn that touched a theme says what it is called and whether it is there: an undoing, what it was before.
THEMES = """
with recursive brought (seq, stage, theme, name, wording) as (
  select j.seq, json_extract(b.value, '$.stage'), cast(t.key as integer), json_extract(t.value, '$.name'), nullif(json_extract(t.value, '$.wording'), '')
  from journal j, json_each(j.body, '$.boards') b, json_each(b.value, '$.themes') t where j.kind = 'WorkshopReopened'),
turned (seq, last, times) as (
  select seq, seq, 0 from journal where kind in ('ThemeMade', 'ThemeRenamed', 'ThemeWorded', 'ThemesMerged', 'ThemeClosed', 'SuggestionAccepted', 'WorkshopReopened')
  union all
  select t.seq, u.seq, t.times + 1 from turned t join journal u on u.kind = 'StepUndone' and json_extract(u.body, '$.step') = t.last),
said as (
  select seq, json_extract(body, '$.stage') as stage, json_extract(body, '$.theme') as theme, json_extract(body, '$.name') as name, kind != 'ThemeRenamed' as makes
    from journal where kind in ('ThemeMade', 'ThemeRenamed')
  union all
  select seq, json_extract(body, '$.stage'), cast(n.key as integer), n.value, 1 from journal, json_each(body, '$.themes') n where kind = 'SuggestionAccepted'
  union all
  select seq, stage, theme, name, 1 from brought),
naming as (select * from said join turned using (seq)),
named as (
  select * from naming n where last = (select max(last) from naming m where m.stage = n.stage and m.theme = n.theme)
  union all
  select n.* from named later join naming n using (stage, theme) where later.times % 2 and n.last = (
    select max(last) from naming m where m.stage = later.stage and m.theme = later.theme and m.last < later.seq)),
ended as (
  select seq, json_extract(body, '$.stage') as stage, json_extract(body, '$.theme') as theme from journal where kind in ('ThemesMerged', 'ThemeClosed')
  union select seq, json_extract(body, '$.stage'), n.value from journal, json_each(body, '$.empty') n where kind = 'SuggestionAccepted'),
there as (
  select last, stage, theme, 0 as gone from naming where makes and not times % 2
  union all
  select last, stage, theme, not times % 2 from ended join turned using (seq))
select stage, theme, name, coalesce((select json_extract(w.body, '$.wording') from journal w join turned t using (seq) where w.kind = 'ThemeWorded'
    and json_extract(w.body, '$.stage') = n.stage and json_extract(w.body, '$.theme') = n.theme
    and t.last = (select max(last) from turned where seq = w.seq) and not t.times % 2 order by t.last desc limit 1),
    (select b.wording from brought b where b.stage = n.stage and b.theme = n.theme)) as wording,
  coalesce((select t.gone from there t where t.stage = n.stage and t.theme = n.theme order by t.last desc, t.gone desc limit 1), 0) as gone
from named n where not times % 2"""

# A ballot that held too many dots when its vote closed does not count.
VOTES = """
select json_extract(j.body, '$.stage') as stage, d.key as option, d.value as dots, json_extract(j.body, '$.proxy') as proxy
from journal j, json_each(j.body, '$.dots') d where j.kind = 'BallotCast' and j.seq = (select max(k.seq) from journal k
  where k.kind = 'BallotCast' and json_extract(k.body, '$.stage') = json_extract(j.body, '$.stage')
  and json_extract(k.body, '$.person') = json_extract(j.body, '$.person'))
  and not exists (select 1 from journal c, json_each(c.body, '$.over') o where c.kind = 'VoteClosed'
    and json_extract(c.body, '$.stage') = json_extract(j.body, '$.stage') and o.value = json_extract(j.body, '$.person'))"""

# The result of each closed vote as it was counted last: at the close, or when its themes were merged or split after that.
COUNTED = """
with counts (seq, stage, result) as (
  select seq, json_extract(body, '$.stage'), json_extract(body, '$.result') from journal where kind = 'VoteClosed'
  union all
  select j.seq, r.key, r.value from journal j, json_each(j.body, '$.results') r where j.kind in ('ThemesMerged', 'ThemeMade', 'StepUndone')
  union all
  select j.seq, json_extract(v.value, '$.stage'), json_extract(v.value, '$.result') from journal j, json_each(j.body, '$.votes') v
  where j.kind = 'WorkshopReopened' and json_type(v.value, '$.result') = 'object'),
j as (select stage, result from counts c where seq = (select max(seq) from counts k where k.stage = c.stage))"""

RESULTS = COUNTED + """
select j.stage as stage, json_extract(r.value, '$.rank') as rank, json_extract(r.value, '$.option') as option,
  json_extract(r.value, '$.dots') as dots, json_extract(r.value, '$.people') as people
from j, json_each(j.result, '$.rows') r"""

PRIORITIES = COUNTED + """
select j.stage as stage, p.key + 1 as place, p.value as option,
  coalesce((select t.name from themes t where 'theme:' || t.theme = p.value), (select i.text from ideas i where 'idea:' || i.idea = p.value)) as name
from j, json_each(j.result, '$.priorities') p"""

ACTIONS = """
with written (seq, action) as (
  select seq, json_extract(body, '$.action') from journal where kind = 'ActionSet'
  union all
  select j.seq, a.value from journal j, json_each(j.body, '$.actions') a where j.kind = 'WorkshopReopened')
select json_extract(action, '$.id') as action, json_extract(action, '$.priority') as priority, json_extract(action, '$.what') as what,
  json_extract(action, '$.owner') as owner, json_extract(action, '$.support') as support,
  json_extract(action, '$.first') as first, json_extract(action, '$.due') as due,
  coalesce(json_extract(action, '$.measure'), '') as measure
from written j where seq = (select max(seq) from written k where json_extract(k.action, '$.id') = json_extract(j.action, '$.id'))
  and not exists (select 1 from journal k where k.kind = 'ActionRemoved' and k.seq > j.seq
    and json_extract(k.body, '$.action') = json_extract(j.action, '$.id'))"""

WEIGHTS = """
with shown (seq, stage, option, figures) as (
  select seq, json_extract(body, '$.stage'), json_extract(body, '$.priority'), json_extract(body, '$.figures') from journal where kind = 'RatingsShown'
  union all
  select j.seq, json_extract(x.value, '$.stage'), json_extract(x.value, '$.priority'), json_extract(x.value, '$.shown')
  from journal j, json_each(j.body, '$.weighed') x where j.kind = 'WorkshopReopened' and json_type(x.value, '$.shown') = 'object')
select stage, option, json_extract(figures, '$.raters') as raters,
  json_extract(figures, '$.effort.low') as effort_low, json_extract(figures, '$.effort.median') as effort, json_extract(figures, '$.effort.high') as effort_high,
  json_extract(figures, '$.impact.low') as impact_low, json_extract(figures, '$.impact.median') as impact, json_extract(figures, '$.impact.high') as impact_high
from shown j where seq = (select max(seq) from shown k where k.stage = j.stage and k.option = j.option)"""

AGREEMENTS = """
select json_extract(j.body, '$.stage') as stage, json_extract(j.body, '$.priority') as option, json_extract(j.body, '$.round') as round,
  c.key as answer, c.value as people
from journal j, json_each(j.body, '$.outcome.counts') c where j.kind = 'AgreementClosed'
union all
select json_extract(x.value, '$.stage'), json_extract(x.value, '$.priority'), q.key + 1, c.key, c.value
from journal j, json_each(j.body, '$.weighed') x, json_each(x.value, '$.asked') q, json_each(q.value, '$.outcome.counts') c where j.kind = 'WorkshopReopened'"""

TIMELINE = """
select seq, at, by, kind, coalesce(json_extract(body, '$.stage'), '') as stage from journal"""

VIEWS = {"people": PEOPLE, "ideas": IDEAS, "themes": THEMES, "votes": VOTES, "results": RESULTS, "priorities": PRIORITIES, "actions": ACTIONS,
         "weights": WEIGHTS, "agreements": AGREEMENTS,
         "timeline": TIMELINE}
