-- A small WordPress 6.9 database, as its installer makes its tables on MySQL: posts, of which attachments are some.
CREATE TABLE wp_posts (
  ID BIGINT(20) UNSIGNED NOT NULL AUTO_INCREMENT, post_author BIGINT(20) UNSIGNED NOT NULL DEFAULT '0',
  post_date DATETIME NOT NULL DEFAULT '0000-00-00 00:00:00', post_content LONGTEXT NOT NULL, post_title TEXT NOT NULL,
  post_excerpt TEXT NOT NULL, post_status VARCHAR(20) NOT NULL DEFAULT 'publish', post_name VARCHAR(200) NOT NULL DEFAULT '',
  post_modified DATETIME NOT NULL DEFAULT '0000-00-00 00:00:00', post_modified_gmt DATETIME NOT NULL DEFAULT '0000-00-00 00:00:00',
  post_parent BIGINT(20) UNSIGNED NOT NULL DEFAULT '0', guid VARCHAR(255) NOT NULL DEFAULT '', menu_order INT(11) NOT NULL DEFAULT '0',
  post_type VARCHAR(20) NOT NULL DEFAULT 'post', post_mime_type VARCHAR(100) NOT NULL DEFAULT '', comment_count BIGINT(20) NOT NULL DEFAULT '0',
  PRIMARY KEY (ID), KEY post_name (post_name(191)), KEY type_status_date (post_type, post_status, post_date, ID),
  KEY post_parent (post_parent), KEY post_author (post_author)) DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;
CREATE TABLE wp_postmeta (
  meta_id BIGINT(20) UNSIGNED NOT NULL AUTO_INCREMENT, post_id BIGINT(20) UNSIGNED NOT NULL DEFAULT '0', meta_key VARCHAR(255) DEFAULT NULL,
  meta_value LONGTEXT, PRIMARY KEY (meta_id), KEY post_id (post_id), KEY meta_key (meta_key(191)))
  DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;
CREATE TABLE wp_term_relationships (
  object_id BIGINT(20) UNSIGNED NOT NULL DEFAULT 0, term_taxonomy_id BIGINT(20) UNSIGNED NOT NULL DEFAULT 0, term_order INT(11) NOT NULL DEFAULT 0,
  PRIMARY KEY (object_id, term_taxonomy_id), KEY term_taxonomy_id (term_taxonomy_id)) DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;
CREATE TABLE wp_comments (
  comment_ID BIGINT(20) UNSIGNED NOT NULL AUTO_INCREMENT, comment_post_ID BIGINT(20) UNSIGNED NOT NULL DEFAULT '0', comment_author TINYTEXT NOT NULL,
  comment_date DATETIME NOT NULL DEFAULT '0000-00-00 00:00:00', comment_content TEXT NOT NULL, comment_parent BIGINT(20) UNSIGNED NOT NULL DEFAULT '0',
  PRIMARY KEY (comment_ID), KEY comment_post_ID (comment_post_ID), KEY comment_parent (comment_parent))
  DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;
CREATE TABLE wp_commentmeta (
  meta_id BIGINT(20) UNSIGNED NOT NULL AUTO_INCREMENT, comment_id BIGINT(20) UNSIGNED NOT NULL DEFAULT '0', meta_key VARCHAR(255) DEFAULT NULL,
  meta_value LONGTEXT, PRIMARY KEY (meta_id), KEY comment_id (comment_id), KEY meta_key (meta_key(191)))
  DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;
CREATE TABLE wp_options (
  option_id BIGINT(20) UNSIGNED NOT NULL AUTO_INCREMENT, option_name VARCHAR(191) NOT NULL DEFAULT '', option_value LONGTEXT NOT NULL,
  autoload VARCHAR(20) NOT NULL DEFAULT 'yes', PRIMARY KEY (option_id), UNIQUE KEY option_name (option_name), KEY autoload (autoload))
  DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;
INSERT INTO wp_posts (ID, post_content, post_title, post_excerpt, post_status, post_type, post_mime_type, post_date, post_parent) VALUES
  (10, '<p>Hello 😀</p>', 'A post', '', 'publish', 'post', '', '2025-01-01', 0),
  (11, '', 'Hero', 'A caption', 'inherit', 'attachment', 'image/jpeg', '0000-00-00', 10),
  (12, '', 'Logo', '', 'inherit', 'attachment', 'image/png', '2025-01-01', 0),
  (13, 'A page', 'About', '', 'publish', 'page', '', '2025-01-01', 0);
INSERT INTO wp_postmeta (meta_id, post_id, meta_key, meta_value) VALUES
  (1, 11, '_wp_attached_file', '2025/01/hero.jpg'), (2, 11, '_wp_attachment_metadata', 'a:1:{s:5:"width";i:100;}'),
  (3, 10, '_thumbnail_id', '11'), (4, 13, '_thumbnail_id', '12'), (5, 12, '_wp_attached_file', '2025/01/logo.png'),
  (6, 10, 'price', '11');
INSERT INTO wp_term_relationships VALUES (10, 1, 0), (11, 7, 0);
INSERT INTO wp_comments VALUES (1, 11, 'Ann', '2025-01-05', 'Nice picture', 0), (2, 11, 'Bob', '2025-01-06', 'Yes', 1), (3, 10, 'Eve', '2025-01-06', 'Hi', 0);
INSERT INTO wp_commentmeta VALUES (1, 1, 'rating', '5'), (2, 3, 'rating', '1');
INSERT INTO wp_options VALUES (1, 'site_icon', '12', 'yes'), (2, 'posts_per_page', '11', 'yes');
