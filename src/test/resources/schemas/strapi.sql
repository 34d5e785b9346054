-- A small Strapi 5 database, as it makes its tables on MySQL: files, folders, their links, and an entry that uses files.
CREATE TABLE admin_users (id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY, email VARCHAR(255) NULL);
CREATE TABLE files (
  id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY, document_id VARCHAR(255) NULL, name VARCHAR(255) NULL,
  alternative_text LONGTEXT NULL, caption LONGTEXT NULL, width INT NULL, height INT NULL, formats JSON NULL,
  hash VARCHAR(255) NULL, ext VARCHAR(255) NULL, mime VARCHAR(255) NULL, size DECIMAL(10,2) NULL, url LONGTEXT NULL,
  preview_url LONGTEXT NULL, provider VARCHAR(255) NULL, provider_metadata JSON NULL, folder_path VARCHAR(255) NULL,
  created_at DATETIME(6) NULL, updated_at DATETIME(6) NULL, published_at DATETIME(6) NULL,
  created_by_id INT UNSIGNED NULL, updated_by_id INT UNSIGNED NULL, locale VARCHAR(255) NULL,
  KEY upload_files_name_index (name),
  CONSTRAINT files_created_by_id_fk FOREIGN KEY (created_by_id) REFERENCES admin_users (id) ON DELETE SET NULL,
  CONSTRAINT files_updated_by_id_fk FOREIGN KEY (updated_by_id) REFERENCES admin_users (id) ON DELETE SET NULL);
CREATE TABLE upload_folders (
  id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY, document_id VARCHAR(255) NULL, name VARCHAR(255) NULL,
  path_id INT NULL UNIQUE, path VARCHAR(255) NULL UNIQUE);
CREATE TABLE files_folder_lnk (
  id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY, file_id INT UNSIGNED NULL, folder_id INT UNSIGNED NULL,
  file_ord DOUBLE UNSIGNED NULL,
  UNIQUE KEY files_folder_lnk_uq (file_id, folder_id), KEY files_folder_lnk_oifk (file_ord),
  CONSTRAINT files_folder_lnk_fk FOREIGN KEY (file_id) REFERENCES files (id) ON DELETE CASCADE,
  CONSTRAINT files_folder_lnk_ifk FOREIGN KEY (folder_id) REFERENCES upload_folders (id) ON DELETE CASCADE);
CREATE TABLE files_related_mph (
  id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY, file_id INT UNSIGNED NULL, related_id INT UNSIGNED NULL,
  related_type VARCHAR(255) NULL, field VARCHAR(255) NULL, `order` DOUBLE UNSIGNED NULL,
  KEY files_related_mph_fk (file_id), KEY files_related_mph_oidx (`order`), KEY files_related_mph_idix (related_id),
  CONSTRAINT files_related_mph_fk FOREIGN KEY (file_id) REFERENCES files (id) ON DELETE CASCADE);
CREATE TABLE articles (
  id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY, document_id VARCHAR(255) NULL, title VARCHAR(255) NULL,
  published_at DATETIME(6) NULL);
INSERT INTO admin_users VALUES (1, 'ann@example.com');
INSERT INTO files (id, document_id, name, formats, hash, ext, mime, size, url, provider, folder_path, created_at, updated_at, created_by_id)
  VALUES
  (1, 'k2j3h4k5j6h7', 'hero.jpg', '{"thumbnail": {"url": "/uploads/thumbnail_hero.jpg", "size": 7.50}}', 'hero_0123456789', '.jpg', 'image/jpeg', 120.55, '/uploads/hero_0123456789.jpg', 'local', '/1', '2025-01-01 10:00:00.123456', '2025-01-01 10:00:00.123456', 1),
  (2, 'a1b2c3d4e5f6', 'doc.pdf', NULL, 'doc_0123456789', '.pdf', 'application/pdf', 33.00, '/uploads/doc_0123456789.pdf', 'local', '/', '2025-01-01 10:00:00', '2025-01-01 10:00:00', NULL),
  (3, 'z9y8x7w6v5u4', 'unused.png', NULL, 'unused_0123456789', '.png', 'image/png', 0.12, '/uploads/unused_0123456789.png', 'local', '/', '2025-01-01 10:00:00', '2025-01-01 10:00:00', NULL);
INSERT INTO upload_folders VALUES (1, 'f1f1f1f1f1f1', 'press', 1, '/1');
INSERT INTO files_folder_lnk VALUES (1, 1, 1, 1);
INSERT INTO articles VALUES (1, 'd1d1d1d1d1d1', 'One', NULL), (2, 'd1d1d1d1d1d1', 'One', '2025-01-02');
INSERT INTO files_related_mph VALUES (1, 1, 1, 'api::article.article', 'cover', 1), (2, 1, 2, 'api::article.article', 'cover', 1),
  (3, 2, 1, 'api::article.article', 'attachments', 1), (4, 1, 1, 'api::article.article', 'attachments', 2);
