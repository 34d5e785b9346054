-- A small Directus 11 database, as its seeds and migrations make it on MySQL: files, what points at them, and a collection
-- of a project's own with an image field and a files field.
CREATE TABLE directus_users (
  id CHAR(36) NOT NULL PRIMARY KEY, email VARCHAR(128) NULL UNIQUE, avatar CHAR(36) NULL);
CREATE TABLE directus_folders (
  id CHAR(36) NOT NULL PRIMARY KEY, name VARCHAR(255) NOT NULL, parent CHAR(36) NULL,
  CONSTRAINT directus_folders_parent_foreign FOREIGN KEY (parent) REFERENCES directus_folders (id));
CREATE TABLE directus_files (
  id CHAR(36) NOT NULL PRIMARY KEY, storage VARCHAR(255) NOT NULL, filename_disk VARCHAR(255) NULL,
  filename_download VARCHAR(255) NOT NULL, title VARCHAR(255) NULL, type VARCHAR(255) NULL, folder CHAR(36) NULL,
  uploaded_by CHAR(36) NULL, created_on TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP, modified_by CHAR(36) NULL,
  modified_on TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP, charset VARCHAR(50) NULL, filesize BIGINT NULL,
  width INT UNSIGNED NULL, height INT UNSIGNED NULL, duration INT UNSIGNED NULL, embed VARCHAR(200) NULL,
  description TEXT NULL, location TEXT NULL, tags TEXT NULL, metadata JSON NULL, focal_point_x INT NULL,
  focal_point_y INT NULL, tus_id VARCHAR(64) NULL, tus_data JSON NULL, uploaded_on TIMESTAMP NULL,
  CONSTRAINT directus_files_folder_foreign FOREIGN KEY (folder) REFERENCES directus_folders (id) ON DELETE SET NULL,
  CONSTRAINT directus_files_uploaded_by_foreign FOREIGN KEY (uploaded_by) REFERENCES directus_users (id),
  CONSTRAINT directus_files_modified_by_foreign FOREIGN KEY (modified_by) REFERENCES directus_users (id));
CREATE TABLE directus_settings (
  id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY, project_name VARCHAR(100) NOT NULL DEFAULT 'Directus',
  project_logo CHAR(36) NULL, public_foreground CHAR(36) NULL, public_background CHAR(36) NULL,
  public_favicon CHAR(36) NULL, storage_default_folder CHAR(36) NULL,
  CONSTRAINT directus_settings_project_logo_foreign FOREIGN KEY (project_logo) REFERENCES directus_files (id),
  CONSTRAINT directus_settings_public_foreground_foreign FOREIGN KEY (public_foreground) REFERENCES directus_files (id),
  CONSTRAINT directus_settings_public_background_foreign FOREIGN KEY (public_background) REFERENCES directus_files (id),
  CONSTRAINT directus_settings_public_favicon_foreign FOREIGN KEY (public_favicon) REFERENCES directus_files (id),
  CONSTRAINT directus_settings_storage_default_folder_foreign FOREIGN KEY (storage_default_folder)
    REFERENCES directus_folders (id) ON DELETE SET NULL);
CREATE TABLE directus_comments (
  id CHAR(36) NOT NULL PRIMARY KEY, collection VARCHAR(64) NOT NULL, item VARCHAR(255) NOT NULL, comment TEXT NOT NULL,
  date_created TIMESTAMP NULL DEFAULT CURRENT_TIMESTAMP, user_created CHAR(36) NULL,
  CONSTRAINT directus_comments_user_created_foreign FOREIGN KEY (user_created) REFERENCES directus_users (id)
    ON DELETE SET NULL);
CREATE TABLE articles (
  id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY, title VARCHAR(255) NULL, image CHAR(36) NULL, body JSON NULL,
  CONSTRAINT articles_image_foreign FOREIGN KEY (image) REFERENCES directus_files (id) ON DELETE SET NULL);
CREATE TABLE articles_files (
  id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY, articles_id INT UNSIGNED NULL, directus_files_id CHAR(36) NULL,
  sort INT NULL,
  CONSTRAINT articles_files_articles_id_foreign FOREIGN KEY (articles_id) REFERENCES articles (id) ON DELETE SET NULL,
  CONSTRAINT articles_files_directus_files_id_foreign FOREIGN KEY (directus_files_id) REFERENCES directus_files (id)
    ON DELETE SET NULL);
INSERT INTO directus_users VALUES ('00000000-0000-4000-8000-00000000000a', 'ann@example.com', '11111111-0000-4000-8000-000000000001'),
  ('00000000-0000-4000-8000-00000000000b', 'bob@example.com', NULL);
INSERT INTO directus_folders VALUES ('00000000-0000-4000-8000-0000000000f1', 'press', NULL);
INSERT INTO directus_files (id, storage, filename_disk, filename_download, title, type, folder, uploaded_by, created_on, modified_on, filesize, metadata)
  VALUES
  ('11111111-0000-4000-8000-000000000001', 'local', '11111111-0000-4000-8000-000000000001.png', 'ann.png', 'Ann', 'image/png', NULL, '00000000-0000-4000-8000-00000000000a', '2025-01-02 03:04:05', '2025-01-02 03:04:05', 1000, '{"a": 1.0}'),
  ('11111111-0000-4000-8000-000000000002', 'local', '11111111-0000-4000-8000-000000000002.png', 'logo.png', 'Logo', 'image/png', '00000000-0000-4000-8000-0000000000f1', NULL, '2025-01-02 03:04:05', '2025-01-02 03:04:05', 2000, NULL),
  ('11111111-0000-4000-8000-000000000003', 'local', '11111111-0000-4000-8000-000000000003.jpg', 'hero.jpg', 'Hero', 'image/jpeg', NULL, NULL, '2025-01-02 03:04:05', '2025-01-02 03:04:05', 3000, NULL);
INSERT INTO directus_settings (id, project_logo, public_favicon) VALUES
  (1, '11111111-0000-4000-8000-000000000002', '11111111-0000-4000-8000-000000000001');
INSERT INTO directus_comments (id, collection, item, comment, date_created, user_created) VALUES
  ('00000000-0000-4000-8000-0000000000c1', 'directus_files', '11111111-0000-4000-8000-000000000003', 'nice', '2025-02-01', '00000000-0000-4000-8000-00000000000a'),
  ('00000000-0000-4000-8000-0000000000c2', 'articles', '1', 'no file', '2025-02-01', NULL);
INSERT INTO articles VALUES
  (1, 'One', '11111111-0000-4000-8000-000000000003', '{"gallery": ["11111111-0000-4000-8000-000000000003", "11111111-0000-4000-8000-000000000001"]}'),
  (2, 'Two', NULL, NULL);
INSERT INTO articles_files VALUES (1, 1, '11111111-0000-4000-8000-000000000001', 1), (2, 1, '11111111-0000-4000-8000-000000000003', 2),
  (3, 2, '11111111-0000-4000-8000-000000000003', 1);
