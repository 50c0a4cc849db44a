-- Roles for a store of work orders on PostgreSQL, after `wattkey orders init` by the owner of the tables:
--
--     psql -d orders -f orders-roles.sql
--     psql -d orders -c "CREATE ROLE north LOGIN IN ROLE orders_crew"
--
-- A crew logs in under its own name, which is the name it registers with (--crew). The planner says which areas it may
-- enrol devices for:
--
--     psql -d orders -c "INSERT INTO crew_area VALUES ('north', 'north'), ('north', 'coast')"
--
-- A crew sees the orders of its areas and those it has, adds rows and never changes or deletes one that tells what was
-- done. Running this file again changes nothing.

DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'orders_planner') THEN CREATE ROLE orders_planner; END IF;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'orders_crew') THEN CREATE ROLE orders_crew; END IF;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'orders_auditor') THEN CREATE ROLE orders_auditor; END IF;
END $$;

CREATE TABLE IF NOT EXISTS crew_area (crew TEXT NOT NULL, area TEXT NOT NULL, PRIMARY KEY (crew, area));
GRANT SELECT, INSERT, DELETE ON crew_area TO orders_planner;
GRANT SELECT ON crew_area TO orders_crew, orders_auditor;

-- The planner loads, reseals, settles and closes. What devices have told stays as it is.
GRANT SELECT, INSERT, UPDATE ON campaign, plan, work_order, key_set, seal_member, crew, device, lease, conflict, office, audit TO orders_planner;
GRANT DELETE ON key_set, seal_member TO orders_planner;
GRANT SELECT, INSERT ON event TO orders_planner;

-- The auditor reads everything and changes nothing.
GRANT SELECT ON ALL TABLES IN SCHEMA public TO orders_auditor;
GRANT SELECT ON orders_schema TO orders_planner, orders_crew, orders_auditor;

-- A crew takes, tells and gives back.
GRANT SELECT ON campaign, plan, office, seal_member, crew, device, work_order, key_set, lease, event, conflict, audit TO orders_crew;
GRANT INSERT ON crew, device, lease, event, conflict, audit TO orders_crew;
GRANT UPDATE (head_seq, head_hash, synced) ON device TO orders_crew;
GRANT UPDATE (state, version, holder, expires, lease, done_by, done_sent, queue, cause, attempts, changed) ON work_order TO orders_crew;
GRANT UPDATE (sealed, wiped) ON key_set TO orders_crew;

-- Whether one who logs in as a crew is for an area: by the devices of the crew that are not revoked.
CREATE OR REPLACE FUNCTION orders_is_for(area TEXT) RETURNS BOOLEAN LANGUAGE sql STABLE AS $$
    SELECT EXISTS (
        SELECT FROM device d
        WHERE d.crew = current_user AND d.revoked IS NULL
          AND (d.areas = '[]' OR d.areas::jsonb ? $1))
$$;

-- Row by row: policies hold for crews; the owner, planners and auditors see every row.
ALTER TABLE work_order ENABLE ROW LEVEL SECURITY;
ALTER TABLE key_set ENABLE ROW LEVEL SECURITY;
ALTER TABLE device ENABLE ROW LEVEL SECURITY;
ALTER TABLE event ENABLE ROW LEVEL SECURITY;

DROP POLICY IF EXISTS all_of_it ON work_order;
DROP POLICY IF EXISTS all_of_it ON key_set;
DROP POLICY IF EXISTS all_of_it ON device;
DROP POLICY IF EXISTS all_of_it ON event;
CREATE POLICY all_of_it ON work_order TO orders_planner, orders_auditor USING (true) WITH CHECK (true);
CREATE POLICY all_of_it ON key_set TO orders_planner, orders_auditor USING (true) WITH CHECK (true);
CREATE POLICY all_of_it ON device TO orders_planner, orders_auditor USING (true) WITH CHECK (true);
CREATE POLICY all_of_it ON event TO orders_planner, orders_auditor USING (true) WITH CHECK (true);

DROP POLICY IF EXISTS of_the_crew ON work_order;
DROP POLICY IF EXISTS of_the_crew ON key_set;
DROP POLICY IF EXISTS seen_by_all ON device;
DROP POLICY IF EXISTS added_by_the_crew ON device;
DROP POLICY IF EXISTS moved_by_the_crew ON device;
DROP POLICY IF EXISTS seen_by_all ON event;
DROP POLICY IF EXISTS told_by_the_crew ON event;
CREATE POLICY of_the_crew ON work_order TO orders_crew
    USING (orders_is_for(area) OR EXISTS (SELECT FROM lease l JOIN device d ON d.id = l.device WHERE l.order_id = work_order.id AND d.crew = current_user))
    WITH CHECK (true);
CREATE POLICY of_the_crew ON key_set TO orders_crew
    USING (EXISTS (SELECT FROM work_order w WHERE w.id = key_set.order_id AND orders_is_for(w.area)))
    WITH CHECK (true);
CREATE POLICY seen_by_all ON device FOR SELECT TO orders_crew USING (true);
CREATE POLICY added_by_the_crew ON device FOR INSERT TO orders_crew WITH CHECK (
    crew = current_user AND areas <> '[]'
    AND NOT EXISTS (
        SELECT FROM jsonb_array_elements_text(device.areas::jsonb) AS wanted (area)
        WHERE NOT EXISTS (SELECT FROM crew_area c WHERE c.crew = current_user AND c.area = wanted.area)));
CREATE POLICY moved_by_the_crew ON device FOR UPDATE TO orders_crew USING (crew = current_user) WITH CHECK (crew = current_user);
CREATE POLICY seen_by_all ON event FOR SELECT TO orders_crew USING (true);
CREATE POLICY told_by_the_crew ON event FOR INSERT TO orders_crew
    WITH CHECK (EXISTS (SELECT FROM device d WHERE d.id = event.device AND d.crew = current_user AND d.revoked IS NULL));
