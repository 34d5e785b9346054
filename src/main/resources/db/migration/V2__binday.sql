-- Binday's own tables. Times are UTC: every session of the pool is set to it.

CREATE TABLE IF NOT EXISTS binday_run (
  run_id        BIGINT        NOT NULL AUTO_INCREMENT PRIMARY KEY,
  operation     VARCHAR(16)   NOT NULL,
  job_name      VARCHAR(100)  NOT NULL,
  status        VARCHAR(20)   NOT NULL,
  reason        VARCHAR(500)  NOT NULL,
  requested_by  VARCHAR(255)  NOT NULL,
  requested_at  DATETIME(6)   NOT NULL,
  input_kind    VARCHAR(16)   NOT NULL,
  input_name    VARCHAR(4096) NOT NULL,
  input_sha256  VARCHAR(64)   NOT NULL,
  input_bytes   BIGINT        NOT NULL,
  input_spec    MEDIUMTEXT    NOT NULL,
  chunk_size    INT           NOT NULL,
  approved_by   VARCHAR(255)  NULL,
  staged_at     DATETIME(6)   NULL,
  attempts      INT           NOT NULL,
  plan          MEDIUMTEXT    NULL,
  message       VARCHAR(2000) NULL,
  finished_at   DATETIME(6)   NULL,
  KEY binday_run_content (input_sha256)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Who owns a run. The token grows with every owner; a chunk is committed only by the owner with the current one.
CREATE TABLE IF NOT EXISTS binday_lease (
  run_id        BIGINT       NOT NULL PRIMARY KEY,
  owner         VARCHAR(255) NULL,
  token         BIGINT       NOT NULL,
  heartbeat_at  DATETIME(6)  NOT NULL,
  expires_at    DATETIME(6)  NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- One asset ID of one run. PENDING until DONE or REJECTED; seq is the line or row of the input.
-- H2 needs an index to find duplicates in little memory; MySQL does that with a temporary table.
CREATE TABLE IF NOT EXISTS binday_work_item (
  run_id        BIGINT       NOT NULL,
  seq           BIGINT       NOT NULL,
  asset_id      VARCHAR(255) NOT NULL,
  state         VARCHAR(8)   NOT NULL,
  reason        VARCHAR(24)  NULL,
  detail        VARCHAR(500) NULL,
  execution_id  BIGINT       NULL,
  PRIMARY KEY (run_id, seq)${workItemIndex}
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- What a run has done, added up in the transactions that did it.
CREATE TABLE IF NOT EXISTS binday_tally (
  run_id        BIGINT       NOT NULL,
  name          VARCHAR(100) NOT NULL,
  amount        BIGINT       NOT NULL,
  PRIMARY KEY (run_id, name)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- A trashed asset; its columns and references are in the mirrors.
CREATE TABLE IF NOT EXISTS binday_trash (
  asset_id      VARCHAR(255)  NOT NULL PRIMARY KEY,
  label         VARCHAR(1000) NULL,
  bytes         BIGINT        NULL,
  binary_key    VARCHAR(1024) NULL,
  trashed_at    DATETIME(6)   NOT NULL,
  trashed_by    VARCHAR(255)  NOT NULL,
  run_id        BIGINT        NOT NULL,
  KEY binday_trash_at (trashed_at),
  KEY binday_trash_run (run_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- What happened to each asset, append-only; who and why are the run's, which is kept.
CREATE TABLE IF NOT EXISTS binday_event (
  run_id        BIGINT       NOT NULL,
  asset_id      VARCHAR(255) NOT NULL,
  event         VARCHAR(16)  NOT NULL,
  at            DATETIME(6)  NOT NULL,
  PRIMARY KEY (run_id, asset_id, event),
  KEY binday_event_asset (asset_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
