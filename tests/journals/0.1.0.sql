BEGIN TRANSACTION;
CREATE TABLE "journal" (
   "seq" INTEGER PRIMARY KEY,
   "at" TEXT NOT NULL,
   "by" TEXT NOT NULL,
   "kind" TEXT NOT NULL,
   "body" TEXT NOT NULL
);
INSERT INTO "journal" VALUES(1,'2026-09-21T14:13:21.000Z','organiser','WorkshopMade','{"code":"ktm482","plan":{"title":"River district","question":"What shall we start?","stages":[{"id":"welcome","kind":"welcome","title":"Welcome","heading":"","caption":"","script":{"say":"","wait":"","wrong":"","late":""},"source":"","groups":false,"options":"themes","side_by_side":false,"steps":[{"title":"Welcome","minutes":10.0,"caption":"","script":{}}]},{"id":"ideas","kind":"brainstorm","title":"Brainstorm","heading":"","caption":"","script":{"say":"","wait":"","wrong":"","late":""},"source":"","groups":true,"options":"themes","side_by_side":false,"steps":[{"title":"In silence","minutes":5.0,"silent":true},{"title":"Talk","minutes":15.0},{"title":"Stars","minutes":5.0,"stars":true}]},{"id":"plenary","kind":"plenary","title":"Plenary","heading":"","caption":"","script":{"say":"","wait":"","wrong":"","late":""},"source":"ideas","groups":false,"options":"themes","side_by_side":false,"steps":[{"title":"Plenary","minutes":12.0,"caption":"","script":{}}]},{"id":"themes","kind":"themes","title":"Themes","heading":"","caption":"","script":{"say":"","wait":"","wrong":"","late":""},"source":"ideas","groups":false,"options":"themes","side_by_side":false,"steps":[{"title":"Themes","minutes":20.0,"caption":"","script":{}}]},{"id":"vote","kind":"vote","title":"Vote","heading":"","caption":"","script":{"say":"","wait":"","wrong":"","late":""},"source":"themes","groups":false,"options":"themes","side_by_side":false,"steps":[{"title":"Vote","minutes":8.0,"caption":"","script":{}}]},{"id":"discuss","kind":"discuss","title":"Discuss","heading":"","caption":"","script":{"say":"","wait":"","wrong":"","late":""},"source":"vote","groups":false,"options":"themes","side_by_side":true,"steps":[{"title":"Discuss","minutes":35.0,"caption":"","script":{}}]},{"id":"charter","kind":"charter","title":"Charter","heading":"","caption":"","script":{"say":"","wait":"","wrong":"","late":""},"source":"discuss","groups":false,"options":"themes","side_by_side":false,"steps":[{"title":"Charter","minutes":10.0,"caption":"","script":{}}]},{"id":"close","kind":"close","title":"Close","heading":"","caption":"","script":{"say":"","wait":"","wrong":"","late":""},"source":"","groups":false,"options":"themes","side_by_side":false,"steps":[{"title":"Close","minutes":5.0,"caption":"","script":{}}]}],"about":"","community":"","domain":"","language":"en","languages":["en"],"constituencies":["Civil service","Civil society"],"people":0,"group_size":0,"groups":2,"group_word":"table","names":"optional","top":3,"dots":4,"cap":2,"priorities":3,"tie":"run-off","words_used":"","sees_what":""}}');
INSERT INTO "journal" VALUES(2,'2026-09-21T14:13:22.000Z','maya','FacilitatorJoined','{"facilitator":"maya","name":"Maya"}');
INSERT INTO "journal" VALUES(3,'2026-09-21T14:13:24.000Z','ana','PersonJoined','{"person":"ana","number":1,"name":"Ana","constituency":"Civil service","language":"en","phone":true,"seats":{}}');
INSERT INTO "journal" VALUES(4,'2026-09-21T14:13:26.000Z','bo','PersonJoined','{"person":"bo","number":2,"name":"Bo","constituency":"Civil society","language":"en","phone":true,"seats":{}}');
INSERT INTO "journal" VALUES(5,'2026-09-21T14:13:28.000Z','chen','PersonJoined','{"person":"chen","number":3,"name":"Chen","constituency":"Civil service","language":"en","phone":true,"seats":{}}');
INSERT INTO "journal" VALUES(6,'2026-09-21T14:13:30.000Z','dora','PersonJoined','{"person":"dora","number":4,"name":"Dora","constituency":"Civil society","language":"en","phone":true,"seats":{}}');
INSERT INTO "journal" VALUES(7,'2026-09-21T14:13:32.000Z','émil','PersonJoined','{"person":"émil","number":5,"name":"Émil","constituency":"Civil service","language":"en","phone":true,"seats":{}}');
INSERT INTO "journal" VALUES(8,'2026-09-21T14:13:34.000Z','maya','PersonJoined','{"person":"tom","number":6,"name":"Tom","constituency":"Civil society","language":"en","phone":false,"seats":{}}');
INSERT INTO "journal" VALUES(9,'2026-09-21T14:13:36.000Z','maya','StageOpened','{"stage":"welcome","step":0,"ends":1790000616000,"total":600000,"groups":null,"vote":null}');
INSERT INTO "journal" VALUES(10,'2026-09-21T14:13:38.000Z','maya','ClockSet','{"ends":1790000900000,"left":null,"total":882000}');
INSERT INTO "journal" VALUES(11,'2026-09-21T14:13:40.000Z','maya','Told','{"text":"Coffee is at the back."}');
INSERT INTO "journal" VALUES(12,'2026-09-21T14:13:42.000Z','maya','EyesUp','{"on":true}');
INSERT INTO "journal" VALUES(13,'2026-09-21T14:13:44.000Z','maya','NoteWritten','{"text":"The heating was off."}');
INSERT INTO "journal" VALUES(14,'2026-09-21T14:13:46.000Z','maya','StageOpened','{"stage":"ideas","step":0,"ends":1790000326000,"total":300000,"groups":[{"id":"g1","name":"1","people":["émil","chen","bo"]},{"id":"g2","name":"2","people":["ana","tom","dora"]}],"vote":null}');
INSERT INTO "journal" VALUES(15,'2026-09-21T14:13:48.000Z','ana','IdeaSubmitted','{"stage":"ideas","idea":"i1","group":"g2","author":"ana","text":"A single desk","late":false,"parked":false}');
INSERT INTO "journal" VALUES(16,'2026-09-21T14:13:50.000Z','bo','IdeaSubmitted','{"stage":"ideas","idea":"i2","group":"g1","author":"bo","text":"كلمة: حافلة","late":false,"parked":false}');
INSERT INTO "journal" VALUES(17,'2026-09-21T14:13:52.000Z','maya','WritingRevealed','{"stage":"ideas"}');
INSERT INTO "journal" VALUES(18,'2026-09-21T14:13:54.000Z','chen','IdeaSubmitted','{"stage":"ideas","idea":"i3","group":"g1","author":"chen","text":"Idea 0: letters that a child can read","late":false,"parked":false}');
INSERT INTO "journal" VALUES(19,'2026-09-21T14:13:56.000Z','dora','IdeaSubmitted','{"stage":"ideas","idea":"i4","group":"g2","author":"dora","text":"Idea 1: letters that a child can read","late":false,"parked":false}');
INSERT INTO "journal" VALUES(20,'2026-09-21T14:13:58.000Z','émil','IdeaSubmitted','{"stage":"ideas","idea":"i5","group":"g1","author":"émil","text":"Idea 2: letters that a child can read","late":false,"parked":false}');
INSERT INTO "journal" VALUES(21,'2026-09-21T14:14:00.000Z','ana','IdeaSubmitted','{"stage":"ideas","idea":"i6","group":"g2","author":"ana","text":"Idea 3: letters that a child can read","late":false,"parked":false}');
INSERT INTO "journal" VALUES(22,'2026-09-21T14:14:02.000Z','bo','IdeaSubmitted','{"stage":"ideas","idea":"i7","group":"g1","author":"bo","text":"Idea 4: letters that a child can read","late":false,"parked":false}');
INSERT INTO "journal" VALUES(23,'2026-09-21T14:14:04.000Z','maya','IdeaSubmitted','{"stage":"ideas","idea":"i8","group":"g2","author":"tom","text":"Bread at the meeting","late":false,"parked":false}');
INSERT INTO "journal" VALUES(24,'2026-09-21T14:14:06.000Z','chen','IdeaEdited','{"idea":"i3","text":"Letters that everybody can read"}');
INSERT INTO "journal" VALUES(25,'2026-09-21T14:14:08.000Z','dora','IdeaWithdrawn','{"idea":"i4"}');
INSERT INTO "journal" VALUES(26,'2026-09-21T14:14:10.000Z','émil','IdeaWithdrawn','{"idea":"i5"}');
INSERT INTO "journal" VALUES(27,'2026-09-21T14:14:12.000Z','émil','IdeaRestored','{"idea":"i5"}');
INSERT INTO "journal" VALUES(28,'2026-09-21T14:14:14.000Z','ana','NoteParked','{"note":"n1","author":"ana","text":"Who pays for the room?","stage":"ideas"}');
INSERT INTO "journal" VALUES(29,'2026-09-21T14:14:16.000Z','maya','PersonMoved','{"stage":"ideas","person":"ana","group":"g1"}');
INSERT INTO "journal" VALUES(30,'2026-09-21T14:14:18.000Z','maya','StageOpened','{"stage":"ideas","step":2,"ends":1790000358000,"total":300000,"groups":null,"vote":null}');
INSERT INTO "journal" VALUES(31,'2026-09-21T14:14:20.000Z','bo','IdeaStarred','{"idea":"i7"}');
INSERT INTO "journal" VALUES(32,'2026-09-21T14:14:22.000Z','bo','IdeaUnstarred','{"idea":"i7"}');
INSERT INTO "journal" VALUES(33,'2026-09-21T14:14:24.000Z','chen','IdeaStarred','{"idea":"i3"}');
INSERT INTO "journal" VALUES(34,'2026-09-21T14:14:26.000Z','maya','StageOpened','{"stage":"plenary","step":0,"ends":1790000786000,"total":720000,"groups":null,"vote":null}');
INSERT INTO "journal" VALUES(35,'2026-09-21T14:14:28.000Z','maya','GroupShared','{"stage":"plenary","group":"g2"}');
INSERT INTO "journal" VALUES(36,'2026-09-21T14:14:30.000Z','maya','StageOpened','{"stage":"themes","step":0,"ends":1790001270000,"total":1200000,"groups":null,"vote":null}');
INSERT INTO "journal" VALUES(37,'2026-09-21T14:14:32.000Z','server','ThemesSuggested','{"stage":"themes","suggestion":{"labels":{"i1":0,"i2":0,"i3":1,"i5":1,"i6":2,"i7":-1,"i8":-1},"names":{"0":"Desks","1":"Letters","2":"Rest"},"examples":{},"confidence":{},"theme_confidence":{},"near":{},"encoder":"shared words","asked":36}}');
INSERT INTO "journal" VALUES(38,'2026-09-21T14:14:33.000Z','maya','SuggestionAccepted','{"stage":"themes","themes":{"0":"Desks","1":"Letters","2":"Rest"},"place":{"i1":0,"i2":0,"i3":1,"i5":1,"i6":2},"whole":true,"encoder":"shared words","empty":[]}');
INSERT INTO "journal" VALUES(39,'2026-09-21T14:14:35.000Z','maya','SuggestionAsked','{"stage":"themes"}');
INSERT INTO "journal" VALUES(40,'2026-09-21T14:14:37.000Z','server','ThemesSuggested','{"stage":"themes","suggestion":{"labels":{"i1":0,"i2":0,"i3":1,"i5":1,"i6":-1,"i7":0,"i8":-1},"names":{"0":"Desks","1":"Letters"},"examples":{},"confidence":{},"theme_confidence":{},"near":{},"encoder":"shared words","asked":39}}');
INSERT INTO "journal" VALUES(41,'2026-09-21T14:14:38.000Z','maya','SuggestionDiscarded','{"stage":"themes"}');
INSERT INTO "journal" VALUES(42,'2026-09-21T14:14:40.000Z','maya','IdeasMoved','{"stage":"themes","ideas":["i7"],"theme":0}');
INSERT INTO "journal" VALUES(43,'2026-09-21T14:14:42.000Z','maya','ThemeMade','{"stage":"themes","key":"k1","theme":3,"name":"Bread","ideas":["i8"]}');
INSERT INTO "journal" VALUES(44,'2026-09-21T14:14:44.000Z','maya','ThemeRenamed','{"stage":"themes","theme":0,"name":"One desk"}');
INSERT INTO "journal" VALUES(45,'2026-09-21T14:14:46.000Z','maya','ThemeWorded','{"stage":"themes","theme":0,"wording":"Open one desk where nobody is sent away."}');
INSERT INTO "journal" VALUES(46,'2026-09-21T14:14:48.000Z','maya','ThemesMerged','{"stage":"themes","theme":2,"into":1}');
INSERT INTO "journal" VALUES(47,'2026-09-21T14:14:50.000Z','maya','ThemeClosed','{"stage":"themes","theme":3}');
INSERT INTO "journal" VALUES(48,'2026-09-21T14:14:52.000Z','maya','StageOpened','{"stage":"vote","step":0,"ends":1790000572000,"total":480000,"groups":null,"vote":{"stage":"vote","options":["theme:0","theme:1"],"papers":[["theme:1","theme:0"],["theme:0","theme:1"]],"dots":4,"cap":2,"ballots":{},"result":null,"shown":false}}');
INSERT INTO "journal" VALUES(49,'2026-09-21T14:14:54.000Z','maya','BudgetSet','{"stage":"vote","dots":5,"cap":3}');
INSERT INTO "journal" VALUES(50,'2026-09-21T14:14:56.000Z','ana','BallotCast','{"stage":"vote","person":"ana","dots":{"theme:0":2,"theme:1":1},"number":1,"proxy":false}');
INSERT INTO "journal" VALUES(51,'2026-09-21T14:14:58.000Z','bo','BallotCast','{"stage":"vote","person":"bo","dots":{"theme:0":1,"theme:1":2},"number":2,"proxy":false}');
INSERT INTO "journal" VALUES(52,'2026-09-21T14:15:00.000Z','chen','BallotCast','{"stage":"vote","person":"chen","dots":{"theme:0":3},"number":3,"proxy":false}');
INSERT INTO "journal" VALUES(53,'2026-09-21T14:15:02.000Z','dora','BallotCast','{"stage":"vote","person":"dora","dots":{"theme:1":2},"number":4,"proxy":false}');
INSERT INTO "journal" VALUES(54,'2026-09-21T14:15:04.000Z','ana','BallotCast','{"stage":"vote","person":"ana","dots":{"theme:0":3,"theme:1":1},"number":5,"proxy":false}');
INSERT INTO "journal" VALUES(55,'2026-09-21T14:15:06.000Z','maya','BallotCast','{"stage":"vote","person":"tom","dots":{"theme:0":1},"number":1,"proxy":true}');
INSERT INTO "journal" VALUES(56,'2026-09-21T14:15:08.000Z','maya','VoteClosed','{"stage":"vote","result":{"rows":[{"option":"theme:0","rank":1,"dots":8,"people":4,"sides":{}},{"option":"theme:1","rank":2,"dots":5,"people":3,"sides":{}}],"voters":5,"priorities":["theme:0","theme:1"],"tied":[],"sides":{},"hidden":["Civil service","Civil society"],"both":[],"close":[]}}');
INSERT INTO "journal" VALUES(57,'2026-09-21T14:15:10.000Z','maya','ResultShown','{"stage":"vote"}');
INSERT INTO "journal" VALUES(58,'2026-09-21T14:15:12.000Z','maya','StageOpened','{"stage":"discuss","step":0,"ends":1790002212000,"total":2100000,"groups":null,"vote":null}');
INSERT INTO "journal" VALUES(59,'2026-09-21T14:15:14.000Z','maya','PriorityOnStage','{"stage":"discuss","priority":"theme:0"}');
INSERT INTO "journal" VALUES(60,'2026-09-21T14:15:16.000Z','ana','TableChosen','{"stage":"discuss","person":"ana","priority":"theme:0"}');
INSERT INTO "journal" VALUES(61,'2026-09-21T14:15:18.000Z','ana','PointAdded','{"stage":"discuss","point":"p1","priority":"theme:0","kind":"power","text":"The room is ours.","author":"ana"}');
INSERT INTO "journal" VALUES(62,'2026-09-21T14:15:20.000Z','bo','PointAdded','{"stage":"discuss","point":"p2","priority":"theme:0","kind":"how","text":"With what?","author":"bo"}');
INSERT INTO "journal" VALUES(63,'2026-09-21T14:15:22.000Z','bo','PointRemoved','{"point":"p2"}');
INSERT INTO "journal" VALUES(64,'2026-09-21T14:15:24.000Z','ana','ActionSet','{"action":{"id":"a1","stage":"discuss","priority":"theme:0","what":"Find a room","owner":"Ana","support":"","first":"","due":"May"}}');
INSERT INTO "journal" VALUES(65,'2026-09-21T14:15:26.000Z','maya','ActionSet','{"action":{"id":"a2","stage":"discuss","priority":"theme:1","what":"Nothing","owner":"","support":"","first":"","due":""}}');
INSERT INTO "journal" VALUES(66,'2026-09-21T14:15:28.000Z','maya','ActionRemoved','{"action":"a2"}');
INSERT INTO "journal" VALUES(67,'2026-09-21T14:15:30.000Z','chen','HelpOffered','{"priority":"theme:0","person":"chen","on":true}');
INSERT INTO "journal" VALUES(68,'2026-09-21T14:15:32.000Z','maya','StageOpened','{"stage":"charter","step":0,"ends":1790000732000,"total":600000,"groups":null,"vote":null}');
INSERT INTO "journal" VALUES(69,'2026-09-21T14:15:34.000Z','maya','SectionWritten','{"section":"purpose","text":"One desk for all.","version":1}');
INSERT INTO "journal" VALUES(70,'2026-09-21T14:15:36.000Z','ana','StandTaken','{"person":"ana","stand":"agree","why":""}');
INSERT INTO "journal" VALUES(71,'2026-09-21T14:15:38.000Z','bo','StandTaken','{"person":"bo","stand":"object","why":"Not without a date."}');
INSERT INTO "journal" VALUES(72,'2026-09-21T14:15:40.000Z','maya','CharterAdopted','{"adoption":{"at":1790000140000,"agree":1,"live":0,"objections":["Not without a date."],"silent":4}}');
INSERT INTO "journal" VALUES(73,'2026-09-21T14:15:42.000Z','maya','StageOpened','{"stage":"close","step":0,"ends":1790000442000,"total":300000,"groups":null,"vote":null}');
INSERT INTO "journal" VALUES(74,'2026-09-21T14:15:44.000Z','émil','WordSaid','{"person":"émil","word":"hopeful"}');
INSERT INTO "journal" VALUES(75,'2026-09-21T14:15:46.000Z','émil','WorkshopRated','{"person":"émil","rating":4}');
INSERT INTO "journal" VALUES(76,'2026-09-21T14:15:48.000Z','maya','NextDateSet','{"date":"2 May"}');
INSERT INTO "journal" VALUES(77,'2026-09-21T14:15:50.000Z','maya','WorkshopEnded','{}');
CREATE VIEW "people" AS 
select json_extract(body, '$.person') as person, json_extract(body, '$.number') as number, json_extract(body, '$.name') as name,
  json_extract(body, '$.constituency') as constituency, json_extract(body, '$.phone') as phone, min(at) as joined
