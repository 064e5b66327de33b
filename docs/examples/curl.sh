#!/usr/bin/env bash
# One call of each kind with curl. YDAN_URL is the server, YDAN_KEY the key where one is needed.
set -euo pipefail
url=${YDAN_URL:-http://127.0.0.1:8000}
call() { curl -fsS ${YDAN_KEY:+-H "Authorization: Bearer $YDAN_KEY"} "$@"; }

echo "# Ready?"
call "$url/health/ready"; echo

echo "# Two opinions of a meeting"
call "$url/v1/classify" -H 'Content-Type: application/json' -d '{
  "session": {"host_level": "commune", "date": "2026-03-01"},
  "opinions": [
    {"id": "17", "text": "Đề nghị sớm sửa đường ĐT 390 đoạn qua xã."},
    {"id": "18", "text": "Rác ở chợ không ai thu gom."}]}'; echo

echo "# One label"
call "$url/v1/label" -H 'Content-Type: text/plain' --data-binary 'Rác ở chợ không ai thu gom.'; echo

echo "# Many, an opinion a line, answered while they are still being sent"
printf '%s\n' '{"id": "1", "text": "Đường thôn 6 lầy lội."}' '{"id": "2", "text": "Mất điện suốt mùa hè."}' |
  call "$url/v1/classify/stream" -H 'Content-Type: application/x-ndjson' --data-binary @-

echo "# Many, in the background: handed in, waited for, fetched"
printf '%s\n' '{"id": "1", "text": "Đường thôn 6 lầy lội."}' '{"id": "2", "text": "Mất điện suốt mùa hè."}' |
  call "$url/v1/jobs" -H 'Content-Type: application/x-ndjson' -H "Idempotency-Key: $(date +%s)-$$" \
    --data-binary @- > /tmp/ydan-job.$$
job=$(sed 's/.*"id": *"\([^"]*\)".*/\1/' /tmp/ydan-job.$$ | head -1)
rm -f /tmp/ydan-job.$$
until call "$url/v1/jobs/$job" | grep -Eq '"state": *"(done|failed|cancelled)"'; do sleep 0.2; done
call "$url/v1/jobs/$job/result?format=csv"

echo "# Who is competent for a provincial road on a day"
call "$url/v1/competence/provincial_road?date=2026-03-01"; echo
