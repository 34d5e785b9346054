-- Which run a schedule's night came to: the primary key lets each night have one, however many daemons there are.
CREATE TABLE IF NOT EXISTS binday_night (
  job_name  VARCHAR(100)  NOT NULL,
  night     DATETIME(6)   NOT NULL,
  run_id    BIGINT        NOT NULL,
  PRIMARY KEY (job_name, night)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
