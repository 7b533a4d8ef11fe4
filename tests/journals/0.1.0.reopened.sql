BEGIN TRANSACTION;
CREATE TABLE "journal" (
   "seq" INTEGER PRIMARY KEY,
   "at" TEXT NOT NULL,
   "by" TEXT NOT NULL,
   "kind" TEXT NOT NULL,
   "body" TEXT NOT NULL
);
INSERT INTO "journal" VALUES(1,'2027-01-15T08:00:00.000Z','organiser','WorkshopMade','{"code":"vnyg72","plan":{"title":"River district","question":"What shall we start?","stages":[{"id":"welcome","kind":"welcome","title":"Welcome","heading":"","caption":"","script":{"say":"","wait":"","wrong":"","late":""},"source":"","groups":false,"options":"themes","side_by_side":false,"steps":[{"title":"Welcome","minutes":10.0,"caption":"","script":{}}]},{"id":"ideas","kind":"brainstorm","title":"Brainstorm","heading":"","caption":"","script":{"say":"","wait":"","wrong":"","late":""},"source":"","groups":true,"options":"themes","side_by_side":false,"steps":[{"title":"In silence","minutes":5.0,"silent":true},{"title":"Talk","minutes":15.0},{"title":"Stars","minutes":5.0,"stars":true}]},{"id":"plenary","kind":"plenary","title":"Plenary","heading":"","caption":"","script":{"say":"","wait":"","wrong":"","late":""},"source":"ideas","groups":false,"options":"themes","side_by_side":false,"steps":[{"title":"Plenary","minutes":12.0,"caption":"","script":{}}]},{"id":"themes","kind":"themes","title":"Themes","heading":"","caption":"","script":{"say":"","wait":"","wrong":"","late":""},"source":"ideas","groups":false,"options":"themes","side_by_side":false,"steps":[{"title":"Themes","minutes":20.0,"caption":"","script":{}}]},{"id":"vote","kind":"vote","title":"Vote","heading":"","caption":"","script":{"say":"","wait":"","wrong":"","late":""},"source":"themes","groups":false,"options":"themes","side_by_side":false,"steps":[{"title":"Vote","minutes":8.0,"caption":"","script":{}}]},{"id":"discuss","kind":"discuss","title":"Discuss","heading":"","caption":"","script":{"say":"","wait":"","wrong":"","late":""},"source":"vote","groups":false,"options":"themes","side_by_side":true,"steps":[{"title":"Discuss","minutes":35.0,"caption":"","script":{}}]},{"id":"charter","kind":"charter","title":"Charter","heading":"","caption":"","script":{"say":"","wait":"","wrong":"","late":""},"source":"discuss","groups":false,"options":"themes","side_by_side":false,"steps":[{"title":"Charter","minutes":10.0,"caption":"","script":{}}]},{"id":"close","kind":"close","title":"Close","heading":"","caption":"","script":{"say":"","wait":"","wrong":"","late":""},"source":"","groups":false,"options":"themes","side_by_side":false,"steps":[{"title":"Close","minutes":5.0,"caption":"","script":{}}]}],"about":"","community":"","domain":"","language":"en","languages":["en"],"constituencies":["Civil service","Civil society"],"people":0,"group_size":0,"groups":2,"group_word":"table","names":"optional","top":3,"dots":4,"cap":2,"priorities":3,"tie":"run-off","words_used":"","sees_what":""}}');
INSERT INTO "journal" VALUES(2,'2027-01-15T08:00:00.000Z','organiser','WorkshopReopened','{"origin":{"code":"ktm482","entries":77,"hash":"fe59d93e77c09662505bab58b6c6dcef0eeaccc99dd86909cb9e6c3beaf2e5e2"},"made":1790000001000,"last":1790000150000,"ended":1790000150000,"timeline":[[1790000016000,"welcome",0],[1790000026000,"ideas",0],[1790000058000,"ideas",2],[1790000066000,"plenary",0],[1790000070000,"themes",0],[1790000092000,"vote",0],[1790000112000,"discuss",0],[1790000132000,"charter",0],[1790000142000,"close",0]],"revealed":["discuss","ideas","themes","vote"],"people":[{"id":"was-1","number":1,"name":"","constituency":"Civil service","language":"en","phone":true},{"id":"was-2","number":2,"name":"","constituency":"Civil service","language":"en","phone":true},{"id":"was-3","number":3,"name":"","constituency":"Civil service","language":"en","phone":true},{"id":"was-4","number":4,"name":"","constituency":"Civil society","language":"en","phone":true},{"id":"was-5","number":5,"name":"","constituency":"Civil society","language":"en","phone":true},{"id":"was-6","number":6,"name":"","constituency":"Civil society","language":"en","phone":false}],"printed":[],"groups":{"ideas":[{"id":"g1","name":"1","people":["was-1","was-2","was-3","was-4"]},{"id":"g2","name":"2","people":["was-5","was-6"]}]},"ideas":[{"id":"i1","stage":"ideas","group":"g2","author":"","text":"A single desk","at":1789999980000,"late":false,"parked":false,"withdrawn":false,"first":""},{"id":"i2","stage":"ideas","group":"g1","author":"","text":"كلمة: حافلة","at":1789999980000,"late":false,"parked":false,"withdrawn":false,"first":""},{"id":"i3","stage":"ideas","group":"g1","author":"","text":"Letters that everybody can read","at":1789999980000,"late":false,"parked":false,"withdrawn":false,"first":""},{"id":"i5","stage":"ideas","group":"g1","author":"","text":"Idea 2: letters that a child can read","at":1789999980000,"late":false,"parked":false,"withdrawn":false,"first":""},{"id":"i6","stage":"ideas","group":"g2","author":"","text":"Idea 3: letters that a child can read","at":1790000040000,"late":false,"parked":false,"withdrawn":false,"first":""},{"id":"i7","stage":"ideas","group":"g1","author":"","text":"Idea 4: letters that a child can read","at":1790000040000,"late":false,"parked":false,"withdrawn":false,"first":""},{"id":"i8","stage":"ideas","group":"g2","author":"","text":"Bread at the meeting","at":1790000040000,"late":false,"parked":false,"withdrawn":false,"first":""},{"id":"gone-0","stage":"ideas","group":"","author":"","text":"","at":0,"late":false,"parked":false,"withdrawn":true,"first":""}],"stars":["i3"],"support":{},"parking":[{"id":"note-0","author":"","text":"Who pays for the room?","stage":"ideas","at":1790000040000}],"boards":[{"stage":"themes","themes":{"0":{"id":0,"name":"One desk","wording":"Open one desk where nobody is sent away.","named":true},"1":{"id":1,"name":"Letters","wording":"","named":false}},"place":{"i1":0,"i2":0,"i7":0,"i3":1,"i5":1,"i6":1},"held":["i3","i7","i5","i6"],"made":{"made-3":3},"gone":[2,3],"suggestion":null,"encoder":"shared words","asked":0,"wishes":{"about":null,"into":[],"strict":0.5},"top":3,"near":{},"alike":[],"examples":{},"apart":[],"cards":{},"flags":{},"flagged":{},"history":[],"edits":[]}],"votes":[{"stage":"vote","options":["theme:0","theme:1"],"papers":[["theme:0","theme:1"]],"dots":5,"cap":3,"ballots":{},"result":{"rows":[{"option":"theme:0","rank":1,"dots":8,"people":4,"sides":{},"paper":{},"told":null,"one":false,"between":{"":{"least":4,"most":4}}},{"option":"theme:1","rank":2,"dots":5,"people":3,"sides":{},"paper":{},"told":null,"one":false,"between":{"":{"least":3,"most":3}}}],"voters":5,"priorities":["theme:0","theme:1"],"tied":[],"sides":{},"hidden":["Civil service","Civil society"],"both":[],"close":[],"sure":false,"over":0,"paper":{},"proxies":0,"with_first":[]},"sheets":{},"from_rank":0,"at":0,"drawn":[],"told":[]}],"criteria":{"vote":["Which would change most?","Which can we start ourselves, and soon?","Which do all sides gain from?"]},"points":[{"id":"point-0","stage":"discuss","priority":"theme:0","kind":"power","text":"The room is ours.","author":""}],"actions":[{"id":"a1","stage":"discuss","priority":"theme:0","what":"Find a room","owner":"Ana","support":"","first":"","due":"May"}],"helpers":{"theme:0":["was-1"]},"weighed":[],"charter":{"purpose":{"text":"One desk for all.","version":1,"by":"","past":[],"ahead":[],"typed":0}},"stands":{},"versions":[{"charter":{"purpose":{"text":"One desk for all.","version":1,"by":"","past":[],"ahead":[],"typed":0}},"adopted":{"at":1790000140000,"agree":1,"live":0,"objections":["Not without a date."],"silent":4,"earlier":0,"sections":null}}],"amending":false,"proposals":0,"words":{"was-1":"hopeful"},"ratings":{"was-1":4},"next_date":"2 May","note":"The heating was off."}');
CREATE VIEW "people" AS 
select json_extract(body, '$.person') as person, json_extract(body, '$.number') as number, json_extract(body, '$.name') as name,
  json_extract(body, '$.constituency') as constituency, json_extract(body, '$.phone') as phone, min(at) as joined
