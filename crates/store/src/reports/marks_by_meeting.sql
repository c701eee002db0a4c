-- How often each mark stands in the roll of each meeting planned between two moments. From the few meetings to their
-- marks: left to itself SQLite reads every mark there is, for the order of the groups.
SELECT attendance.meeting, attendance.mark, count(*)
FROM meeting
CROSS JOIN attendance ON attendance.meeting = meeting.id
WHERE meeting.removed = 0
  AND attendance.removed = 0
  AND meeting.planned_at >= ?1
  AND meeting.planned_at < ?2
GROUP BY attendance.meeting, attendance.mark
