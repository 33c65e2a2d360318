-- A cancelled re-admission is none: another one may follow the same coordination.
DROP INDEX discharges_of_earlier;
CREATE UNIQUE INDEX discharges_of_earlier ON discharges (earlier_id) WHERE earlier_id IS NOT NULL AND state <> 'cancelled';