from journal where kind = 'PersonJoined' group by 1
union all
select json_extract(p.value, '$.id'), json_extract(p.value, '$.number'), json_extract(p.value, '$.name'), json_extract(p.value, '$.constituency'),
  json_extract(p.value, '$.phone'), j.at
from journal j, json_each(j.body, '$.people') p where j.kind = 'WorkshopReopened';
CREATE VIEW "ideas" AS 
with written (idea, stage, "group", text, late, parked, withdrawn, support, at, seq) as (
  select json_extract(body, '$.idea'), json_extract(body, '$.stage'), json_extract(body, '$."group"'), json_extract(body, '$.text'),
    json_extract(body, '$.late'), json_extract(body, '$.parked'), 0, 0, at, seq from journal where kind = 'IdeaSubmitted'
  union all
  select json_extract(i.value, '$.id'), json_extract(i.value, '$.stage'), json_extract(i.value, '$."group"'), json_extract(i.value, '$.text'),
    json_extract(i.value, '$.late'), json_extract(i.value, '$.parked'), json_extract(i.value, '$.withdrawn'),
    coalesce((select json_array_length(s.value) from json_each(j.body, '$.support') s where s.key = json_extract(i.value, '$.id')), 0),
    strftime('%Y-%m-%dT%H:%M:%fZ', json_extract(i.value, '$.at') / 1000.0, 'unixepoch'), j.seq
  from journal j, json_each(j.body, '$.ideas') i where j.kind = 'WorkshopReopened')
