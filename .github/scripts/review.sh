#!/usr/bin/env bash
# review.sh <folder> <options of npm run review>
# Reviews into a folder, review.md and exit-code, and into the run's summary; PLANS names a folder with plans to review.
# Fails where the review is broken or could not be written. What needs a person's attention, exit code 3, is left to a
# person: a check cannot decide it.
set -euo pipefail
folder=$1
shift
plans=()
if [ -n "${PLANS:-}" ]; then
  for file in "$PLANS"/*.json; do
    if [ -f "$file" ]; then plans+=(--plan "$file"); fi
  done
fi
mkdir -p "$folder"
code=0
npm run --silent review -- "$@" ${plans[@]+"${plans[@]}"} --out "$folder/review.md" || code=$?
echo "$code" > "$folder/exit-code"
# A summary may have 1 MiB, more than a comment.
for review in "$folder/review.whole.md" "$folder/review.md"; do
  if [ -f "$review" ] && [ "$(wc -c < "$review")" -lt 1000000 ]; then
    cat "$review" >> "$GITHUB_STEP_SUMMARY"
    break
  fi
done
case "$code" in
  0 | 3) ;;
  *) exit "$code" ;;
esac