from journal where kind = 'PersonJoined' group by 1;
CREATE VIEW "ideas" AS 
select json_extract(j.body, '$.idea') as idea, json_extract(j.body, '$.stage') as stage, json_extract(j.body, '$."group"') as "group",
  coalesce((select json_extract(e.body, '$.text') from journal e where e.kind = 'IdeaEdited'
    and json_extract(e.body, '$.idea') = json_extract(j.body, '$.idea') order by e.seq desc limit 1), json_extract(j.body, '$.text')) as text,
  json_extract(j.body, '$.late') as late, json_extract(j.body, '$.parked') as parked,
  coalesce((select e.kind = 'IdeaWithdrawn' from journal e where e.kind in ('IdeaWithdrawn', 'IdeaRestored')
    and json_extract(e.body, '$.idea') = json_extract(j.body, '$.idea') order by e.seq desc limit 1), 0) as withdrawn,
  j.at as at, j.seq as seq
from journal j where j.kind = 'IdeaSubmitted';
CREATE VIEW "themes" AS 
with named as (
  select seq, json_extract(body, '$.stage') as stage, json_extract(body, '$.theme') as theme, json_extract(body, '$.name') as name
    from journal where kind in ('ThemeMade', 'ThemeRenamed')
  union all
  select seq, json_extract(body, '$.stage'), cast(n.key as integer), n.value
    from journal, json_each(body, '$.themes') n where kind = 'SuggestionAccepted'),
