BEGIN TRANSACTION;
CREATE TABLE abstentions (
	id INTEGER NOT NULL, 
	set_id INTEGER NOT NULL, 
	start_s FLOAT NOT NULL, 
	end_s FLOAT NOT NULL, 
	reason TEXT NOT NULL, 
	CONSTRAINT pk_abstentions PRIMARY KEY (id), 
	CONSTRAINT fk_abstentions_set_id FOREIGN KEY(set_id) REFERENCES sets (id) ON DELETE CASCADE
);
INSERT INTO "abstentions" VALUES(1,1,20.0,22.0,'{"code": "wrong_view", "says": "Seen from the front.", "part": "", "view": "front", "views": ["side"]}');
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0001');
CREATE TABLE attempts (
	id INTEGER NOT NULL, 
	set_id INTEGER NOT NULL, 
	exercise VARCHAR NOT NULL, 
	time_s FLOAT NOT NULL, 
	start_s FLOAT NOT NULL, 
	peak_s FLOAT NOT NULL, 
	measure VARCHAR NOT NULL, 
	start_value FLOAT, 
	peak_value FLOAT, 
	target FLOAT, 
	reached FLOAT, 
	side VARCHAR(32), 
	CONSTRAINT pk_attempts PRIMARY KEY (id), 
	CONSTRAINT fk_attempts_set_id FOREIGN KEY(set_id) REFERENCES sets (id) ON DELETE CASCADE
);
INSERT INTO "attempts" VALUES(1,1,'glute_bridge',14.0,12.5,13.0,'hip_lift',0.1,0.2,0.45,0.3,'left');
CREATE TABLE audit (
	number INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	time VARCHAR(27), 
	who VARCHAR, 
	what VARCHAR, 
	subject VARCHAR, 
	about VARCHAR, 
	digest VARCHAR, 
	salt VARCHAR, 
	entry_digest VARCHAR NOT NULL, 
	previous VARCHAR NOT NULL, 
	link VARCHAR NOT NULL, 
	erased_by INTEGER
);
INSERT INTO "audit" VALUES(1,'2026-11-28T17:54:10.937927Z','formcheck','person added','ea1400cffe61e7c7','','5741c8c3f8e029771e69eb2765f73698551a8805121eac34e436a394aa207237','ff595c79b2af8c25268476219736c26e','f1b1f061d35bf8334ae8693392d04929cf68e7e9baa28acb0f81d8475695c95b','0000000000000000000000000000000000000000000000000000000000000000','9c4a0bd021618d1283a22a3d38dee2582cb28b190fcde649165d00b30750fe3f',NULL);
INSERT INTO "audit" VALUES(2,'2026-11-28T17:54:10.947305Z','formcheck','session taken in','ea1400cffe61e7c7','session 20260302T083000Z-000001','635813f503e6b9a1d00eac466a32246545f1befa3e2aa0f0fa88f0c9fbbe6fa4','bc3fce345a733fc4f84befd0804b8ada','21cd1f1df75e5c72cd0b352dc072c34b125bf8af692879bbef6faa8c565ce585','9c4a0bd021618d1283a22a3d38dee2582cb28b190fcde649165d00b30750fe3f','0b60caabb070164f0f813d350dce90e951aa37c3db2d3525f6300dc35513d0be',NULL);
INSERT INTO "audit" VALUES(3,'2026-11-28T17:54:10.951770Z','Dr Example','prescription saved','ea1400cffe61e7c7','prescription 1','1144fc4e30ad2261d1b4c8994d1203c18e5abf2fceb5b60d21f098698fa5882c','e284477a09cfb77079dc9a89d17895ef','840f792652325ea095d398377a44d031230a270216e0fdc558948b40e39a857a','0b60caabb070164f0f813d350dce90e951aa37c3db2d3525f6300dc35513d0be','9fab75dc8f89be14288124da0c2d94d0ce333ff4ff4ef30f09dd46558a6bee36',NULL);
INSERT INTO "audit" VALUES(4,'2026-11-28T17:54:10.954031Z','robin','pain rated','ea1400cffe61e7c7','hurts','d982cf2645a66faa8441f131c1460bf706eca1b45acd5b7f71b0ce2e773b2dcf','5362b70d2c6a7a8498506261e90b8930','a43abe61f4c327ab496eec96168d42987f870144667661847055f9c89ce59297','9fab75dc8f89be14288124da0c2d94d0ce333ff4ff4ef30f09dd46558a6bee36','57d17fae07796286ec421afca6a99c46e0db6304abbd02e49189abdad44cb841',NULL);
INSERT INTO "audit" VALUES(5,'2026-11-28T17:54:10.957393Z','robin','outcome recorded','ea1400cffe61e7c7','roland_morris','6c970459aa0740a944393373e9d9d8ed58f5a10dc831e8befb7b60f3265591b8','db577b97d93c5d2fb28768e9aa516703','958b2a6bc9f805d5eb5c2a7412fd409b88c5ed9343dfbdc039ce8411b8f31d15','57d17fae07796286ec421afca6a99c46e0db6304abbd02e49189abdad44cb841','c2afb9432a73170e50d1ac45aa2b2a431c13e8b9710c5b1dea668790d7d1f36b',NULL);
INSERT INTO "audit" VALUES(6,'2026-11-28T17:54:10.959360Z','robin','red-flag questions answered','ea1400cffe61e7c7','','dd4a216b5d7c58e928347497c463312b0a08f6b43e1a0dcebca723b563c78167','d881d303eb775c1f055f68e3f76487a9','2ea36322261ec84488c566ee042ab48bc8ace4f3e791503291d2ee0caad39ab7','c2afb9432a73170e50d1ac45aa2b2a431c13e8b9710c5b1dea668790d7d1f36b','b24f318b0754c9c251ff0384d8eed7d658a83c882dda7b0373a8b6e297f84b07',NULL);
INSERT INTO "audit" VALUES(7,'2026-11-28T17:54:10.961234Z','Dr Example','rule set aside','ea1400cffe61e7c7','stretching_alone of prescription 1','5fa9cd0b059f54a8a5406d7c6dc256886955dbf82da8118e166736c9f4172bcb','aae97ec93768f4f5171cd39b03110f68','d4d5ce453ef765f724e9534d5868f20f241463c1cf63450f091b748fb683e281','b24f318b0754c9c251ff0384d8eed7d658a83c882dda7b0373a8b6e297f84b07','e9560f2274086ec0f7eed1e16c7f8727e54061cf3ec13a2c51bc98fe7d246ebc',NULL);
INSERT INTO "audit" VALUES(8,'2026-11-28T17:54:10.965690Z','Dr Example','verdict corrected','ea1400cffe61e7c7','set set-01-glute_bridge of session 20260302T083000Z-000001','cf48f715dfdb154314a3033765a6537454f423a309d904ffc4927e65246a7d30','772f7ffaf8d56e5d6611bff7ee7c2495','7bebc282fa8020fa52aee5de16e7a738aaf9db9db505a1354d4e77380a5cd02c','e9560f2274086ec0f7eed1e16c7f8727e54061cf3ec13a2c51bc98fe7d246ebc','080dbe89b1cce6846c3e5f38265d9f6ffab5c3b9c776b603a42c24270a2b692c',NULL);
CREATE TABLE checks (
	id INTEGER NOT NULL, 
	set_id INTEGER NOT NULL, 
	name VARCHAR NOT NULL, 
	says VARCHAR NOT NULL, 
	status VARCHAR(32) NOT NULL, 
	n_found INTEGER NOT NULL, 
	assessed_share FLOAT NOT NULL, 
	reason VARCHAR NOT NULL, 
	refused TEXT, 
	CONSTRAINT pk_checks PRIMARY KEY (id), 
	CONSTRAINT fk_checks_set_id FOREIGN KEY(set_id) REFERENCES sets (id) ON DELETE CASCADE
);
INSERT INTO "checks" VALUES(1,1,'hips_sink','The hips sink.','not_assessed',0,0.0,'Seen from the front.','{"code": "wrong_view", "says": "Seen from the front.", "part": "", "view": "front", "views": ["side"]}');
CREATE TABLE corrections (
	id INTEGER NOT NULL, 
	set_id INTEGER NOT NULL, 
	subject VARCHAR(32) NOT NULL, 
	number INTEGER, 
	kind VARCHAR NOT NULL, 
	"before" TEXT, 
	"after" TEXT, 
	who VARCHAR NOT NULL, 
	time VARCHAR(27) NOT NULL, 
	comment VARCHAR NOT NULL, 
	CONSTRAINT pk_corrections PRIMARY KEY (id), 
	CONSTRAINT fk_corrections_set_id FOREIGN KEY(set_id) REFERENCES sets (id) ON DELETE CASCADE
);
INSERT INTO "corrections" VALUES(1,1,'repetition',3,'not_one','{"counted": true}','{"counted": false}','Dr Example','2026-03-01T08:30:00.000000Z','she reached for her glass');
CREATE TABLE faults (
	id INTEGER NOT NULL, 
	set_id INTEGER NOT NULL, 
	name VARCHAR NOT NULL, 
	severity VARCHAR NOT NULL, 
	measure VARCHAR NOT NULL, 
	unit VARCHAR NOT NULL, 
	value FLOAT, 
	threshold FLOAT, 
	expected_error FLOAT, 
	phase VARCHAR(32) NOT NULL, 
	body_part VARCHAR NOT NULL, 
	side VARCHAR(32), 
	start_s FLOAT NOT NULL, 
	end_s FLOAT NOT NULL, 
	evidence_s FLOAT NOT NULL, 
	observability VARCHAR NOT NULL, 
	says VARCHAR NOT NULL, 
	cue VARCHAR NOT NULL, 
	CONSTRAINT pk_faults PRIMARY KEY (id), 
	CONSTRAINT fk_faults_set_id FOREIGN KEY(set_id) REFERENCES sets (id) ON DELETE CASCADE
);
INSERT INTO "faults" VALUES(1,1,'drops','error','return_speed','1/s',2.5,1.5,0.25,'return','hips',NULL,13.0,14.0,13.5,'good','The hips drop.','Lower slowly.');
CREATE TABLE holds (
	id INTEGER NOT NULL, 
	set_id INTEGER NOT NULL, 
	number INTEGER NOT NULL, 
	variant VARCHAR NOT NULL, 
	start_s FLOAT NOT NULL, 
	end_s FLOAT NOT NULL, 
	held_s FLOAT NOT NULL, 
	n_breaks INTEGER NOT NULL, 
	faults TEXT NOT NULL, 
	side VARCHAR(32), 
	turn TEXT, 
	CONSTRAINT pk_holds PRIMARY KEY (id), 
	CONSTRAINT fk_holds_set_id FOREIGN KEY(set_id) REFERENCES sets (id) ON DELETE CASCADE
);
INSERT INTO "holds" VALUES(1,1,1,'yoga',15.0,25.0,9.5,1,'["hips_sink"]','right','{"chest_deg": 31.5, "pelvis_deg": 2.25, "chest_within_deg": 12.0, "pelvis_within_deg": 8.0, "unknown": null}');
CREATE TABLE outcomes (
	id INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	day DATE NOT NULL, 
	measure VARCHAR NOT NULL, 
	score FLOAT NOT NULL, 
	answers TEXT, 
	CONSTRAINT pk_outcomes PRIMARY KEY (id), 
	CONSTRAINT fk_outcomes_person_id FOREIGN KEY(person_id) REFERENCES people (id) ON DELETE CASCADE
);
INSERT INTO "outcomes" VALUES(1,1,'2026-03-01','roland_morris',11.0,'[1, 0, 1]');
CREATE TABLE pain_ratings (
	id INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	time VARCHAR(27) NOT NULL, 
	moment VARCHAR(32) NOT NULL, 
	value INTEGER NOT NULL, 
	words TEXT NOT NULL, 
	session_id VARCHAR, 
	exercise VARCHAR, 
	CONSTRAINT pk_pain_ratings PRIMARY KEY (id), 
	CONSTRAINT ck_pain_ratings_value CHECK (value between 0 and 10), 
	CONSTRAINT fk_pain_ratings_person_id FOREIGN KEY(person_id) REFERENCES people (id) ON DELETE CASCADE
);
INSERT INTO "pain_ratings" VALUES(1,1,'2026-03-01T08:30:00.000000Z','hurts',7,'["sharp"]','20260302T083000Z-000001','glute_bridge');
CREATE TABLE pain_reports (
	id INTEGER NOT NULL, 
	session_id VARCHAR NOT NULL, 
	time_s FLOAT NOT NULL, 
	step_index INTEGER NOT NULL, 
	exercise VARCHAR, 
	set_number INTEGER, 
	CONSTRAINT pk_pain_reports PRIMARY KEY (id), 
	CONSTRAINT fk_pain_reports_session_id FOREIGN KEY(session_id) REFERENCES sessions (id) ON DELETE CASCADE
);
INSERT INTO "pain_reports" VALUES(1,'20260302T083000Z-000001',20.0,0,'glute_bridge',1);
CREATE TABLE people (
	id INTEGER NOT NULL, 
	pseudonym VARCHAR NOT NULL, 
	token VARCHAR NOT NULL, 
	since VARCHAR(27) NOT NULL, 
	CONSTRAINT pk_people PRIMARY KEY (id), 
	CONSTRAINT uq_people_pseudonym UNIQUE (pseudonym), 
	CONSTRAINT uq_people_token UNIQUE (token)
);
INSERT INTO "people" VALUES(1,'robin','ea1400cffe61e7c7','2026-11-28T17:54:10.936342Z');
CREATE TABLE pose_chunks (
	set_id INTEGER NOT NULL, 
	number INTEGER NOT NULL, 
	data BLOB NOT NULL, 
	CONSTRAINT pk_pose_chunks PRIMARY KEY (set_id, number), 
	CONSTRAINT fk_pose_chunks_set_id FOREIGN KEY(set_id) REFERENCES sets (id) ON DELETE CASCADE
);
INSERT INTO "pose_chunks" VALUES(1,0,X'61207265636F7264696E67');
CREATE TABLE prescriptions (
	id INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	revision INTEGER NOT NULL, 
	based_on_revision INTEGER NOT NULL, 
	toml VARCHAR NOT NULL, 
	digest VARCHAR NOT NULL, 
	signed_by VARCHAR, 
	signed_at VARCHAR(27), 
	saved_by VARCHAR NOT NULL, 
	saved_at VARCHAR(27) NOT NULL, 
	CONSTRAINT pk_prescriptions PRIMARY KEY (id), 
	CONSTRAINT uq_prescriptions_person_id UNIQUE (person_id, revision), 
	CONSTRAINT fk_prescriptions_person_id FOREIGN KEY(person_id) REFERENCES people (id) ON DELETE CASCADE
);
INSERT INTO "prescriptions" VALUES(1,1,1,0,'goal = ''gardening''
','5e1f',NULL,NULL,'Dr Example','2026-11-28T17:54:10.950824Z');
CREATE TABLE red_flag_screens (
	id INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	time VARCHAR(27) NOT NULL, 
	answers TEXT, 
	positive TEXT NOT NULL, 
	CONSTRAINT pk_red_flag_screens PRIMARY KEY (id), 
	CONSTRAINT fk_red_flag_screens_person_id FOREIGN KEY(person_id) REFERENCES people (id) ON DELETE CASCADE
);
INSERT INTO "red_flag_screens" VALUES(1,1,'2026-03-01T08:30:00.000000Z','{"trauma": true}','["trauma"]');
CREATE TABLE repetitions (
	id INTEGER NOT NULL, 
	set_id INTEGER NOT NULL, 
	number INTEGER NOT NULL, 
	variant VARCHAR NOT NULL, 
	side VARCHAR(32), 
	start_s FLOAT NOT NULL, 
	peak_s FLOAT NOT NULL, 
	end_s FLOAT NOT NULL, 
	outbound_s FLOAT NOT NULL, 
	effort_s FLOAT NOT NULL, 
	return_s FLOAT NOT NULL, 
	measure VARCHAR NOT NULL, 
	start_value FLOAT, 
	peak_value FLOAT, 
	target FLOAT, 
	reached FLOAT, 
	is_whole BOOLEAN NOT NULL, 
	faults TEXT NOT NULL, 
	turn TEXT, 
	CONSTRAINT pk_repetitions PRIMARY KEY (id), 
	CONSTRAINT fk_repetitions_set_id FOREIGN KEY(set_id) REFERENCES sets (id) ON DELETE CASCADE
);
INSERT INTO "repetitions" VALUES(1,1,1,'both_feet',NULL,4.0,5.0,7.0,1.0,1.0,1.0,'hip_lift',0.1,0.42,0.45,0.92,1,'[]',NULL);
INSERT INTO "repetitions" VALUES(2,1,2,'both_feet',NULL,8.0,9.0,11.0,1.0,1.0,1.0,'hip_lift',0.1,0.42,0.45,0.92,1,'[]',NULL);
INSERT INTO "repetitions" VALUES(3,1,3,'both_feet',NULL,12.0,13.0,15.0,1.0,1.0,1.0,'hip_lift',0.1,0.42,0.45,0.92,1,'["drops"]',NULL);
CREATE TABLE rule_overrides (
	id INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	prescription_revision INTEGER NOT NULL, 
	rule VARCHAR NOT NULL, 
	who VARCHAR NOT NULL, 
	reason VARCHAR NOT NULL, 
	time VARCHAR(27) NOT NULL, 
	CONSTRAINT pk_rule_overrides PRIMARY KEY (id), 
	CONSTRAINT fk_rule_overrides_person_id FOREIGN KEY(person_id) REFERENCES people (id) ON DELETE CASCADE
);
INSERT INTO "rule_overrides" VALUES(1,1,1,'stretching_alone','Dr Example','a bath before','2026-03-01T08:30:00.000000Z');
CREATE TABLE sessions (
	id VARCHAR NOT NULL, 
	person_id INTEGER NOT NULL, 
	started VARCHAR(27) NOT NULL, 
	"end" VARCHAR(32) NOT NULL, 
	duration_s FLOAT NOT NULL, 
	language VARCHAR NOT NULL, 
	formcheck_version VARCHAR NOT NULL, 
	prescription_revision INTEGER, 
	facts BLOB NOT NULL, 
	events BLOB NOT NULL, 
	taken_in VARCHAR(27) NOT NULL, 
	CONSTRAINT pk_sessions PRIMARY KEY (id), 
	CONSTRAINT fk_sessions_person_id FOREIGN KEY(person_id) REFERENCES people (id) ON DELETE CASCADE
);
INSERT INTO "sessions" VALUES('20260302T083000Z-000001',1,'2026-03-02T08:30:00.000000Z','finished',95.0,'en','0.1.0',NULL,X'7B22666F726D6174223A2022666F726D636865636B2073657373696F6E227D0A',X'789CAB562AA92C4855B252500A4E2D2ECECCCF73CD4B494D51AAE502006ED6086B','2026-11-28T17:54:10.938913Z');
CREATE TABLE sets (
	id INTEGER NOT NULL, 
	session_id VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	step_index INTEGER, 
	set_number INTEGER, 
	exercise VARCHAR NOT NULL, 
	dose TEXT, 
	"end" VARCHAR(32) NOT NULL, 
	started_s FLOAT NOT NULL, 
	outcome VARCHAR(32) NOT NULL, 
	basis VARCHAR(32) NOT NULL, 
	duration_s FLOAT NOT NULL, 
	n_frames INTEGER NOT NULL, 
	n_frames_with_person INTEGER NOT NULL, 
	assessed_share FLOAT NOT NULL, 
	jumps_s TEXT NOT NULL, 
	recording_sha256 VARCHAR NOT NULL, 
	CONSTRAINT pk_sets PRIMARY KEY (id), 
	CONSTRAINT uq_sets_session_id UNIQUE (session_id, name), 
	CONSTRAINT fk_sets_session_id FOREIGN KEY(session_id) REFERENCES sessions (id) ON DELETE CASCADE
);
INSERT INTO "sets" VALUES(1,'20260302T083000Z-000001','set-01-glute_bridge',0,1,'glute_bridge','{"sets": 2, "repetitions": 3, "hold_s": null, "rest_s": 30.0}','done',12.5,'counted','exercise_file',30.0,60,58,0.9,'[21.0]','b6eed03de6d6b60dddd539322d1a2b251ec3317800e49343a2eeb7a13ebf2fc7');
CREATE INDEX ix_pain_ratings_person_id ON pain_ratings (person_id);
CREATE INDEX ix_pain_ratings_session_id ON pain_ratings (session_id);
CREATE INDEX ix_pain_ratings_time ON pain_ratings (time);
CREATE INDEX ix_outcomes_day ON outcomes (day);
CREATE INDEX ix_outcomes_person_id ON outcomes (person_id);
CREATE INDEX ix_red_flag_screens_person_id ON red_flag_screens (person_id);
CREATE INDEX ix_prescriptions_person_id ON prescriptions (person_id);
CREATE INDEX ix_rule_overrides_person_id ON rule_overrides (person_id);
CREATE INDEX ix_sessions_person_id ON sessions (person_id);
CREATE INDEX ix_sessions_started ON sessions (started);
CREATE INDEX ix_pain_reports_session_id ON pain_reports (session_id);
CREATE INDEX ix_sets_exercise ON sets (exercise);
CREATE INDEX ix_sets_session_id ON sets (session_id);
CREATE INDEX ix_repetitions_set_id ON repetitions (set_id);
CREATE INDEX ix_attempts_set_id ON attempts (set_id);
CREATE INDEX ix_holds_set_id ON holds (set_id);
CREATE INDEX ix_faults_set_id ON faults (set_id);
CREATE INDEX ix_checks_set_id ON checks (set_id);
CREATE INDEX ix_abstentions_set_id ON abstentions (set_id);
CREATE INDEX ix_corrections_set_id ON corrections (set_id);
CREATE TRIGGER audit_is_never_shortened BEFORE DELETE ON audit
    BEGIN SELECT RAISE(ABORT, 'the audit trail is never shortened'); END;
CREATE TRIGGER audit_is_never_changed BEFORE UPDATE ON audit
    WHEN NEW.erased_by IS NULL
      OR OLD.erased_by IS NOT NULL
      OR coalesce(NEW.time, NEW.who, NEW.what, NEW.subject, NEW.about, NEW.digest, NEW.salt)
         IS NOT NULL
      OR NEW.number <> OLD.number
      OR NEW.entry_digest <> OLD.entry_digest
      OR NEW.previous <> OLD.previous
      OR NEW.link <> OLD.link
    BEGIN SELECT RAISE(ABORT, 'the audit trail is never changed'); END;
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('audit',8);
COMMIT;
