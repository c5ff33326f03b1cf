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
INSERT INTO "audit" VALUES(1,'2026-11-28T18:10:34.952322Z','formcheck','person added','6fc5e951d6e27bc1','','5741c8c3f8e029771e69eb2765f73698551a8805121eac34e436a394aa207237','45b7e08c63131fc722c404e27cbe5934','a183b65f1b29f839391826595862b32e7af6d7b834e20bb8ef6dcee643d8bee8','0000000000000000000000000000000000000000000000000000000000000000','bc6c694ce3acc0edf1fb4ed8bdcc68a3c47a03879f94431d184c55efc00dd414',NULL);
INSERT INTO "audit" VALUES(2,'2026-11-28T18:10:34.970494Z','formcheck','session taken in','6fc5e951d6e27bc1','session 20260302T083000Z-000001','635813f503e6b9a1d00eac466a32246545f1befa3e2aa0f0fa88f0c9fbbe6fa4','ed24d2300fab5c0c917a00a997a05ab5','42ba1cad8e56fa64837158a66809f246094e8bf0e2826dae0866ddd8fe06d8f8','bc6c694ce3acc0edf1fb4ed8bdcc68a3c47a03879f94431d184c55efc00dd414','05b02dcaa635d10049a0f9b1f0a2efc4f4d8dcaa8b2ed89bb462da64fc273d5c',NULL);
INSERT INTO "audit" VALUES(3,'2026-11-28T18:10:34.978834Z','Dr Example','prescription saved','6fc5e951d6e27bc1','prescription 1','1144fc4e30ad2261d1b4c8994d1203c18e5abf2fceb5b60d21f098698fa5882c','37017f68b9f11efd669422088ec0db51','4655ccd64c8ac1802693bb64040c0feb1e8d95125ec3ef26e272fe37b003e9e3','05b02dcaa635d10049a0f9b1f0a2efc4f4d8dcaa8b2ed89bb462da64fc273d5c','95ccadb2928d8e02bbc6986a91e0b471b0700f60bc2ac35b4cdb8e693d058a33',NULL);
INSERT INTO "audit" VALUES(4,'2026-11-28T18:10:34.983086Z','robin','pain rated','6fc5e951d6e27bc1','hurts','b839bd1db6648043c270f1a9eadee577874a254a10a8fecd1dd3d74424ad440d','13f358a4548cd6776033662f42a8ab4c','3616c6e78ebc533829dfd81bd4452a884a8416b4c63a37c34633473c958b77ac','95ccadb2928d8e02bbc6986a91e0b471b0700f60bc2ac35b4cdb8e693d058a33','8e0e801f2a2fde48a52b984a9b0b08211fec74497d5e355ec58753c7a4106353',NULL);
INSERT INTO "audit" VALUES(5,'2026-11-28T18:10:34.986778Z','robin','outcome recorded','6fc5e951d6e27bc1','roland_morris','6c970459aa0740a944393373e9d9d8ed58f5a10dc831e8befb7b60f3265591b8','e2c6324c5e0706d96c27e0f62aad8f19','7471a3db784da36148b42d9a42764da43a68f61c62403d15218745cc515e2f6b','8e0e801f2a2fde48a52b984a9b0b08211fec74497d5e355ec58753c7a4106353','02cf81b52db9fcd28bad0600451ab6454364351b08aa4d5babcb9f4d46ff3e74',NULL);
INSERT INTO "audit" VALUES(6,'2026-11-28T18:10:34.996213Z','robin','red-flag questions answered','6fc5e951d6e27bc1','asked','4c7b7c00b2074b67e4a3875d67ac1183f1a7bcb32900b99a72ac6bad413d83e3','f65e215e83a07bc80b88e6c84b2d2d23','440bbee76d7b47e72e6b763a2a36da77bafb2638f1df2cb673a26d025899183e','02cf81b52db9fcd28bad0600451ab6454364351b08aa4d5babcb9f4d46ff3e74','265b131b4a48d5fe8a035744827f3a822417f8a5160f0c1c4cc45e0b5e41af7c',NULL);
INSERT INTO "audit" VALUES(7,'2026-11-28T18:10:35.000366Z','Dr Example','rule set aside','6fc5e951d6e27bc1','stretching_alone of prescription 1','5fa9cd0b059f54a8a5406d7c6dc256886955dbf82da8118e166736c9f4172bcb','5dad4866241f61efb8b8fa35e008b79e','5daeb31c8251e83ce890318b8b764d87f757df923c75a4ede3ba2bc8f9ab0136','265b131b4a48d5fe8a035744827f3a822417f8a5160f0c1c4cc45e0b5e41af7c','0b19d9e09e2a56b706474c341fc39e359e195c46d6630a2f3115c4b1567ef894',NULL);
INSERT INTO "audit" VALUES(8,'2026-11-28T18:10:35.008420Z','Dr Example','verdict corrected','6fc5e951d6e27bc1','set set-01-glute_bridge of session 20260302T083000Z-000001','cf48f715dfdb154314a3033765a6537454f423a309d904ffc4927e65246a7d30','6fd064979a23977d6632ed8a2122ed17','33345dc04eca55b306f9c83fba71532d2e29afec317a421d65c618d9e4b0722d','0b19d9e09e2a56b706474c341fc39e359e195c46d6630a2f3115c4b1567ef894','dd159c73d2cbd388824b64d7a2052033d237f50e1d57d0af16b89b6ea2e8a7ac',NULL);
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
	session_id VARCHAR NOT NULL, 
	set_id INTEGER, 
	subject VARCHAR(32) NOT NULL, 
	number INTEGER, 
	kind VARCHAR(32) NOT NULL, 
	"before" TEXT, 
	"after" TEXT, 
	who VARCHAR NOT NULL, 
	time VARCHAR(27) NOT NULL, 
	comment VARCHAR NOT NULL, 
	CONSTRAINT pk_corrections PRIMARY KEY (id), 
	CONSTRAINT fk_corrections_session_id FOREIGN KEY(session_id) REFERENCES sessions (id) ON DELETE CASCADE, 
	CONSTRAINT fk_corrections_set_id FOREIGN KEY(set_id) REFERENCES sets (id) ON DELETE CASCADE
);
INSERT INTO "corrections" VALUES(1,'20260302T083000Z-000001',1,'repetition',3,'rejected','{"side": null}',NULL,'Dr Example','2026-03-01T08:30:00.000000Z','she reached for her glass');
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
	value INTEGER, 
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
INSERT INTO "people" VALUES(1,'robin','6fc5e951d6e27bc1','2026-11-28T18:10:34.946980Z');
CREATE TABLE person_facts (
	person_id INTEGER NOT NULL, 
	stamp INTEGER NOT NULL, 
	facts TEXT NOT NULL, 
	CONSTRAINT pk_person_facts PRIMARY KEY (person_id), 
	CONSTRAINT fk_person_facts_person_id FOREIGN KEY(person_id) REFERENCES people (id) ON DELETE CASCADE
);
INSERT INTO "person_facts" VALUES(1,8,'{"n_sessions": 1}');
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
','5e1f',NULL,NULL,'Dr Example','2026-11-28T18:10:34.976415Z');
CREATE TABLE red_flag_screens (
	id INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	time VARCHAR(27) NOT NULL, 
	positive TEXT NOT NULL, 
	reason VARCHAR NOT NULL, 
	session_id VARCHAR, 
	CONSTRAINT pk_red_flag_screens PRIMARY KEY (id), 
	CONSTRAINT fk_red_flag_screens_person_id FOREIGN KEY(person_id) REFERENCES people (id) ON DELETE CASCADE
);
INSERT INTO "red_flag_screens" VALUES(1,1,'2026-03-01T08:30:00.000000Z','["trauma"]','asked',NULL);
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
CREATE TABLE rules_applied (
	id INTEGER NOT NULL, 
	session_id VARCHAR NOT NULL, 
	time_s FLOAT NOT NULL, 
	rule VARCHAR NOT NULL, 
	action VARCHAR NOT NULL, 
	tells_therapist BOOLEAN NOT NULL, 
	step_index INTEGER, 
	CONSTRAINT pk_rules_applied PRIMARY KEY (id), 
	CONSTRAINT fk_rules_applied_session_id FOREIGN KEY(session_id) REFERENCES sessions (id) ON DELETE CASCADE
);
INSERT INTO "rules_applied" VALUES(1,'20260302T083000Z-000001',30.0,'S03','stop_exercise',1,0);
CREATE TABLE session_summaries (
	session_id VARCHAR NOT NULL, 
	person_id INTEGER NOT NULL, 
	started VARCHAR(27) NOT NULL, 
	exercises TEXT NOT NULL, 
	n_sets INTEGER NOT NULL, 
	n_sets_done INTEGER NOT NULL, 
	n_repetitions INTEGER NOT NULL, 
	n_with_faults INTEGER NOT NULL, 
	held_s FLOAT NOT NULL, 
	assessed_share FLOAT, 
	faults TEXT NOT NULL, 
	n_pain_reports INTEGER NOT NULL, 
	pain_before INTEGER, 
	pain_highest INTEGER, 
	to_tell TEXT NOT NULL, 
	n_corrections INTEGER NOT NULL, 
	signed_off_by VARCHAR, 
	signed_off_at VARCHAR(27), 
	words TEXT NOT NULL, 
	CONSTRAINT pk_session_summaries PRIMARY KEY (session_id), 
	CONSTRAINT fk_session_summaries_session_id FOREIGN KEY(session_id) REFERENCES sessions (id) ON DELETE CASCADE
);
INSERT INTO "session_summaries" VALUES('20260302T083000Z-000001',1,'2026-03-02T08:30:00.000000Z','["glute_bridge"]',1,1,3,1,9.5,0.9,'[["glute_bridge", "drops", "The hips drop.", 1, true]]',1,NULL,7,'["S03"]',1,NULL,NULL,'glute bridge
drops
the hips drop.
she reached for her glass');
CREATE TABLE sessions (
	id VARCHAR NOT NULL, 
	person_id INTEGER NOT NULL, 
	started VARCHAR(27) NOT NULL, 
	"end" VARCHAR(32) NOT NULL, 
	duration_s FLOAT NOT NULL, 
	language VARCHAR NOT NULL, 
	formcheck_version VARCHAR NOT NULL, 
	prescription_revision INTEGER, 
	heat_minutes INTEGER, 
	facts BLOB NOT NULL, 
	events BLOB NOT NULL, 
	taken_in VARCHAR(27) NOT NULL, 
	CONSTRAINT pk_sessions PRIMARY KEY (id), 
	CONSTRAINT fk_sessions_person_id FOREIGN KEY(person_id) REFERENCES people (id) ON DELETE CASCADE
);
INSERT INTO "sessions" VALUES('20260302T083000Z-000001',1,'2026-03-02T08:30:00.000000Z','finished',95.0,'en','0.1.0',NULL,15,X'7B22666F726D6174223A2022666F726D636865636B2073657373696F6E227D0A',X'789CAB562AA92C4855B252500A4E2D2ECECCCF73CD4B494D51AAE502006ED6086B','2026-11-28T18:10:34.954173Z');
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
CREATE INDEX ix_pain_ratings_session_id ON pain_ratings (session_id);
CREATE INDEX ix_pain_ratings_time ON pain_ratings (time);
CREATE INDEX ix_pain_ratings_person_id ON pain_ratings (person_id);
CREATE INDEX ix_outcomes_person_id ON outcomes (person_id);
CREATE INDEX ix_outcomes_day ON outcomes (day);
CREATE INDEX ix_red_flag_screens_session_id ON red_flag_screens (session_id);
CREATE INDEX ix_red_flag_screens_person_id ON red_flag_screens (person_id);
CREATE INDEX ix_prescriptions_person_id ON prescriptions (person_id);
CREATE INDEX ix_rule_overrides_person_id ON rule_overrides (person_id);
CREATE INDEX ix_sessions_person_id ON sessions (person_id);
CREATE INDEX ix_sessions_started ON sessions (started);
CREATE INDEX ix_pain_reports_session_id ON pain_reports (session_id);
CREATE INDEX ix_rules_applied_session_id ON rules_applied (session_id);
CREATE INDEX ix_sets_session_id ON sets (session_id);
CREATE INDEX ix_sets_exercise ON sets (exercise);
CREATE INDEX ix_repetitions_set_id ON repetitions (set_id);
CREATE INDEX ix_attempts_set_id ON attempts (set_id);
CREATE INDEX ix_holds_set_id ON holds (set_id);
CREATE INDEX ix_faults_set_id ON faults (set_id);
CREATE INDEX ix_checks_set_id ON checks (set_id);
CREATE INDEX ix_abstentions_set_id ON abstentions (set_id);
CREATE INDEX ix_corrections_session_id ON corrections (session_id);
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
CREATE INDEX ix_audit_subject ON audit (subject);
CREATE INDEX ix_session_summaries_person_id ON session_summaries (person_id);
CREATE INDEX ix_session_summaries_started ON session_summaries (started);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('audit',8);
COMMIT;
