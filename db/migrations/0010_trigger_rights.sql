-- Every role may make a temporary table, and hang on it any trigger function that it may execute: one that acts in the
-- name of the owner would then change rows of others by what that table says. A trigger that stands asks nobody for the
-- right to run, so these belong to the owner alone.
revoke all on function audit_event_chain(), keep_queue(), keep_signed_score(), follow_queue_line(), settle_queue_line(),
  keep_phrases() from public;