select j.idea as idea, j.stage as stage, j."group" as "group",
  coalesce((select json_extract(e.body, '$.text') from journal e where e.kind = 'IdeaEdited'
    and json_extract(e.body, '$.idea') = j.idea order by e.seq desc limit 1), j.text) as text,
  j.late as late, j.parked as parked,
  coalesce((select e.kind = 'IdeaWithdrawn' from journal e where e.kind in ('IdeaWithdrawn', 'IdeaRestored')
    and json_extract(e.body, '$.idea') = j.idea order by e.seq desc limit 1), j.withdrawn) as withdrawn,
  j.support + (select coalesce(sum(case s.kind when 'IdeaSupported' then 1 else -1 end), 0) from journal s where s.kind in ('IdeaSupported', 'IdeaUnsupported')
    and json_extract(s.body, '$.idea') = j.idea) as support,
  j.at as at, j.seq as seq
from written j;
CREATE VIEW "themes" AS 
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
from named n where not times % 2;
CREATE VIEW "votes" AS 
select json_extract(j.body, '$.stage') as stage, d.key as option, d.value as dots, json_extract(j.body, '$.proxy') as proxy
from journal j, json_each(j.body, '$.dots') d where j.kind = 'BallotCast' and j.seq = (select max(k.seq) from journal k
  where k.kind = 'BallotCast' and json_extract(k.body, '$.stage') = json_extract(j.body, '$.stage')
  and json_extract(k.body, '$.person') = json_extract(j.body, '$.person'))
  and not exists (select 1 from journal c, json_each(c.body, '$.over') o where c.kind = 'VoteClosed'
    and json_extract(c.body, '$.stage') = json_extract(j.body, '$.stage') and o.value = json_extract(j.body, '$.person'));
CREATE VIEW "results" AS 
with counts (seq, stage, result) as (
  select seq, json_extract(body, '$.stage'), json_extract(body, '$.result') from journal where kind = 'VoteClosed'
  union all
  select j.seq, r.key, r.value from journal j, json_each(j.body, '$.results') r where j.kind in ('ThemesMerged', 'ThemeMade', 'StepUndone')
  union all
  select j.seq, json_extract(v.value, '$.stage'), json_extract(v.value, '$.result') from journal j, json_each(j.body, '$.votes') v
  where j.kind = 'WorkshopReopened' and json_type(v.value, '$.result') = 'object'),
