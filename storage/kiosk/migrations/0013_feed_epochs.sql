-- The feed can begin anew: numbers start again in each epoch, and a frame that was said before names
-- the one that said it first, so that it is not applied twice.
CREATE TABLE feed_taken (
  epoch  INTEGER NOT NULL,
  number INTEGER NOT NULL,
  hash   BLOB    NOT NULL,
  first  BLOB    NOT NULL,
  issued INTEGER NOT NULL,
  kind   TEXT    NOT NULL,
  at     INTEGER NOT NULL,
  PRIMARY KEY (epoch, number)
) STRICT, WITHOUT ROWID;
INSERT INTO feed_taken (epoch, number, hash, first, issued, kind, at) SELECT 1, number, hash, hash, issued, kind, at FROM feed_applied;
DROP TABLE feed_applied;
ALTER TABLE feed_taken RENAME TO feed_applied;
CREATE INDEX feed_applied_first ON feed_applied (first);
