-- Restore, holds and purge. Times are UTC: every session of the pool is set to it.

-- References that a restore did not put back: DROPPED, SLOT_TAKEN or ENTRY_GONE, and where they were.
CREATE TABLE IF NOT EXISTS binday_unattached (
  id          BIGINT        NOT NULL AUTO_INCREMENT PRIMARY KEY,
  run_id      BIGINT        NOT NULL,
  asset_id    VARCHAR(255)  NOT NULL,
  table_name  VARCHAR(64)   NOT NULL,
  fate        VARCHAR(16)   NOT NULL,
  place       TEXT          NOT NULL,
  KEY binday_unattached_run (run_id, id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- What keeps the purge off trashed assets. A row is never removed; it is active until it is released or over.
CREATE TABLE IF NOT EXISTS binday_hold (
  id              BIGINT        NOT NULL AUTO_INCREMENT PRIMARY KEY,
  asset_id        VARCHAR(255)  NOT NULL,
  reason          VARCHAR(500)  NOT NULL,
  held_by         VARCHAR(255)  NOT NULL,
  held_at         DATETIME(6)   NOT NULL,
  held_until      DATETIME(6)   NULL,
  released_at     DATETIME(6)   NULL,
  released_by     VARCHAR(255)  NULL,
  release_reason  VARCHAR(500)  NULL,
  KEY binday_hold_asset (asset_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- The ledger: what was purged, for good.
CREATE TABLE IF NOT EXISTS binday_purged (
  asset_id      VARCHAR(255)   NOT NULL,
  purge_run_id  BIGINT         NOT NULL,
  purged_at     DATETIME(6)    NOT NULL,
  purged_by     VARCHAR(255)   NOT NULL,
  trash_run_id  BIGINT         NOT NULL,
  trashed_at    DATETIME(6)    NOT NULL,
  trashed_by    VARCHAR(255)   NOT NULL,
  label         VARCHAR(1000)  NULL,
  bytes         BIGINT         NULL,
  binary_key    VARCHAR(1024)  NULL,
  PRIMARY KEY (asset_id, purge_run_id),
  KEY binday_purged_run (purge_run_id),
  KEY binday_purged_at (purged_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- The deletion outbox: files of purged assets, PENDING until they are DELETED, MISSING (nothing to delete) or SHARED
-- (another asset uses the file, so it stays).
CREATE TABLE IF NOT EXISTS binday_binary_deletion (
  id               BIGINT         NOT NULL AUTO_INCREMENT PRIMARY KEY,
  run_id           BIGINT         NOT NULL,
  asset_id         VARCHAR(255)   NOT NULL,
  binary_key       VARCHAR(1024)  NOT NULL,
  state            VARCHAR(8)     NOT NULL,
  attempts         INT            NOT NULL,
  next_attempt_at  DATETIME(6)    NOT NULL,
  settled_at       DATETIME(6)    NULL,
  error            VARCHAR(500)   NULL,
  KEY binday_binary_deletion_due (state, next_attempt_at),
  KEY binday_binary_deletion_run (run_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
