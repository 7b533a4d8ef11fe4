"""Plain SQL views of a journal, so that its file reads sensibly in any SQLite tool."""

PEOPLE = """
select json_extract(body, '$.person') as person, json_extract(body, '$.number') as number, json_extract(body, '$.name') as name,
  json_extract(body, '$.constituency') as constituency, json_extract(body, '$.phone') as phone, min(at) as joined
from journal where kind = 'PersonJoined' group by 1"""

IDEAS = """
select json_extract(j.body, '$.idea') as idea, json_extract(j.body, '$.stage') as stage, json_extract(j.body, '$."group"') as "group",
  coalesce((select json_extract(e.body, '$.text') from journal e where e.kind = 'IdeaEdited'
    and json_extract(e.body, '$.idea') = json_extract(j.body, '$.idea') order by e.seq desc limit 1), json_extract(j.body, '$.text')) as text,
  json_extract(j.body, '$.late') as late, json_extract(j.body, '$.parked') as parked,
  coalesce((select e.kind = 'IdeaWithdrawn' from journal e where e.kind in ('IdeaWithdrawn', 'IdeaRestored')
    and json_extract(e.body, '$.idea') = json_extract(j.body, '$.idea') order by e.seq desc limit 1), 0) as withdrawn,
  (select coalesce(sum(case s.kind when 'IdeaSupported' then 1 else -1 end), 0) from journal s where s.kind in ('IdeaSupported', 'IdeaUnsupported')
    and json_extract(s.body, '$.idea') = json_extract(j.body, '$.idea')) as support,
  j.at as at, j.seq as seq
from journal j where j.kind = 'IdeaSubmitted'"""

# A turn is what was done, undone or done again; each is turned round at most once, by a number of *times* that is odd where the step
# does not count.  The last turn that touched a theme says what it is called and whether it is there: an undoing, what it was before.
THEMES = """
with recursive turned (seq, last, times) as (
  select seq, seq, 0 from journal where kind in ('ThemeMade', 'ThemeRenamed', 'ThemeWorded', 'ThemesMerged', 'ThemeClosed', 'SuggestionAccepted')
  union all
  select t.seq, u.seq, t.times + 1 from turned t join journal u on u.kind = 'StepUndone' and json_extract(u.body, '$.step') = t.last),
said as (
  select seq, json_extract(body, '$.stage') as stage, json_extract(body, '$.theme') as theme, json_extract(body, '$.name') as name, kind != 'ThemeRenamed' as makes
    from journal where kind in ('ThemeMade', 'ThemeRenamed')
  union all
  select seq, json_extract(body, '$.stage'), cast(n.key as integer), n.value, 1 from journal, json_each(body, '$.themes') n where kind = 'SuggestionAccepted'),
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
select stage, theme, name, (select json_extract(w.body, '$.wording') from journal w join turned t using (seq) where w.kind = 'ThemeWorded'
    and json_extract(w.body, '$.stage') = n.stage and json_extract(w.body, '$.theme') = n.theme
    and t.last = (select max(last) from turned where seq = w.seq) and not t.times % 2 order by t.last desc limit 1) as wording,
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
  select j.seq, r.key, r.value from journal j, json_each(j.body, '$.results') r where j.kind in ('ThemesMerged', 'ThemeMade', 'StepUndone')),
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
select json_extract(body, '$.action.id') as action, json_extract(body, '$.action.priority') as priority, json_extract(body, '$.action.what') as what,
  json_extract(body, '$.action.owner') as owner, json_extract(body, '$.action.support') as support,
  json_extract(body, '$.action.first') as first, json_extract(body, '$.action.due') as due
from journal j where kind = 'ActionSet' and seq = (select max(seq) from journal k where k.kind = 'ActionSet'
    and json_extract(k.body, '$.action.id') = json_extract(j.body, '$.action.id'))
  and not exists (select 1 from journal k where k.kind = 'ActionRemoved' and k.seq > j.seq
    and json_extract(k.body, '$.action') = json_extract(j.body, '$.action.id'))"""

WEIGHTS = """
select json_extract(j.body, '$.stage') as stage, json_extract(j.body, '$.priority') as option, json_extract(j.body, '$.figures.raters') as raters,
  json_extract(j.body, '$.figures.effort.low') as effort_low, json_extract(j.body, '$.figures.effort.median') as effort,
  json_extract(j.body, '$.figures.effort.high') as effort_high, json_extract(j.body, '$.figures.impact.low') as impact_low,
  json_extract(j.body, '$.figures.impact.median') as impact, json_extract(j.body, '$.figures.impact.high') as impact_high
from journal j where kind = 'RatingsShown' and seq = (select max(seq) from journal k where k.kind = 'RatingsShown'
    and json_extract(k.body, '$.stage') = json_extract(j.body, '$.stage') and json_extract(k.body, '$.priority') = json_extract(j.body, '$.priority'))"""

AGREEMENTS = """
select json_extract(j.body, '$.stage') as stage, json_extract(j.body, '$.priority') as option, json_extract(j.body, '$.round') as round,
  c.key as answer, c.value as people
from journal j, json_each(j.body, '$.outcome.counts') c where j.kind = 'AgreementClosed'"""

TIMELINE = """
select seq, at, by, kind, coalesce(json_extract(body, '$.stage'), '') as stage from journal"""

VIEWS = {"people": PEOPLE, "ideas": IDEAS, "themes": THEMES, "votes": VOTES, "results": RESULTS, "priorities": PRIORITIES, "actions": ACTIONS,
         "weights": WEIGHTS, "agreements": AGREEMENTS,
         "timeline": TIMELINE}
