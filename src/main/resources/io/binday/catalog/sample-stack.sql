CREATE TABLE IF NOT EXISTS asset_folder (
  uid         VARCHAR(64)  NOT NULL PRIMARY KEY,
  name        VARCHAR(255) NOT NULL,
  parent_uid  VARCHAR(64)  NULL,
  CONSTRAINT asset_folder_parent FOREIGN KEY (parent_uid) REFERENCES asset_folder (uid)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE IF NOT EXISTS asset (
  uid           VARCHAR(64)  NOT NULL PRIMARY KEY,
  title         VARCHAR(255) NOT NULL,
  file_name     VARCHAR(255) NOT NULL,
  content_type  VARCHAR(100) NOT NULL,
  file_size     BIGINT       NOT NULL,
  file_key      VARCHAR(255) NOT NULL,
  folder_uid    VARCHAR(64)  NULL,
  tags          VARCHAR(500) NULL,
  version       INT          NOT NULL,
  created_at    DATETIME(6)  NOT NULL,
  created_by    VARCHAR(64)  NOT NULL,
  updated_at    DATETIME(6)  NOT NULL,
  updated_by    VARCHAR(64)  NOT NULL,
  KEY asset_in_folder (folder_uid),
  CONSTRAINT asset_folder_of FOREIGN KEY (folder_uid) REFERENCES asset_folder (uid)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE IF NOT EXISTS entry (
  uid           VARCHAR(64)  NOT NULL,
  locale        VARCHAR(16)  NOT NULL,
  content_type  VARCHAR(100) NOT NULL,
  title         VARCHAR(255) NOT NULL,
  version       INT          NOT NULL,
  updated_at    DATETIME(6)  NOT NULL,
  updated_by    VARCHAR(64)  NOT NULL,
  PRIMARY KEY (uid, locale)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE IF NOT EXISTS entry_asset_reference (
  entry_uid   VARCHAR(64)  NOT NULL,
  locale      VARCHAR(16)  NOT NULL,
  field_path  VARCHAR(255) NOT NULL,
  position    INT          NOT NULL,
  asset_uid   VARCHAR(64)  NOT NULL,
  PRIMARY KEY (entry_uid, locale, field_path, position),
  KEY entry_asset_reference_asset (asset_uid),
  CONSTRAINT reference_entry FOREIGN KEY (entry_uid, locale) REFERENCES entry (uid, locale) ON DELETE CASCADE,
  CONSTRAINT reference_asset FOREIGN KEY (asset_uid) REFERENCES asset (uid)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE IF NOT EXISTS environment (
  name  VARCHAR(64)  NOT NULL PRIMARY KEY,
  url   VARCHAR(255) NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE IF NOT EXISTS asset_publication (
  asset_uid     VARCHAR(64) NOT NULL,
  environment   VARCHAR(64) NOT NULL,
  locale        VARCHAR(16) NOT NULL,
  version       INT         NOT NULL,
  published_at  DATETIME(6) NOT NULL,
  published_by  VARCHAR(64) NOT NULL,
  PRIMARY KEY (asset_uid, environment, locale),
  KEY asset_publication_environment (environment),
  CONSTRAINT publication_asset FOREIGN KEY (asset_uid) REFERENCES asset (uid),
  CONSTRAINT publication_environment FOREIGN KEY (environment) REFERENCES environment (name)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