gone as (
  select json_extract(body, '$.stage') as stage, json_extract(body, '$.theme') as theme from journal where kind in ('ThemesMerged', 'ThemeClosed')
  union select json_extract(body, '$.stage'), n.value from journal, json_each(body, '$.empty') n where kind = 'SuggestionAccepted')
select stage, theme, name, (select json_extract(w.body, '$.wording') from journal w where w.kind = 'ThemeWorded'
    and json_extract(w.body, '$.stage') = stage and json_extract(w.body, '$.theme') = theme order by w.seq desc limit 1) as wording,
  exists (select 1 from gone where gone.stage = n.stage and gone.theme = n.theme) as gone
from named n where seq = (select max(seq) from named m where m.stage = n.stage and m.theme = n.theme);
CREATE VIEW "votes" AS 
select json_extract(j.body, '$.stage') as stage, d.key as option, d.value as dots, json_extract(j.body, '$.proxy') as proxy
from journal j, json_each(j.body, '$.dots') d where j.kind = 'BallotCast' and j.seq = (select max(k.seq) from journal k
  where k.kind = 'BallotCast' and json_extract(k.body, '$.stage') = json_extract(j.body, '$.stage')
  and json_extract(k.body, '$.person') = json_extract(j.body, '$.person'));
CREATE VIEW "results" AS 
select json_extract(j.body, '$.stage') as stage, json_extract(r.value, '$.rank') as rank, json_extract(r.value, '$.option') as option,
  json_extract(r.value, '$.dots') as dots, json_extract(r.value, '$.people') as people
