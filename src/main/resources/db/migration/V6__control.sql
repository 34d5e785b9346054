-- What operators ask of a run while a process works on it; that process looks here about twice a second.
CREATE TABLE IF NOT EXISTS binday_control (
  run_id     BIGINT        NOT NULL PRIMARY KEY,
  stop_by    VARCHAR(255)  NULL,
  paused_by  VARCHAR(255)  NULL,
  rate       INT           NULL,
  rate_by    VARCHAR(255)  NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- The runs whose work items and job repository entries housekeeping has removed.
CREATE TABLE IF NOT EXISTS binday_tidied (
  run_id     BIGINT        NOT NULL PRIMARY KEY,
  tidied_at  DATETIME(6)   NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
