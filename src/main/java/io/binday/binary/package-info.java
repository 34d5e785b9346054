/** Where the files of assets are, and the outbox of those that are to be deleted. */
@NullMarked
package io.binday.binary;

import org.jspecify.annotations.NullMarked;