from journal j, json_each(j.body, '$.result.rows') r where j.kind = 'VoteClosed';
CREATE VIEW "priorities" AS 
select json_extract(j.body, '$.stage') as stage, p.key + 1 as place, p.value as option,
  coalesce((select t.name from themes t where 'theme:' || t.theme = p.value), (select i.text from ideas i where 'idea:' || i.idea = p.value)) as name
from journal j, json_each(j.body, '$.result.priorities') p where j.kind = 'VoteClosed';
CREATE VIEW "actions" AS 
select json_extract(body, '$.action.id') as action, json_extract(body, '$.action.priority') as priority, json_extract(body, '$.action.what') as what,
  json_extract(body, '$.action.owner') as owner, json_extract(body, '$.action.support') as support,
  json_extract(body, '$.action.first') as first, json_extract(body, '$.action.due') as due
from journal j where kind = 'ActionSet' and seq = (select max(seq) from journal k where k.kind = 'ActionSet'
    and json_extract(k.body, '$.action.id') = json_extract(j.body, '$.action.id'))
  and not exists (select 1 from journal k where k.kind = 'ActionRemoved' and k.seq > j.seq
    and json_extract(k.body, '$.action') = json_extract(j.body, '$.action.id'));
CREATE VIEW "timeline" AS 
select seq, at, by, kind, coalesce(json_extract(body, '$.stage'), '') as stage from journal;
COMMIT;
PRAGMA application_id = 1465076273;
PRAGMA user_version = 1;
