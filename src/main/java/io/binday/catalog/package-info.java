/** What the CMS's tables look like; reading, checking, discovering; mirrors. */
@NullMarked
package io.binday.catalog;

import org.jspecify.annotations.NullMarked;
