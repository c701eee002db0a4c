-- Meetings each member came to, of those where the member was expected, since a moment.
-- Who was elsewhere, exempt or not marked was not expected.
SELECT attendance.member,
       sum(attendance.mark IN ('present', 'late')),
       sum(attendance.mark NOT IN ('away', 'exempt', 'unmarked'))
FROM attendance
JOIN meeting ON meeting.id = attendance.meeting
WHERE meeting.removed = 0
  AND attendance.removed = 0
  AND meeting.planned_at >= ?1
  AND meeting.status = 'ended'
GROUP BY attendance.member