j as (select stage, result from counts c where seq = (select max(seq) from counts k where k.stage = c.stage))
select j.stage as stage, json_extract(r.value, '$.rank') as rank, json_extract(r.value, '$.option') as option,
  json_extract(r.value, '$.dots') as dots, json_extract(r.value, '$.people') as people
from j, json_each(j.result, '$.rows') r;
CREATE VIEW "priorities" AS 
with counts (seq, stage, result) as (
  select seq, json_extract(body, '$.stage'), json_extract(body, '$.result') from journal where kind = 'VoteClosed'
  union all
  select j.seq, r.key, r.value from journal j, json_each(j.body, '$.results') r where j.kind in ('ThemesMerged', 'ThemeMade', 'StepUndone')
  union all
  select j.seq, json_extract(v.value, '$.stage'), json_extract(v.value, '$.result') from journal j, json_each(j.body, '$.votes') v
  where j.kind = 'WorkshopReopened' and json_type(v.value, '$.result') = 'object'),
j as (select stage, result from counts c where seq = (select max(seq) from counts k where k.stage = c.stage))
select j.stage as stage, p.key + 1 as place, p.value as option,
  coalesce((select t.name from themes t where 'theme:' || t.theme = p.value), (select i.text from ideas i where 'idea:' || i.idea = p.value)) as name
from j, json_each(j.result, '$.priorities') p;
CREATE VIEW "actions" AS 
with written (seq, action) as (
  select seq, json_extract(body, '$.action') from journal where kind = 'ActionSet'
  union all
  select j.seq, a.value from journal j, json_each(j.body, '$.actions') a where j.kind = 'WorkshopReopened')
select json_extract(action, '$.id') as action, json_extract(action, '$.priority') as priority, json_extract(action, '$.what') as what,
  json_extract(action, '$.owner') as owner, json_extract(action, '$.support') as support,
  json_extract(action, '$.first') as first, json_extract(action, '$.due') as due
from written j where seq = (select max(seq) from written k where json_extract(k.action, '$.id') = json_extract(j.action, '$.id'))
  and not exists (select 1 from journal k where k.kind = 'ActionRemoved' and k.seq > j.seq
    and json_extract(k.body, '$.action') = json_extract(j.action, '$.id'));
CREATE VIEW "weights" AS 
with shown (seq, stage, option, figures) as (
  select seq, json_extract(body, '$.stage'), json_extract(body, '$.priority'), json_extract(body, '$.figures') from journal where kind = 'RatingsShown'
  union all
  select j.seq, json_extract(x.value, '$.stage'), json_extract(x.value, '$.priority'), json_extract(x.value, '$.shown')
  from journal j, json_each(j.body, '$.weighed') x where j.kind = 'WorkshopReopened' and json_type(x.value, '$.shown') = 'object')
select stage, option, json_extract(figures, '$.raters') as raters,
  json_extract(figures, '$.effort.low') as effort_low, json_extract(figures, '$.effort.median') as effort, json_extract(figures, '$.effort.high') as effort_high,
  json_extract(figures, '$.impact.low') as impact_low, json_extract(figures, '$.impact.median') as impact, json_extract(figures, '$.impact.high') as impact_high
from shown j where seq = (select max(seq) from shown k where k.stage = j.stage and k.option = j.option);
CREATE VIEW "agreements" AS 
select json_extract(j.body, '$.stage') as stage, json_extract(j.body, '$.priority') as option, json_extract(j.body, '$.round') as round,
  c.key as answer, c.value as people
from journal j, json_each(j.body, '$.outcome.counts') c where j.kind = 'AgreementClosed'
union all
select json_extract(x.value, '$.stage'), json_extract(x.value, '$.priority'), q.key + 1, c.key, c.value
from journal j, json_each(j.body, '$.weighed') x, json_each(x.value, '$.asked') q, json_each(q.value, '$.outcome.counts') c where j.kind = 'WorkshopReopened';
CREATE VIEW "timeline" AS 
select seq, at, by, kind, coalesce(json_extract(body, '$.stage'), '') as stage from journal;
COMMIT;
PRAGMA application_id = 1465076273;
PRAGMA user_version = 1;
